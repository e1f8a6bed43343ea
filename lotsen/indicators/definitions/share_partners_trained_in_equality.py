"""Partners are trained if anybody of theirs was there."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need, Subject
from lotsen.programmes.enums import IndicatorCode

SQL = """
with held as (
  select s.id
  from activities_session s
  join activities_activity y on y.id = s.activity_id and y.programme_id = %(programme)s
  join programmes_kind k on k.id = y.kind_id and k.counts_as = 'equality_training'
  where s."on" <= %(as_of)s
)
select p.organisation_id as subject_id, null::uuid as case_id,
  case when exists (select 1 from held) then exists (
    select 1
    from activities_attendance a
    join held on held.id = a.session_id
    where a.organisation_id = p.organisation_id and a.presence = 'present'
  )::int end as value
from programmes_partner p
where p.programme_id = %(programme)s and 'partner' = any(p.roles)
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_PARTNERS_TRAINED_IN_EQUALITY,
    measure=Measure.SHARE,
    needs=frozenset({Need.EQUALITY_TRAINING}),
    subject=Subject.ORGANISATION,
    meaning=_(
        "Of the partners, those that sent somebody to a training in equality and discrimination. "
        "Nothing is known before the first training has been held."
    ),
    sql=SQL,
)
