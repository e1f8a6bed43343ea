"""Share sees better chances."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, (f.sees_better_chances)::int as value
from cases_case c
left join cases_followup f on f.case_id = c.id and f.day = 90 and f.done_on <= %(as_of)s and f.answered
join programmes_programme p on p.id = c.programme_id and 90 = any(p.follow_up_days)
where c.programme_id = %(programme)s and c.closing = 'exit' and c.closed_on + 90 <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_SEES_BETTER_CHANCES,
    measure=Measure.SHARE,
    needs=frozenset({Need.FOLLOW_UP_90}),
    meaning=_(
        "Feel, 90 days after the exit, that their chances of work have risen. Everybody who ended at least 90"
        " days before the day of the figure is asked. Those who did not answer are shown apart and are in "
        "neither part of the share."
    ),
    sql=SQL,
)
