"""Of those whose placements are over, who got work as the open statistics count it (Kolada U40455)."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

# Work on the regular labour market, subsidised or not, that has lasted a month; no measure of the municipality's own.
SQL = """
select c.id as subject_id, c.id as case_id, bool_or(exists (
    select 1 from placements_employment e
    where e.case_id = c.id and not e.is_municipal_measure and e.from_on between p.ended_on - 31 and p.ended_on + 90
      and least(coalesce(e.until, %(as_of)s), %(as_of)s) >= e.from_on + 30))::int as value
from placements_placement p
join cases_case c on c.id = p.case_id
join programmes_kind k on k.id = p.kind_id and k.counts_as <> 'employment'
where c.programme_id = %(programme)s and p.ended_on + 120 <= %(as_of)s
group by c.id
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_PLACEMENTS_LED_TO_LASTING_WORK,
    measure=Measure.SHARE,
    needs=frozenset({Need.PLACEMENTS}),
    meaning=_(
        "Of the participants whose placement ended four months ago or more, those with an employment on the regular "
        "labour market that began within ninety days and lasted a month: the rule of the open statistics (Kolada)."
    ),
    sql=SQL,
)
