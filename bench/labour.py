"""A list of 20,000 employers from the file to the register, and the needs of 50,000 by year and industry.

The limit of the list is its rows written by hand, by `copy` and two statements that look at nothing; the limit of the
needs is the sum that a database programmer would write for the occasion.
"""

import csv
import io
from datetime import date
from typing import Any

from django.db import connection, transaction

from lotsen.access.models import User
from lotsen.core.acting import acting_as, acting_as_operator
from lotsen.core.sheets import read_sheet
from lotsen.employers.actions import check_list, register_all, register_list, say_columns, take_list
from lotsen.employers.enums import Sector
from lotsen.employers.forms import guess
from lotsen.employers.models import Employer, EmployerImport
from lotsen.programmes.models import Programme
from lotsen.questionnaires.enums import QuestionKind
from lotsen.questionnaires.models import Response, Wave
from lotsen.questionnaires.queries import definition_of, labour_needs, newest_by_code

from .database import COACH
from .employers import prepare
from .measure import interleaved, once, report

ROWS = 20_000
#: So many employers are asked, and so many of them answer, each with three occupations in five years.
ASKED, ANSWERED = 50_000, 20_000
FILL = """
set local session_replication_role = replica;
insert into questionnaires_recipient (id, wave_id, programme_id, employer_id, name, email, links, sent_on, answered_on)
select gen_random_uuid(), %(wave)s, %(programme)s, e.id, '', '', '{}', %(on)s,
  case when row_number() over (order by e.id) <= %(answered)s then %(on)s::date end
from (select id from employers_employer order by id limit %(asked)s) e;
insert into questionnaires_response (id, version_id, programme_id, wave_id, recipient_id, voice, is_anonymous, link,
  answers, scores, revision, completed_on)
select gen_random_uuid(), %(version)s, %(programme)s, %(wave)s, q.id, 'employer', false, '',
  jsonb_build_object(%(industry)s, jsonb_build_object('value', lpad((1 + q.k %% 60)::text, 2, '0')),
    %(needs)s, jsonb_build_object('value', jsonb_build_array(
      jsonb_build_object('occupation', '5330', '2018', q.k %% 3, '2019', 1, '2020', 1, '2021', 2, '2022', 0),
      jsonb_build_object('occupation', (array['7223','9331','8332','2221'])[1 + q.k %% 4], '2018', 1, '2019', 2,
        '2020', q.k %% 2, '2021', 0, '2022', 1),
      jsonb_build_object('occupation', '5321', '2018', 0, '2019', 0, '2020', 1, '2021', 1, '2022', 1)))),
  '{}', 1, %(on)s
from (select id, row_number() over (order by id) as k from questionnaires_recipient
  where wave_id = %(wave)s and answered_on is not null) q;
"""
BY_HAND = """
select r.answers -> %(industry)s ->> 'value', n ->> 'occupation', y.key, sum(y.value::int), count(*)
from questionnaires_response r, jsonb_array_elements(r.answers -> %(needs)s -> 'value') n, jsonb_each_text(n) y
where r.wave_id = %(wave)s and y.key <> 'occupation' group by 1, 2, 3
"""
WRITE_BY_HAND = """
insert into employers_employer (id, name, sort_key, search_key, sound_key, organisation_number, sector, industry, size,
  about)
select gen_random_uuid(), a, lower(a), lower(a), lower(a), '98' || substr(b, 3), 'private', '10', '10', '' from told;
insert into employers_workplace (id, employer_id, name, sort_key, search_key, municipality_id, address)
select gen_random_uuid(), w.id, t.e, lower(t.e), lower(t.e), '2581', t.g
from told t join employers_employer w on w.organisation_number = '98' || substr(t.b, 3)
"""
#: The register is as large afterwards as before.
CLEAN = """
set local session_replication_role = replica;
delete from employers_importrow where batch_id in (
  select id from employers_employerimport where file_name = 'bench.csv');
delete from employers_employerimport where file_name = 'bench.csv';
delete from employers_workplace where employer_id in (
  select id from employers_employer where organisation_number like '99%');
delete from employers_employer where organisation_number like '99%';
"""


def run(only: str) -> None:
    """Measure both."""
    if "needs.by_year".startswith(only) or "import.employers_20k".startswith(only):
        with acting_as_operator("bench"):
            programme = Programme.objects.get(code="bench-100k")
        prepare(programme)
        if "needs.by_year".startswith(only):
            _needs(programme)
        if "import.employers_20k".startswith(only):
            _import()


