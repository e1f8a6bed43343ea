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
KEPT, _FEW_PAIRS = 50, 20_000
#: Where somebody is left out and a place is free, so many pairs are looked at: all of them in most cohorts.
_MOST_PAIRS = 1_000_000
#: Over so many pairs the drafts that are only to compare with are left out: the page would wait for them.
_MOST_COMPARED = 100_000


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
        open_now = there.places.keys() & space.at.keys()
        self.fixed = {key: place for key, place in fixed.items() if key in known and place in open_now}
        self.free = [key for key in sorted(known) if key not in self.fixed]
        self.fixed_scores = [self._explained(key, place).score for key, place in self.fixed.items()]
        # Those of the same programme have the same weights, and share what is scored by them.
        self.scorers = {id(weights[key]): Scorer(there, weights[key]) for key in self.free}
        self.pairs = self._pairs(space, max(KEPT, self._each(_FEW_PAIRS)))
        self.in_all = cohort.best(self.pairs)
        if self.in_all.placed < min(len(self.free), int(self.pairs.capacity.sum())):
            # Somebody is left out though a place is free: it may be one that is not among anybody's best.
            self.pairs = self._pairs(space, max(KEPT, self._each(_MOST_PAIRS)))
            self.in_all = cohort.best(self.pairs)

    def _explained(self, key: UUID, place: UUID) -> Match:
        return explain(place, self.known[key], self.there.places[place], self.weights[key])

    def _placed(self, found: Assignment) -> dict[UUID, UUID]:
        """Return where everybody goes who has a place, by choice or by an assignment."""
        places = self.there.keys
        return {key: places[at] for key, at in zip(self.free, found.place, strict=True) if at >= 0} | self.fixed

    def _each(self, pairs: int) -> int:
        return pairs // max(1, len(self.free))

    def _pairs(self, space: Room, kept: int) -> Pairs:
        """Return each person's best places that are possible, and what room the choices leave.

        Of the same score, the first place is another one from person to person: else all who are alike would have the
        same few.
        """
        count, where, score = max(1, len(self.there.keys)), [], []
        for n, key in enumerate(self.free):
            totals = self.scorers[id(self.weights[key])].totals(self.known[key])
            shift = n * kept % count
            at = (best(np.roll(totals, -shift), kept) + shift) % count
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
            # A place that was filled or closed since the ground was read takes nobody.
            capacity=_counted(max(0, space.left.get(place, 0) - taken[place]) for place in self.there.keys),
            site=_counted(sites[space.at[place]] if place in space.at else len(sites) for place in self.there.keys),
            load=_counted(
                [*(space.supervised.get(each, many + visited[each]) - visited[each] for each in sites), 0]
            ).clip(0),
        )

    def draft(self, found: Assignment) -> Draft:
        """Return an assignment with its reasons."""
        chosen = self._placed(found)
        matches = {key: self._explained(key, place) for key, place in chosen.items()}
        return Draft(matches, [key for key in sorted(self.known) if key not in chosen])

    def figures(self, name: str, found: Assignment) -> Figures:
        """Return what an assignment comes to. Sex is counted here, and has no part in a draft."""
        placed = self._placed(found)
        women, men = (
            (sum(key in placed for key in of_sex), len(of_sex))
            for of_sex in (self._of_sex(Sex.WOMAN), self._of_sex(Sex.MAN))
        )
        lowest = [*self.fixed_scores, *([found.lowest] if found.lowest is not None else [])]
        total = found.total + sum(self.fixed_scores)
        return Figures(name, len(placed), total, min(lowest, default=None), women, men)

    def _of_sex(self, sex: Sex) -> list[UUID]:
        return [key for key in self.known if self.cases[key].sex == sex]

    def even(self) -> Assignment | None:
        """Return the assignment in which women and men are placed most alike; none where there are none of either."""
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
    is_small = len(people.pairs.who) <= _MOST_COMPARED
    fairest = cohort.fairest(people.pairs) if fair or is_small else None
    even = people.even() if is_small else None
    names = (_("Best in all"), _("Fairest to the least well served"), _("Women and men most alike"))
    drafts = zip(names, (people.in_all, fairest, even), strict=True)
    compared = [people.figures(name, found) for name, found in drafts if found]
    return Proposal(people.draft(fairest if fair and fairest else people.in_all), compared)
