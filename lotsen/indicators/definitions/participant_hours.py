"""The hours that the funder counts: presence, and nothing else."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, h.minutes / 60.0 as value
from cases_case c
join (
  select a.case_id, sum(a.minutes) as minutes
  from activities_attendance a
  join activities_session s on s.id = a.session_id and s."on" <= %(as_of)s
  where a.case_id is not null and a.minutes > 0
  group by a.case_id
) h on h.case_id = c.id
where c.programme_id = %(programme)s
"""

DEFINITION = Definition(
    code=IndicatorCode.PARTICIPANT_HOURS,
    measure=Measure.SUM,
    unit=_("hours"),
    meaning=_("Hours that participants were present at sessions. Absence counts no hours, valid or not."),
    sql=SQL,
)
