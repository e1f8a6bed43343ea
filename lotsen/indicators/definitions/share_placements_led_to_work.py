"""Of those whose placements are over, who was employed within ninety days: our own rule."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, bool_or(exists (
    select 1 from placements_employment e
    where e.case_id = c.id and e.from_on between p.ended_on - 31 and least(p.ended_on + 90, %(as_of)s)))::int as value
from placements_placement p
join cases_case c on c.id = p.case_id
join programmes_kind k on k.id = p.kind_id and k.counts_as <> 'employment'
where c.programme_id = %(programme)s and p.ended_on + 90 <= %(as_of)s
group by c.id
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_PLACEMENTS_LED_TO_WORK,
    measure=Measure.SHARE,
    needs=frozenset({Need.PLACEMENTS}),
    meaning=_(
        "Of the participants whose placement ended ninety days ago or more, those with an employment that began within "
        "ninety days after it. Any employment counts, also a subsidised one and one of the municipality's own."
    ),
    sql=SQL,
)
