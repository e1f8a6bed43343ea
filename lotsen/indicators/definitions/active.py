"""Who is in the project on the day: a count that falls again."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, 1 as value
from cases_case c
where c.programme_id = %(programme)s and c.started_on <= %(as_of)s
  and (c.closed_on is null or c.closed_on > %(as_of)s)
"""

DEFINITION = Definition(
    code=IndicatorCode.ACTIVE,
    measure=Measure.COUNT,
    meaning=_("Cases that have started and are not closed."),
    sql=SQL,
)
