"""Closings that are no exit: the person goes on in another unit's care."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, 1 as value
from cases_case c
where c.programme_id = %(programme)s and c.closing = 'transfer' and c.closed_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.TRANSFERRED,
    measure=Measure.COUNT,
    meaning=_("Cases closed because the person moved on, with the history, to the care of another unit."),
    sql=SQL,
)
