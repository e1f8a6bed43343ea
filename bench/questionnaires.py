"""A hundred people who answer at once, and a wave of 20,000 answers, each beside what the database alone takes."""

import http.client
import random
import re
import threading
import time
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lotsen.core.acting import acting_as_operator
from lotsen.programmes.models import Programme
from lotsen.questionnaires import actions
from lotsen.questionnaires.models import Wave
from lotsen.questionnaires.queries import definition_of, newest_by_code, result

from .measure import interleaved, once, report
from .serving import PORT, served

PEOPLE = 100
#: Seconds that somebody looks at a page before going on, at least and at most.
LOOKS = (2.0, 6.0)
ANSWERS = 20_000
# Twenty thousand answers with every item at a step by lot, in eight units.
FILL = """
insert into questionnaires_response (id, version_id, programme_id, unit_id, wave_id, voice, is_anonymous, link, answers,
  scores, revision, completed_on)
select gen_random_uuid(), %(version)s, %(programme)s, u.id, %(wave)s, 'staff', true, '', a.answers, s.scores, 1,
  %(on)s::date
from generate_series(1, %(answers)s) n
join (select id, row_number() over (order by name) - 1 as k, count(*) over () as of from access_unit
  where id in (select unit_id from programmes_programmeunit where programme_id = %(programme)s)) u on u.k = n %% u.of
cross join lateral (
  select jsonb_object_agg(q.code, jsonb_build_object('value', q.steps)) as answers from (
    select q.code, jsonb_object_agg(r.row, 1 + floor(random() * 5 + n * 0)::int) as steps
    from unnest(%(codes)s::text[], %(rows)s::text[]) as r(code, row), lateral (select r.code) q(code) group by q.code
  ) q) a
cross join lateral (
  select jsonb_object_agg(e.key, (select sum(v::int) from jsonb_each_text(e.value -> 'value') t(k, v))) as scores
  from jsonb_each(a.answers) e) s
"""
# What a database programmer would write for the occasion: every item and score, of all and by unit.
BY_HAND = """
select r.unit_id, e.key, i.key, i.value, count(*) from questionnaires_response r, jsonb_each(r.answers) e,
  jsonb_each_text(e.value -> 'value') i
where r.wave_id = %(wave)s group by grouping sets ((1, 2, 3, 4), (2, 3, 4));
"""
BY_HAND_SCORES = """
select r.unit_id, s.key, s.value, count(*) from questionnaires_response r, jsonb_each_text(r.scores) s
where r.wave_id = %(wave)s group by grouping sets ((1, 2, 3), (2, 3))
"""


def run(only: str) -> None:
    """Measure what begins with the name."""
    if "questionnaires.answer".startswith(only):
        _measure_answering()
    if "questionnaires.wave_20k".startswith(only):
        _measure_wave()


def _wave(title: str) -> Wave:
    with acting_as_operator("bench"):
        programme = Programme.objects.get(code="ame-skane")
        found = programme.waves.filter(title=title).first()
        if found is not None:
            return found
        today = timezone.localdate()
        version = newest_by_code("development-needs")
        first, last = today - timedelta(days=1), today + timedelta(days=365)
        return actions.open_wave(programme=programme, version=version, title=title, opens_on=first, closes_on=last)


def _links(wave: Wave, many: int) -> list[str]:
    with acting_as_operator("bench"):
        begun = wave.recipients.count()
        units = list(wave.programme.units.order_by("name"))
        whom = [
            actions.Asked(name="", email=f"bench{begun + n}@bench.example", unit=units[n % len(units)])
            for n in range(many)
        ]
        actions.ask(wave=wave, whom=whom)
        return [actions.give_link(recipient=each, on=wave.opens_on) for each in wave.recipients.filter(links=[])]


def _sections(wave: Wave) -> list[dict[str, Any]]:
    sections = []
    for section in definition_of(wave.version).sections:
        sent: dict[str, Any] = {"shown": [question.code for question in section.questions]}
        for question in section.questions:
            sent |= {f"q_{question.code}_{row.code}": str(random.randint(1, 5)) for row in question.rows}  # noqa: S311 - answers by lot
        sections.append(sent)
    return sections


