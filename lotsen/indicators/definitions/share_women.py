"""Women among those whose sex is known."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure
from lotsen.programmes.enums import Dimension, IndicatorCode

SQL = """
select c.id as subject_id, c.id as case_id, case c.sex when 'woman' then 1 when 'man' then 0 end as value
from cases_case c
where c.programme_id = %(programme)s and c.started_on <= %(as_of)s
"""

DEFINITION = Definition(
    code=IndicatorCode.SHARE_WOMEN,
    measure=Measure.SHARE,
    not_by=frozenset({Dimension.SEX}),
    meaning=_("Women among the participants whose sex is known."),
    sql=SQL,
)
