"""How often the project has met employers: the contacts, beside `employer_contacts`, which counts the employers."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need, Subject
from lotsen.programmes.enums import IndicatorCode

SQL = """
select k.employer_id as subject_id, null::uuid as case_id, count(*) as value
from employers_contact k
where k.programme_id = %(programme)s and k."on" <= %(as_of)s
group by k.employer_id
"""

DEFINITION = Definition(
    code=IndicatorCode.CONTACTS_MADE,
    measure=Measure.SUM,
    needs=frozenset({Need.EMPLOYERS}),
    subject=Subject.EMPLOYER,
    unit=_("contacts"),
    meaning=_("Contacts with employers that are written down: visits, calls, meetings, events and surveys."),
    sql=SQL,
)
