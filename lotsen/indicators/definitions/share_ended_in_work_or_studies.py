"""The funder's result as a share of the exits."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, (d.outcome in ('work', 'studies'))::int as value
from cases_case c
join programmes_destination d on d.id = c.destination_id
where c.programme_id = %(programme)s and c.closing = 'exit' and c.closed_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_ENDED_IN_WORK_OR_STUDIES,
    measure=Measure.SHARE,
    needs=frozenset({Need.WAY_TO_WORK}),
    meaning=_(
        "Of the ended cases, those whose destination is work or studies in the project's own list. The "
        "national definition (Kolada U40455) is narrower and gives another figure."
    ),
    sql=SQL,
)
