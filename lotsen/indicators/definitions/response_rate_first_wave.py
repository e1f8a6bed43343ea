"""How many answer a first survey. Whether somebody has answered is known also of anonymous answers."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need, Subject
from lotsen.programmes.enums import IndicatorCode

SQL = """
select q.id as subject_id, null::uuid as case_id, coalesce(q.answered_on <= %(as_of)s, false)::int as value
from questionnaires_recipient q
join questionnaires_wave w on w.id = q.wave_id
where w.programme_id = %(programme)s and w.follows_id is null and q.sent_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.RESPONSE_RATE_FIRST_WAVE,
    measure=Measure.SHARE,
    needs=frozenset({Need.SURVEYS}),
    subject=Subject.RECIPIENT,
    meaning=_(
        "Of those who were sent a link or a letter in a survey that repeats "
        "no other, those who have sent their answers."
    ),
    sql=SQL,
)
