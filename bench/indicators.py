"""Every indicator with every breakdown over 10,000 cases, beside SQL written by hand that counts the same."""

from datetime import date
from typing import Any

from django.db import connection

from lotsen.core.acting import acting_as_operator
from lotsen.indicators.definitions import all_definitions
from lotsen.indicators.queries import calculate_all
from lotsen.indicators.views import SHOWN
from lotsen.programmes.models import Programme

from .database import CASES
from .measure import interleaved, report

AS_OF = date(2018, 8, 31)

# One statement for each indicator, grouped by each dimension: what a database programmer would write for the occasion.
BY_HAND = """
with member as ({sql})
select c.sex, width_bucket(c.age, %(bounds)s::int[]), c.born_abroad, c.reduced_work_ability, u.municipality_id,
  extract(year from c.started_on), count(*), count(m.value), sum(m.value),
  percentile_cont(0.5) within group (order by m.value)
from member m
left join cases_case c on c.id = m.case_id
left join access_unit u on u.id = c.unit_id
group by grouping sets ((), (1), (2), (3), (4), (5), (6))
"""
BY_HAND_GROUPS = """
with member as ({sql})
select g.target_group_id, count(*), count(m.value), sum(m.value), percentile_cont(0.5) within group (order by m.value)
from member m join cases_casetargetgroup g on g.case_id = m.case_id
group by 1
"""


def run(only: str) -> None:
    """Measure all indicators of all breakdowns in one run."""
    if not "indicators.all_10k".startswith(only):
        return
    with acting_as_operator("bench"):
        programme = Programme.objects.get(code="bench-10k")

    def ours() -> None:
        with acting_as_operator("bench"):
            calculate_all(programme, AS_OF, SHOWN)

    def by_hand() -> None:
        values: dict[str, Any] = {"programme": programme.pk, "as_of": AS_OF, "bounds": programme.age_bounds}
        with acting_as_operator("bench"), connection.cursor() as cursor:
            for definition in all_definitions().values():
                for statement in (BY_HAND, BY_HAND_GROUPS):
                    cursor.execute(statement.format(sql=definition.sql), values)
                    cursor.fetchall()

    seconds, limit = interleaved(ours, by_hand, rounds=5)
    report("indicators.all_10k", seconds, limit, CASES, indicators=len(all_definitions()), attendances=200_000)
