"""Of those who ended, who had a plan."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id,
  exists (select 1 from plans_plan p where p.case_id = c.id and p.agreed_on <= c.closed_on)::int as value
from cases_case c
where c.programme_id = %(programme)s and c.closing = 'exit' and c.closed_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_ENDED_WITH_PLAN,
    measure=Measure.SHARE,
    needs=frozenset({Need.WAY_TO_WORK}),
    meaning=_("Of the ended cases, those with a plan that was agreed on no later than the exit."),
    sql=SQL,
)
