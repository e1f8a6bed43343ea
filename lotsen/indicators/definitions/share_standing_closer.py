"""People's own view of their way to work, before and after. Distances are ordinal: compared, never averaged."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, (after.distance > before.distance)::int as value
from cases_case c
left join cases_ownrating before
  on before.case_id = c.id and before.occasion = 'start' and before.rated_on <= %(as_of)s
left join cases_ownrating after
  on after.case_id = c.id and after.occasion = 'exit' and after.rated_on <= %(as_of)s
where c.programme_id = %(programme)s and c.closing = 'exit' and c.closed_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_STANDING_CLOSER,
    measure=Measure.SHARE,
    needs=frozenset({Need.WAY_TO_WORK}),
    meaning=_(
        "Of the ended cases, those who rated themselves closer to work at the exit than at the start. Who did"
        " not rate both times is shown apart."
    ),
    sql=SQL,
)
