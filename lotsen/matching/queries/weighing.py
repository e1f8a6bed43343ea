"""How programmes weigh the factors: the newest weighing of each, and the standard where there is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lotsen.cases.models import Case
from lotsen.matching.definitions import Weights, standard_weights
from lotsen.matching.models import FactorWeights


@dataclass(frozen=True)
class Weighing:
    """The weights that hold, and the number of the weighing; 0 is the standard."""

    number: int
    weights: Weights


def weighings(cases: Iterable[Case], at: datetime | None = None) -> Mapping[UUID, Weighing]:
    """Return by its key how the programme of each case weighs, now or at a moment: one statement."""
    cases = list(cases)
    rows = FactorWeights.objects.filter(programme__in={case.programme_id for case in cases}).order_by("number")
    if at is not None:
        rows = rows.filter(at__lte=at)
    found = {row.programme_id: Weighing(row.number, {**standard_weights(), **row.weights}) for row in rows}
    standard = Weighing(0, standard_weights())
    return {case.id: found.get(case.programme_id, standard) for case in cases}
