"""The beginning of the way: everybody who was sent, also those who never began."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, 1 as value
from cases_case c
where c.programme_id = %(programme)s and c.referred_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.REFERRED,
    measure=Measure.COUNT,
    meaning=_("Cases referred to the project, whether or not they started."),
    sql=SQL,
)
