"""The people that employers say they need in a year, on the average of the years they were asked about."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import Measure, Need, Subject
from lotsen.programmes.enums import IndicatorCode

SQL = """
select n.employer as subject_id, null::uuid as case_id,
  sum(n.wanted)::numeric / (select count(distinct m.for_year) from lotsen_needs_by_employer(%(programme)s, %(as_of)s) m)
    as value
from lotsen_needs_by_employer(%(programme)s, %(as_of)s) n
group by n.employer
"""

DEFINITION = Definition(
    code=IndicatorCode.RECRUITMENTS_NEEDED,
    measure=Measure.SUM,
    needs=frozenset({Need.LABOUR_NEEDS}),
    subject=Subject.EMPLOYER,
    unit=_("people a year"),
    meaning=_(
        "People that employers have answered they need, in a year on the average of the years they were asked about. "
        "Who has not answered is in no figure. Year by year: the page of labour needs."
    ),
    sql=SQL,
)
