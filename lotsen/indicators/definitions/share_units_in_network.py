"""Units are there by their staff, who are the participants of such a project."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need, Subject
from lotsen.programmes.enums import IndicatorCode

SQL = """
with held as (
  select s.id
  from activities_session s
  join activities_activity y on y.id = s.activity_id and y.programme_id = %(programme)s
  join programmes_kind k on k.id = y.kind_id and k.counts_as = 'staff_network'
  where s."on" <= %(as_of)s
)
select u.unit_id as subject_id, null::uuid as case_id,
  -- Whose people one may not see, of them one cannot tell.
  case when exists (select 1 from held) and (
    current_user = 'lotsen_job'
    or u.unit_id = any(lotsen_units())
    or u.programme_id = any(lotsen_overseen())
  ) then exists (
    select 1
    from activities_attendance a
    join held on held.id = a.session_id
    join cases_case c on c.id = a.case_id and c.unit_id = u.unit_id
    where a.presence = 'present'
  )::int end as value
from programmes_programmeunit u
where u.programme_id = %(programme)s
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_UNITS_IN_NETWORK,
    measure=Measure.SHARE,
    needs=frozenset({Need.STAFF_NETWORK}),
    subject=Subject.UNIT,
    meaning=_(
        "Of the units that take part, those with somebody present at a session of the process-leader network. "
        "Nothing is known before the first session has been held, or of units whose people you may not see."
    ),
    sql=SQL,
)
