"""Whether the partners come to the meetings that they are called to."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need, Subject
from lotsen.programmes.enums import IndicatorCode

SQL = """
select p.organisation_id as subject_id, null::uuid as case_id,
  case when count(m.presence) > 0 then
    (count(*) filter (where m.presence = 'present') * 2 >= count(m.presence))::int end as value
from programmes_partner p
left join lateral (
  select a.presence
  from activities_attendance a
  join activities_session s on s.id = a.session_id and s."on" <= %(as_of)s
  join activities_activity y on y.id = s.activity_id and y.programme_id = p.programme_id
  join programmes_kind k on k.id = y.kind_id and k.counts_as in ('steering_group', 'project_group')
  where a.organisation_id = p.organisation_id
) m on true
where p.programme_id = %(programme)s and 'partner' = any(p.roles)
group by p.organisation_id
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_PARTNERS_ACTIVE,
    measure=Measure.SHARE,
    needs=frozenset({Need.GROUPS}),
    subject=Subject.ORGANISATION,
    meaning=_(
        "Of the partners, those that came to at least half of the steering-group and project-group meetings "
        "that they were called to. A partner that was called to none is not known."
    ),
    sql=SQL,
)
