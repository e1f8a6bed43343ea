"""The file of a month and a year of the ledger, for 7,028 participants, beside the same by hand.

Beside the hours of a month, which `hours.py` measures, these are what the money rests on.
"""

from datetime import date
from typing import Any

from django.db import connection

from lotsen.access.models import Unit
from lotsen.activities.models import Attendance
from lotsen.core import encryption
from lotsen.core.acting import acting_as_operator
from lotsen.filing.actions import make_file_now
from lotsen.filing.exports import draw
from lotsen.filing.models import FileRow, MonthlyFile
from lotsen.funding.queries import ledger
from lotsen.programmes.models import Programme

from .database import fill_money
from .measure import interleaved, report

MONTH, TODAY = date(2017, 3, 1), date(2018, 1, 15)
FIRST, LAST = date(2017, 1, 1), date(2017, 12, 1)
#: The same sums, as somebody would write them who knows that nobody's support changes within a month.
LEDGER_BY_HAND = """
select m.month, c.unit_id, s.support, count(*), sum(m.minutes), sum((m.minutes * u.per_hour + 30) / 60)
from activities_certifiedmonth m
join cases_case c on c.id = m.case_id and c.programme_id = %s
cross join lateral (
  select support from cases_supportentry s where s.case_id = c.id and s.since <= m.month order by since desc limit 1) s
join funding_ratetable t on t.programme_id = c.programme_id
join funding_unitcost u on u.table_id = t.id and u.support = s.support
where m.reopened_on is null and m.month between %s and %s
group by 1, 2, 3
"""
FILE_BY_HAND = """
select c.id, p.id, p.identity_sealed, c.started_on, c.closed_on, coalesce(m.minutes, 0)
from cases_case c
join people_person p on p.id = c.person_id
left join activities_certifiedmonth m on m.case_id = c.id and m.month = %(first)s and m.reopened_on is null
where c.programme_id = %(programme)s and c.unit_id = %(unit)s and c.started_on <= %(last)s
  and (c.closed_on is null or c.closed_on >= %(first)s)
order by c.started_on, c.number
"""


def run(only: str) -> None:
    """Measure the file and the ledger."""
    if not any(name.startswith(only) for name in ("file.month_10k", "ledger.year")):
        return
    fill_money()
    with acting_as_operator("bench"):
        programme = Programme.objects.select_related("lead_unit").get(code="bench-money")
        attendances = Attendance.objects.count()
    unit = programme.units.get()
    if "file.month_10k".startswith(only):
        _file(programme, unit, attendances)
    if "ledger.year".startswith(only):
        _ledger(programme, attendances)


def _file(programme: Programme, unit: Unit, attendances: int) -> None:
    """The whole making, with checks, rows and the drawn workbook; by hand: read, open, seal and write the rows."""

    def ours() -> int:
        with acting_as_operator("bench"):
            made = make_file_now(programme=programme, unit=unit, month=MONTH, by=None, today=TODAY)
            draw(made, made.rows.all())
            return made.rows.count()

    def by_hand() -> int:
        told: dict[str, Any] = {"programme": programme.pk, "unit": unit.pk, "first": MONTH, "last": date(2017, 3, 31)}
        with acting_as_operator("bench"), connection.cursor() as cursor:
            cursor.execute(FILE_BY_HAND, told)
            found = cursor.fetchall()
            numbers = [encryption.decrypt(bytes(sealed), person) for _case, person, sealed, *_rest in found]
            file = MonthlyFile.objects.filter(programme=programme).order_by("-made_at").first()
            FileRow.objects.filter(file=file).delete()
            rows = [
                FileRow(file=file, case_id=case, position=n, started_on=started, minutes=minutes)
                for n, (case, _person, _sealed, started, _closed, minutes) in enumerate(found, start=1)
            ]
            for row, number in zip(rows, numbers, strict=True):
                row.number_sealed = encryption.encrypt(number, row.pk)
                row.number_index = encryption.blind_index(number)
            FileRow.objects.bulk_create(rows, batch_size=1000)
            if file:
                draw(file, rows)
            return len(rows)

    rows = ours()
    if rows != by_hand():
        raise RuntimeError("the two write different files")
    seconds, limit = interleaved(ours, by_hand, rounds=5)
    report("file.month_10k", seconds, limit, rows, attendances=attendances)


def _ledger(programme: Programme, attendances: int) -> None:
    def ours() -> int:
        with acting_as_operator("bench"):
            return sum(line.amount for line in ledger(programme, FIRST, LAST).lines)

    def by_hand() -> int:
        with acting_as_operator("bench"), connection.cursor() as cursor:
            cursor.execute(LEDGER_BY_HAND, [programme.pk, FIRST, LAST])
            return int(sum(row[-1] for row in cursor.fetchall()))

    if ours() != by_hand():
        raise RuntimeError("the two count different amounts")
    seconds, limit = interleaved(ours, by_hand, rounds=7)
    with acting_as_operator("bench"), connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from activities_certifiedmonth m join cases_case c on c.id = m.case_id"
            " where c.programme_id = %s and m.month between %s and %s",
            [programme.pk, FIRST, LAST],
        )
        months = cursor.fetchone()[0]
    report("ledger.year", seconds, limit, months, attendances=attendances)
