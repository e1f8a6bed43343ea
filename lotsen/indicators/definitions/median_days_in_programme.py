"""How long those who are closed stayed, transfers among them."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, c.closed_on - c.started_on as value
from cases_case c
where c.programme_id = %(programme)s and c.closed_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.MEDIAN_DAYS_IN_PROGRAMME,
    measure=Measure.MEDIAN,
    unit=_("days"),
    meaning=_("Days from the start to the closing, of the cases that are closed."),
    sql=SQL,
)