class Person:
    """Somebody who answers all pages by a link, and looks at each for a while."""

    def __init__(self, token: str, sections: list[dict[str, Any]]) -> None:
        """Take the link, and what is answered on each page."""
        self.token, self.sections = token, sections
        self.cookies: dict[str, str] = {}
        self.seconds: list[float] = []
        self.page = ""

    def ask(self, method: str, path: str, sent: dict[str, Any] | None = None) -> None:
        """Send one request, and note how long the answer took."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        seen = re.search(r'name="seen" value="(\d+)"', self.page)
        fields = {**(sent or {}), "csrfmiddlewaretoken": token[1] if token else "", "seen": seen[1] if seen else ""}
        body = urlencode(fields, doseq=True) if method == "POST" else None
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        begun = time.perf_counter()
        # Who reads a page for seconds comes back by a new connection.
        connected = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        connected.request(method, f"/answer/{self.token}{path}", body, headers)
        answer = connected.getresponse()
        content = answer.read().decode()
        self.seconds.append(time.perf_counter() - begun)
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _is, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        self.page = content or self.page

    def answer(self) -> None:
        """Go through all pages, some seconds after or before the others."""
        self._look()
        self.ask("GET", "/")
        self._look()
        self.ask("POST", "/")
        for number, sent in enumerate(self.sections, 1):
            self.ask("GET", f"/{number}/")
            self._look()
            self.ask("POST", f"/{number}/", sent)
        self.ask("GET", "/check/")
        self._look()
        self.ask("POST", "/check/")

    def _look(self) -> None:
        time.sleep(random.uniform(*LOOKS))  # noqa: S311 - how long somebody reads


def _measure_answering() -> None:
    """Let all answer, count that nothing was lost, and set the pages beside their own statements."""
    wave = _wave("Bench, answering")
    links = _links(wave, PEOPLE)
    with acting_as_operator("bench"):
        before = wave.responses.completed().count()
    people = [Person(token, _sections(wave)) for token in links]
    with served("/answer/nobody/"):
        threads = [threading.Thread(target=person.answer) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with acting_as_operator("bench"):
        kept = wave.responses.completed().count() - before
    if kept != PEOPLE:
        raise RuntimeError(f"{PEOPLE - kept} of {PEOPLE} answers are lost")
    seconds = [each for person in people for each in person.seconds]
    report(
        "questionnaires.answer",
        seconds,
        _statements_alone(wave),
        len(seconds),
        people=PEOPLE,
        looks_seconds=LOOKS,
        lost=0,
    )


def _statements_alone(wave: Wave) -> list[float]:
    """Return how long the statements of saving one page take by themselves."""
    (token,) = _links(wave, 1)
    client = Client()
    client.post(f"/answer/{token}/")
    with CaptureQueriesContext(connection) as captured:
        client.post(f"/answer/{token}/1/", {**_sections(wave)[0], "seen": "0"})
    ends = {"BEGIN", "COMMIT"}
    statements = [query["sql"] for query in captured.captured_queries if query["sql"] not in ends]

    def alone() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for sql in statements:
                cursor.execute(sql)
            transaction.set_rollback(True)

    alone()
    return [once(alone) for _round in range(30)]


def _measure_wave() -> None:
    wave = _wave("Bench, 20k")
    with acting_as_operator("bench"):
        if not wave.responses.exists():
            _fill(wave)

    def ours() -> None:
        with acting_as_operator("bench"):
            result(wave)

    def by_hand() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local role none")
            for statement in (BY_HAND, BY_HAND_SCORES):
                cursor.execute(statement, {"wave": wave.pk})
                cursor.fetchall()

    report("questionnaires.wave_20k", *interleaved(ours, by_hand, rounds=5), ANSWERS)


def _fill(wave: Wave) -> None:
    questions = definition_of(wave.version).questions
    pairs = [(code, row.code) for code, question in questions.items() for row in question.rows]
    values: dict[str, Any] = {
        "version": wave.version_id,
        "programme": wave.programme_id,
        "wave": wave.pk,
        "on": date(2026, 1, 1),
        "answers": ANSWERS,
        "codes": [code for code, _row in pairs],
        "rows": [row for _code, row in pairs],
    }
    with connection.cursor() as cursor:
        cursor.execute(FILL, values)
        cursor.execute("set local role none")
        cursor.execute("analyze questionnaires_response")
