"""The hours of a month for each of 10,000 participants, beside the same sums written by hand."""

from datetime import date

from django.db import connection

from lotsen.activities.models import Attendance
from lotsen.activities.queries import with_hours
from lotsen.cases.models import Case
from lotsen.core.acting import acting_as_operator
from lotsen.programmes.models import Programme

from .database import fill_money
from .measure import interleaved, report

FIRST, LAST = date(2017, 3, 1), date(2017, 3, 31)
BY_HAND = """
select a.case_id, sum(s.minutes), sum(a.minutes),
  sum(s.minutes) filter (where a.presence = 'absent_valid'), sum(s.minutes) filter (where a.presence = 'absent_invalid')
from activities_attendance a
join activities_session s on s.id = a.session_id and s."on" between %s and %s
join cases_case c on c.id = a.case_id
where c.programme_id = %s group by 1
"""


def run(only: str) -> None:
    """Measure the month."""
    if not "hours.month_10k".startswith(only):
        return
    fill_money()
    with acting_as_operator("bench"):
        programme = Programme.objects.get(code="bench-money")
        attendances = Attendance.objects.count()

    def ours() -> int:
        with acting_as_operator("bench"):
            cases = Case.objects.filter(programme=programme)
            names = ("pk", "planned", "present", "valid", "invalid")
            return len(with_hours(cases, FIRST, LAST).values_list(*names))

    def by_hand() -> int:
        with acting_as_operator("bench"), connection.cursor() as cursor:
            cursor.execute(BY_HAND, [FIRST, LAST, programme.pk])
            return len(cursor.fetchall())

    if ours() != by_hand():
        raise RuntimeError("the two count different participants")
    seconds, limit = interleaved(ours, by_hand)
    report("hours.month_10k", seconds, limit, ours(), attendances=attendances)
