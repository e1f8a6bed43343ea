"""One indicator a file. A definition says in words what it counts and gives its rows as one SQL statement.

The statement returns `subject_id`, `case_id` (null where the row belongs to no one case) and `value`: for a count 1;
for a share 1 where it holds, 0 where it does not and null where it is not known; for a sum or a median the number. It
takes the parameters `programme` and `as_of`, and counts only what had happened on that day.
"""

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from lotsen.indicators.enums import Measure, Need, Subject
from lotsen.programmes.enums import Dimension, IndicatorCode


@dataclass(frozen=True)
class Definition:
    """An indicator: code, how its rows become a figure, what they are, its meaning in words, and its rows."""

    code: IndicatorCode
    measure: Measure
    meaning: object
    sql: str
    subject: Subject = Subject.CASE
    unit: object = ""
    #: True where a subject may come in several rows, one for each case that it belongs to.
    repeats: bool = False
    #: What a programme must have for the figure to mean something there: without it nobody is asked.
    needs: frozenset[Need] = frozenset()
    #: Breakdowns that would say nothing, such as the share of women among women.
    not_by: frozenset[Dimension] = frozenset()


# Everybody who ended long enough ago is asked; who did not answer, or not to this, is not known.
_DAY_90 = """
select c.id as subject_id, c.id as case_id, ({answer})::int as value
from cases_case c
left join cases_followup f on f.case_id = c.id and f.day = 90 and f.done_on <= %(as_of)s and f.answered
join programmes_programme p on p.id = c.programme_id and 90 = any(p.follow_up_days)
where c.programme_id = %(programme)s and c.closing = 'exit' and c.closed_on + 90 <= %(as_of)s
"""


def share_on_day_90(code: IndicatorCode, answer: str, meaning: object) -> Definition:
    """Return the share of those followed up on day 90 for whom an answer is yes. `answer` is SQL over `f`."""
    needs = frozenset({Need.FOLLOW_UP_90})
    return Definition(code, Measure.SHARE, meaning, _DAY_90.format(answer=answer), needs=needs)


@cache
def all_definitions() -> dict[str, Definition]:
    """Return every definition by its code, in the order of the list of codes."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found = {module.DEFINITION.code: module.DEFINITION for module in modules}
    return {code.value: found[code] for code in IndicatorCode if code in found}
