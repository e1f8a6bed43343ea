"""How far the project has reached among employers."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need, Subject
from lotsen.programmes.enums import IndicatorCode

SQL = """
select distinct k.employer_id as subject_id, null::uuid as case_id, 1 as value
from employers_contact k
where k.programme_id = %(programme)s and k."on" <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.EMPLOYER_CONTACTS,
    measure=Measure.COUNT,
    needs=frozenset({Need.EMPLOYERS}),
    subject=Subject.EMPLOYER,
    meaning=_("Employers that the project has met at least once. An employer counts once."),
    sql=SQL,
)
