"""Exits, apart from transfers: the whole of which the shares at the exit are parts."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, 1 as value
from cases_case c
where c.programme_id = %(programme)s and c.closing = 'exit' and c.closed_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.ENDED,
    measure=Measure.COUNT,
    meaning=_("Cases that ended with an exit. Those who were transferred are not among them."),
    sql=SQL,
)
