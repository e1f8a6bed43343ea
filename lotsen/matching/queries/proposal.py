"""The proposal for a cohort: who could go where, one draft for the best total and one for the least well served."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from lotsen.cases.models import Case
from lotsen.matching.definitions import Participant, Place
from lotsen.programmes.enums import Sex

from .cohort import Pairs, best, fairest
from .ranking import Match, explain, rank_all

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
    there: Mapping[UUID, Place],
    left: Mapping[UUID, int],
    fixed: Mapping[UUID, UUID],
    *,
    fair: bool = False,
) -> Draft:
    """Propose a place for each person. `left`: places left of an opening; `fixed`: choices that somebody has made.

    A fixed choice stays, and takes its place before the others are looked at.
    """
    people, places = sorted(known), sorted(there)
    taken = Counter(fixed.values())
    capacity = np.array([max(0, left[place] - taken[place]) for place in places], dtype=np.int64)
    number = {place: n for n, place in enumerate(places)}
    who, where, score = [], [], []
    free = [key for key in people if key not in fixed]
    for n, key in enumerate(free):
        for total, place in rank_all(known[key], there)[:KEPT]:
            who.append(n)
            where.append(number[place])
            score.append(total)
    pairs = Pairs(
        who=np.array(who, dtype=np.int64),
        where=np.array(where, dtype=np.int64),
        score=np.array(score, dtype=np.float64),
        people=len(free),
        capacity=capacity,
    )
    found = (fairest if fair else best)(pairs)
    chosen = {key: places[at] for key, at in zip(free, found.place, strict=True) if at >= 0}
    chosen |= {key: place for key, place in fixed.items() if key in known and place in there}
    matches = {key: explain(place, known[key], there[place]) for key, place in chosen.items()}
    return Draft(matches, [key for key in people if key not in chosen], found.total, found.lowest)
