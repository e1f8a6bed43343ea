"""How soon somebody comes into something to do; who has not yet is not known."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, w.since - c.started_on as value
from cases_case c
left join (
  select case_id, min(since) as since
  from cases_whereaboutsentry
  where whereabouts <> 'none' and since <= %(as_of)s
  group by case_id
) w on w.case_id = c.id
where c.programme_id = %(programme)s and c.started_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.MEDIAN_DAYS_TO_FIRST_WHEREABOUTS,
    measure=Measure.MEDIAN,
    needs=frozenset({Need.WAY_TO_WORK}),
    unit=_("days"),
    meaning=_(
        "Days from the start until the participant first came into an activity, studies, work or an "
        "internship. Those who have not come into any are shown apart."
    ),
    sql=SQL,
)
