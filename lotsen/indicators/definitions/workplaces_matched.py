"""Placements counted by workplace, so the rows repeat."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need, Subject
from lotsen.programmes.enums import IndicatorCode

SQL = """
select p.workplace_id as subject_id, p.case_id, 1 as value
from placements_placement p
join cases_case c on c.id = p.case_id
where c.programme_id = %(programme)s and p.began_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.WORKPLACES_MATCHED,
    measure=Measure.COUNT,
    needs=frozenset({Need.PLACEMENTS}),
    subject=Subject.WORKPLACE,
    repeats=True,
    meaning=_("Workplaces where at least one participant has begun a placement. A workplace counts once."),
    sql=SQL,
)
