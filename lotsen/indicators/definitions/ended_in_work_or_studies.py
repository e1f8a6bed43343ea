"""The funder's result as a number; the share has a file of its own."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, 1 as value
from cases_case c
join programmes_destination d on d.id = c.destination_id and d.outcome in ('work', 'studies')
where c.programme_id = %(programme)s and c.closing = 'exit' and c.closed_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.ENDED_IN_WORK_OR_STUDIES,
    measure=Measure.COUNT,
    needs=frozenset({Need.WAY_TO_WORK}),
    meaning=_("Ended cases whose destination is work or studies in the project's own list."),
    sql=SQL,
)
