"""What repeated surveys have shown, as it was written down when they closed."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need, Subject
from lotsen.programmes.enums import IndicatorCode

SQL = """
select c.id as subject_id, null::uuid as case_id, 1 as value
from questionnaires_change c
join questionnaires_wave w on w.id = c.wave_id
where w.programme_id = %(programme)s and w.closed_on <= %(as_of)s and c.low > 0 and c.is_better
"""

DEFINITION = Definition(
    code=IndicatorCode.AREAS_WHERE_NEED_FELL,
    measure=Measure.COUNT,
    needs=frozenset({Need.SURVEYS}),
    subject=Subject.AREA,
    meaning=_(
        "Areas where answers to a repeated survey show less need than before, more than chance would: the whole "
        "interval of 95 per cent lies on that side. Written down when the survey closes."
    ),
    sql=SQL,
)
