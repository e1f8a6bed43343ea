"""Participants are asked from the first training on; before it nothing is known."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

SQL = """
with held as (
  select s.id
  from activities_session s
  join activities_activity y on y.id = s.activity_id and y.programme_id = %(programme)s
  join programmes_kind k on k.id = y.kind_id and k.counts_as = 'equality_training'
  where s."on" <= %(as_of)s
)
select c.id as subject_id, c.id as case_id,
  case when exists (select 1 from held) then (t.case_id is not null)::int end as value
from cases_case c
left join (
  select distinct a.case_id
  from activities_attendance a
  join held on held.id = a.session_id
  where a.presence = 'present'
) t on t.case_id = c.id
where c.programme_id = %(programme)s and c.started_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_TRAINED_IN_EQUALITY,
    measure=Measure.SHARE,
    needs=frozenset({Need.EQUALITY_TRAINING}),
    meaning=_(
        "Of the participants, those who were present at a training in equality and discrimination. "
        "Nothing is known before the first training has been held."
    ),
    sql=SQL,
)
