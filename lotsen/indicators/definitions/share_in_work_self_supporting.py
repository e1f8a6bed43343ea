"""Work alone is not enough: an income of one's own follows within four weeks, and holds."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id,
  (d.outcome = 'work' and exists (
    select 1
    from cases_supportentry e
    where e.case_id = c.id and e.support = 'own_income'
      and e.since <= least(c.closed_on + 28, %(as_of)s)
      and not exists (
        select 1
        from cases_supportentry l
        where l.case_id = c.id and l.since > e.since and l.since <= least(c.closed_on + 28, %(as_of)s)
      )
  ))::int as value
from cases_case c
join programmes_destination d on d.id = c.destination_id
where c.programme_id = %(programme)s and c.closing = 'exit' and c.closed_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_IN_WORK_SELF_SUPPORTING,
    measure=Measure.SHARE,
    needs=frozenset({Need.WAY_TO_WORK}),
    meaning=_("Of the ended cases, those that ended in work with an income of their own within four weeks."),
    sql=SQL,
)
