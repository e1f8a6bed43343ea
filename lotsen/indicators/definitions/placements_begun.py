"""Placements that have begun; a participant may have several."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, count(*) as value
from placements_placement p
join cases_case c on c.id = p.case_id
where c.programme_id = %(programme)s and p.began_on <= %(as_of)s
group by c.id
"""

DEFINITION = Definition(
    code=IndicatorCode.PLACEMENTS_BEGUN,
    measure=Measure.SUM,
    needs=frozenset({Need.PLACEMENTS}),
    unit=_("placements"),
    meaning=_("Placements that have begun, of all kinds. A participant may have had several."),
    sql=SQL,
)