def _needs(programme: Programme) -> None:
    wave, codes = _wave(programme)
    user = User.objects.get(email=COACH)

    def page() -> None:
        with acting_as(user.pk):
            found = labour_needs(programme)
            if len(found.years) != 5 or not found.by_industry:
                raise RuntimeError("no needs")

    def by_hand() -> None:
        with acting_as_operator("bench"), connection.cursor() as cursor:
            cursor.execute(BY_HAND, {"wave": wave.pk, **codes})
            cursor.fetchall()

    with acting_as_operator("bench"):
        rows = Response.objects.filter(wave=wave).count()
    report("needs.by_year", *interleaved(page, by_hand), rows, asked=ASKED)


def _wave(programme: Programme) -> tuple[Wave, dict[str, str]]:
    """Return a wave that asks for labour needs, filled once, and the codes of its questions."""
    with acting_as_operator("bench"):
        version = newest_by_code("labour-need")
        kinds = {question.kind: question.code for question in definition_of(version).questions.values()}
        codes = {"needs": kinds[QuestionKind.NEEDS], "industry": kinds[QuestionKind.INDUSTRY]}
        on = date(2018, 1, 15)
        told = {"version": version, "title": "Behov", "opens_on": on, "closes_on": date(2018, 3, 1)}
        wave, made = Wave.objects.get_or_create(programme=programme, title="Behov", defaults=told)
    if made:
        connection.close()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local role none")
            cursor.execute("set local statement_timeout = 0")
            of: dict[str, Any] = {"wave": wave.pk, "programme": programme.pk, "version": version.pk, "on": on}
            cursor.execute(FILL, {**of, **codes, "asked": ASKED, "answered": ANSWERED})
            cursor.execute("analyze")
    return wave, codes


def _list(turn: int) -> bytes:
    """Return a list of new employers: with a number each, an industry, a size and a municipality."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(["Företag", "Org.nr", "SNI", "Anställda", "Arbetsställe", "Kommun", "Adress"])
    for n in range(ROWS):
        number = _number(turn * ROWS + n)
        writer.writerow([f"Bänken {turn} {n} AB", number, "10.710", n % 400, f"Köket {n}", "Piteå", f"Gatan {n}"])
    return buffer.getvalue().encode("utf-8-sig")


def _number(n: int) -> str:
    """Return an organisation number that nobody has: it begins with 99, and ends with its check digit."""
    digits = f"99{2 + n // 10**6 % 8}{n % 10**6:06}"
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def _import() -> None:
    """Measure from the bytes of the file to the rows of the register: read, checked against 50,000, registered."""
    user = User.objects.get(email=COACH)
    with acting_as_operator("bench"):
        before = Employer.objects.count()
    seconds, limit = [], []
    for turn in range(before // ROWS, before // ROWS + 3):
        content = _list(turn)
        seconds.append(once(lambda content=content: _register(user, content)))  # type: ignore[misc]  # bound at once
        limit.append(once(lambda content=content: _by_hand(content)))  # type: ignore[misc]  # bound at once
    report("import.employers_20k", seconds, limit, ROWS, register=before)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role none")
        cursor.execute("set local statement_timeout = 0")
        cursor.execute(CLEAN)


def _register(user: User, content: bytes) -> None:
    rows = read_sheet(content)
    with acting_as(user.pk):
        unit = user.memberships.select_related("unit").all()[0].unit
        batch = take_list(unit=unit, by=user, file_name="bench.csv", rows=rows)
        say_columns(batch=batch, columns=guess(rows[0]), sector=Sector.PRIVATE, municipality=None)
    check_list(batch_id=str(batch.pk))
    with acting_as(user.pk):
        register_all(batch=EmployerImport.objects.get(pk=batch.pk))
    register_list(batch_id=str(batch.pk))
    with acting_as(user.pk):
        written = EmployerImport.objects.get(pk=batch.pk).rows.filter(is_written=True).count()
    if written != ROWS:
        raise RuntimeError(f"{written} rows are registered")


def _by_hand(content: bytes) -> None:
    """Write the same rows by `copy` and two statements, with the history and the keys that the tables have.

    Nothing is looked at, and in the end nothing is kept.
    """
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[1:]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role none")
        cursor.execute(
            "create temporary table told (a text, b text, c text, d text, e text, f text, g text) on commit drop"
        )
        with cursor.copy("copy told from stdin") as copied:
            for row in rows:
                copied.write_row(row)
        cursor.execute(WRITE_BY_HAND)
        transaction.set_rollback(True)
