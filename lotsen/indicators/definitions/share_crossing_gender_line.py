"""Of those on placements in an occupation with few of their own sex: crossing the gender line."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

# Few are less than 40 per cent of all in the occupation (placements.queries.FEW), by its newest figures. Where the
# occupation, its figures or the sex are not known, nobody knows.
SQL = """
select c.id as subject_id, c.id as case_id, max((
    case c.sex when 'woman' then o.women when 'man' then o.men end < 0.4 * (o.women + o.men))::int) as value
from placements_placement p
join cases_case c on c.id = p.case_id
left join lateral (
  select s.women, s.men from employers_occupationsexes s where s.occupation = p.occupation
  order by s.year desc limit 1) o on true
where c.programme_id = %(programme)s and p.began_on <= %(as_of)s
group by c.id
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_CROSSING_GENDER_LINE,
    measure=Measure.SHARE,
    needs=frozenset({Need.PLACEMENTS}),
    meaning=_(
        "Of the participants on placements in an occupation whose women and men are known, those who have been in one "
        "where less than 40 per cent are of their own sex."
    ),
    sql=SQL,
)
