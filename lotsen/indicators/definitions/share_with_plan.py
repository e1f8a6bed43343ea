"""Plans among all who have begun, also those who have just done so."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id,
  exists (select 1 from plans_plan p where p.case_id = c.id and p.agreed_on <= %(as_of)s)::int as value
from cases_case c
where c.programme_id = %(programme)s and c.started_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_WITH_PLAN,
    measure=Measure.SHARE,
    needs=frozenset({Need.WAY_TO_WORK}),
    meaning=_("Of the participants, those with at least one agreed plan."),
    sql=SQL,
)
