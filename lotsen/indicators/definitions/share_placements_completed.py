"""Of those whose placements are over, who has completed each of them."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, bool_and(p.state = 'completed')::int as value
from placements_placement p
join cases_case c on c.id = p.case_id
where c.programme_id = %(programme)s and p.ended_on <= %(as_of)s
group by c.id
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_PLACEMENTS_COMPLETED,
    measure=Measure.SHARE,
    needs=frozenset({Need.PLACEMENTS}),
    meaning=_(
        "Of the participants who have been on a placement that is over, those who have ended none before its time."
    ),
    sql=SQL,
)
