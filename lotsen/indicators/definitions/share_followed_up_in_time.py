"""Of those on placements, who were followed up at the workplace when it was time for the first visit."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

# The first day of the kind, else the third (placements.queries.VISITS); a week later at the latest. What ended before
# then asked for none.
SQL = """
select c.id as subject_id, c.id as case_id, bool_and(coalesce(p.followed_up_on <= d.latest, false))::int as value
from placements_placement p
join cases_case c on c.id = p.case_id
join programmes_kind k on k.id = p.kind_id and k.counts_as <> 'employment'
cross join lateral (select p.began_on + coalesce(k.visits[1], 3) + 7 as latest) d
where c.programme_id = %(programme)s and d.latest <= %(as_of)s and (p.ended_on is null or p.ended_on > d.latest)
group by c.id
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_FOLLOWED_UP_IN_TIME,
    measure=Measure.SHARE,
    needs=frozenset({Need.PLACEMENTS}),
    meaning=_(
        "Of the participants on a placement, those who were followed up at the workplace within a week after the first "
        "day set for it, on every placement."
    ),
    sql=SQL,
)
