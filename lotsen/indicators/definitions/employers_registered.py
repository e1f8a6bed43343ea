"""How many employers the project knows of: those it has met, and those it has asked."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need, Subject
from lotsen.programmes.enums import IndicatorCode

SQL = """
select k.employer_id as subject_id, null::uuid as case_id, 1 as value
from employers_contact k where k.programme_id = %(programme)s and k."on" <= %(as_of)s
union
select q.employer_id, null::uuid, 1
from questionnaires_recipient q join questionnaires_wave w on w.id = q.wave_id
where w.programme_id = %(programme)s and w.opens_on <= %(as_of)s and q.employer_id is not null
"""

DEFINITION = Definition(
    code=IndicatorCode.EMPLOYERS_REGISTERED,
    measure=Measure.COUNT,
    needs=frozenset({Need.EMPLOYERS}),
    subject=Subject.EMPLOYER,
    meaning=_("Employers that the project has met or asked about their labour needs. An employer counts once."),
    sql=SQL,
)
