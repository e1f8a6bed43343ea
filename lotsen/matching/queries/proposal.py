"""The proposal for a cohort: who could go where, one draft for the best total and one for the least well served."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from lotsen.cases.models import Case
from lotsen.matching.definitions import Participant, Weights
from lotsen.programmes.enums import Sex

from . import cohort
from .cohort import Pairs
from .grid import Ground, Scorer, best
from .ranking import Match, explain

#: So many of a person's best places are looked at: the rest would never be chosen, and fill the memory.
KEPT = 50


@dataclass(frozen=True)
class Draft:
    """A proposal: each person's place with its reasons, and those for whom there is none."""

    matches: dict[UUID, Match]
    left_out: list[UUID]
    total: float
    lowest: float | None

    def rates(self, cases: Mapping[UUID, Case]) -> dict[str, tuple[int, int]]:
        """Return of women and of men how many are placed, and of how many. Shown beside the draft, not asked for it."""
        found = {}
        for sex in (Sex.WOMAN, Sex.MAN):
            of_sex = [key for key, case in cases.items() if case.sex == sex]
            found[str(sex.label)] = (sum(key in self.matches for key in of_sex), len(of_sex))
        return found


def propose(
    known: Mapping[UUID, Participant],
    weights: Mapping[UUID, Weights],
    there: Ground,
    left: Mapping[UUID, int],
    fixed: Mapping[UUID, UUID],
    *,
    fair: bool = False,
) -> Draft:
    """Propose a place for each person, by the weights of each.

    `left`: places left of an opening; `fixed`: choices that somebody has made. A fixed choice stays, and takes its
    place before the others are looked at.
    """
    people, places = sorted(known), there.keys
    taken = Counter(fixed.values())
    capacity = np.array([max(0, left[place] - taken[place]) for place in places], dtype=np.int64)
    free = [key for key in people if key not in fixed]
    pairs = _pairs([(known[key], weights[key]) for key in free], there, capacity)
    found = (cohort.fairest if fair else cohort.best)(pairs)
    chosen = {key: places[at] for key, at in zip(free, found.place, strict=True) if at >= 0}
    chosen |= {key: place for key, place in fixed.items() if key in known and place in there.places}
    matches = {key: explain(place, known[key], there.places[place], weights[key]) for key, place in chosen.items()}
    return Draft(matches, [key for key in people if key not in chosen], found.total, found.lowest)


def _pairs(people: Sequence[tuple[Participant, Weights]], there: Ground, capacity: NDArray[np.int64]) -> Pairs:
    """Return each person's best places that are possible."""
    # Those of the same programme have the same weights, and share what is scored by them.
    scorers = {id(weights): Scorer(there, weights) for _who, weights in people}
    where, score = [], []
    for who, weights in people:
        totals = scorers[id(weights)].totals(who)
        at = best(totals, KEPT)
        where.append(at)
        score.append(totals[at] / 100)
    return Pairs(
        who=np.repeat(np.arange(len(people)), [len(at) for at in where]),
        where=np.concatenate([np.empty(0, np.int64), *where]),
        score=np.concatenate([np.empty(0), *score]),
        people=len(people),
        capacity=capacity,
    )
