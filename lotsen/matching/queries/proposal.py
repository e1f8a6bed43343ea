"""The proposal for a cohort: who could go where, one draft for the best total and one for the least well served."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.employers.models import WorkplaceAnalysis
from lotsen.matching.definitions import Participant, Weights
from lotsen.placements.models import Opening
from lotsen.programmes.enums import Sex

from . import cohort
from .cohort import Assignment, Pairs
from .grid import Ground, Scorer, best
from .ranking import Match, explain

#: So many of a person's best places are looked at, and more where the cohort is small enough for so many pairs.
KEPT, _MOST_PAIRS = 50, 20_000
#: In so large a cohort the third draft, which is only to compare with, is left out: the page would wait for it.
_MOST_COMPARED = 1_000


@dataclass(frozen=True)
class Room:
    """How many an opening can take still, at which workplace it is, and how many a workplace can supervise still."""

    left: Mapping[UUID, int]
    at: Mapping[UUID, UUID]
    supervised: Mapping[UUID, int]


def room(openings: Sequence[Opening], today: date) -> Room:
    """Return how much room there is: what an analysis says of supervision, less those of any unit who are there."""
    at = {opening.pk: opening.workplace_id for opening in openings}
    holding = WorkplaceAnalysis.objects.holding(today).filter(workplace__in=set(at.values())).order_by("made_on", "pk")
    most = {row[0]: row[1] for row in holding.values_list("workplace", "supervises") if row[1] is not None}
    there = dict(database.rows("lotsen_workplace_load", list(most))) if most else {}
    supervised = {workplace: max(0, n - there.get(workplace, 0)) for workplace, n in most.items()}
    return Room({opening.pk: opening.left for opening in openings}, at, supervised)


@dataclass(frozen=True)
class Draft:
    """A proposal: each person's place with its reasons, and those for whom there is none."""

    matches: dict[UUID, Match]
    left_out: list[UUID]


@dataclass(frozen=True)
class Figures:
    """What a draft comes to: how many have a place, all scores and the lowest one, women and men with a place."""

    name: str
    placed: int
    total: float
    lowest: float | None
    women: tuple[int, int]
    men: tuple[int, int]

    @property
    def difference(self) -> float | None:
        """How many points of a hundred more women than men have a place; none where there are none of either."""
        (women, of_women), (men, of_men) = self.women, self.men
        return 100 * (women / of_women - men / of_men) if of_women and of_men else None


@dataclass(frozen=True)
class Proposal:
    """A draft, and the figures of it beside those of the others that there could be."""

    draft: Draft
    compared: list[Figures]


class _Cohort:
    """Those who need a place, and those of them for whom somebody has chosen one: these stay."""

    def __init__(
        self,
        cases: Mapping[UUID, Case],
        known: Mapping[UUID, Participant],
        weights: Mapping[UUID, Weights],
        there: Ground,
        space: Room,
        fixed: Mapping[UUID, UUID],
    ) -> None:
        self.cases, self.known, self.weights, self.there = cases, known, weights, there
        self.fixed = {key: place for key, place in fixed.items() if key in known and place in there.places}
        self.free = [key for key in sorted(known) if key not in self.fixed]
        self.pairs = self._pairs(space)

    def _pairs(self, space: Room) -> Pairs:
        """Return each person's best places that are possible, and what room the choices leave."""
        # Those of the same programme have the same weights, and share what is scored by them.
        scorers = {id(self.weights[key]): Scorer(self.there, self.weights[key]) for key in self.free}
        kept = max(KEPT, _MOST_PAIRS // max(1, len(self.free)))
        where, score = [], []
        for key in self.free:
            totals = scorers[id(self.weights[key])].totals(self.known[key])
            at = best(totals, kept)
            where.append(at)
            score.append(totals[at] / 100)
        taken = Counter(self.fixed.values())
        visited = Counter(space.at[place] for place in self.fixed.values())
        sites = {workplace: n for n, workplace in enumerate(sorted(set(space.at.values())))}
        many = len(self.free) + 1
        return Pairs(
            who=np.repeat(np.arange(len(self.free)), [len(at) for at in where]),
            where=np.concatenate([np.empty(0, np.int64), *where]),
            score=np.concatenate([np.empty(0), *score]),
            people=len(self.free),
            capacity=_counted(max(0, space.left[place] - taken[place]) for place in self.there.keys),
            site=_counted(sites[space.at[place]] for place in self.there.keys),
            load=_counted(max(0, space.supervised.get(each, many + visited[each]) - visited[each]) for each in sites),
        )

    def draft(self, found: Assignment) -> Draft:
        """Return an assignment with its reasons."""
        places = self.there.keys
        chosen = {key: places[at] for key, at in zip(self.free, found.place, strict=True) if at >= 0} | self.fixed
        matches = {
            key: explain(place, self.known[key], self.there.places[place], self.weights[key])
            for key, place in chosen.items()
        }
        return Draft(matches, [key for key in sorted(self.known) if key not in chosen])

    def figures(self, name: str, found: Assignment) -> Figures:
        """Return what an assignment comes to. Sex is counted here, and has no part in a draft."""
        placed = {key for key, at in zip(self.free, found.place, strict=True) if at >= 0} | self.fixed.keys()
        women, men = (
            (sum(key in placed for key in of_sex), len(of_sex))
            for of_sex in (self._of_sex(Sex.WOMAN), self._of_sex(Sex.MAN))
        )
        return Figures(name, len(placed), found.total, found.lowest, women, men)

    def _of_sex(self, sex: Sex) -> list[UUID]:
        return [key for key in self.known if self.cases[key].sex == sex]

    def even(self) -> Assignment | None:
        """Return the assignment in which women and men are placed most alike; none where there are none of either."""
        if len(self.free) > _MOST_COMPARED:
            return None
        numbers = {str(Sex.WOMAN): 0, str(Sex.MAN): 1}
        groups = np.array([numbers.get(str(self.cases[key].sex), -1) for key in self.free], dtype=np.int8)
        of_sex = [self._of_sex(sex) for sex in (Sex.WOMAN, Sex.MAN)]
        placed = [sum(key in self.fixed for key in keys) for keys in of_sex]
        found = cohort.evenest(self.pairs, groups, (placed[0], placed[1]), (len(of_sex[0]), len(of_sex[1])))
        return found.assignment if found else None


def _counted(numbers: Iterable[int]) -> NDArray[np.int64]:
    return np.array(list(numbers), dtype=np.int64)


def propose(
    cases: Mapping[UUID, Case],
    known: Mapping[UUID, Participant],
    weights: Mapping[UUID, Weights],
    there: Ground,
    space: Room,
    fixed: Mapping[UUID, UUID],
    *,
    fair: bool = False,
) -> Proposal:
    """Propose a place for each person, by the weights of each; `fixed`: choices that somebody has made, which stay.

    Beside it stands what the other draft comes to, and what it would cost to place women and men most alike.
    """
    people = _Cohort(cases, known, weights, there, space, fixed)
    in_all, fairest, even = cohort.best(people.pairs), cohort.fairest(people.pairs), people.even()
    compared = [
        people.figures(_("Best in all"), in_all),
        people.figures(_("Fairest to the least well served"), fairest),
        *([people.figures(_("Women and men most alike"), even)] if even else []),
    ]
    return Proposal(people.draft(fairest if fair else in_all), compared)
