"""A whole cohort at once: who goes where, with as few as possible left out, and then the best total. Exact.

A flow of the least cost from people over pairs to places (OR-Tools): a second solver proves the optimum in the tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Ints = NDArray[np.int64]
#: So many prices are tried on the way to the least difference.
_TRIES = 20
#: A score has so many steps in the flow, which counts in whole numbers; more where prices differ by little.
_STEPS, _FINE_STEPS = 100, 10_000


@dataclass(frozen=True)
class Pairs:
    """The possible pairs of people and places, by their numbers, each with its score.

    A place takes no more than its capacity, and the places of a site together no more than the site can supervise.
    """

    who: _Ints
    where: _Ints
    score: NDArray[np.float64]
    people: int
    capacity: _Ints
    #: The site of each place, by its number, and how many each site takes.
    site: _Ints
    load: _Ints

    def at_least(self, score: float) -> "Pairs":
        """Return the pairs with no less than a score."""
        keep = self.score >= score
        return replace(self, who=self.who[keep], where=self.where[keep], score=self.score[keep])


@dataclass(frozen=True)
class Assignment:
    """Where each person goes (-1: nowhere), how many are placed, the sum of their scores and the lowest of them."""

    place: _Ints
    placed: int
    total: float
    lowest: float | None


def best(pairs: Pairs, price: NDArray[np.float64] | None = None) -> Assignment:
    """Place as many as can be placed, and of all ways to do so take the one with the greatest total.

    `price`: what each person counts besides the scores, to see what another aim would cost.
    """
    place = np.full(pairs.people, -1, dtype=np.int64)
    chosen = _flow(pairs, pairs.score) if price is None else _flow(pairs, pairs.score + price[pairs.who], _FINE_STEPS)
    place[pairs.who[chosen]] = pairs.where[chosen]
    scores = pairs.score[chosen]
    return Assignment(place, len(chosen), float(scores.sum()), float(scores.min()) if len(chosen) else None)


def fairest(pairs: Pairs) -> Assignment:
    """Place as many, let the lowest score be as high as it can be, and then take the greatest total."""
    found = best(pairs)
    steps = np.unique(pairs.score)
    low, high = 0, len(steps) - 1
    while low <= high:
        middle = (low + high) // 2
        tried = best(pairs.at_least(steps[middle]))
        if tried.placed == found.placed:
            found, low = tried, middle + 1
        else:
            high = middle - 1
    return found


@dataclass(frozen=True)
class Even:
    """The assignment in which the shares of two groups that are placed differ least, and by how much, from -1 to 1."""

    assignment: Assignment
    difference: float


def evenest(pairs: Pairs, groups: NDArray[np.int8], placed: tuple[int, int], of: tuple[int, int]) -> Even | None:
    """Place as many, and let the shares of two groups that are placed differ as little as a price on it can bring.

    `groups`: 0 or 1 for each person, -1 for neither; `placed`: who of each has a place already, of so many in all. None
    where a group is empty. To compare with: what it costs that two groups are served alike.
    """
    if not all(of):
        return None

    # A little dearer from one to the next, so that of those who are alike one after the other changes sides.
    sides = np.select([groups == 0, groups == 1], [1.0, -1.0], 0.0) * (
        1 + np.arange(pairs.people) / (10 * pairs.people)
    )

    def tried(price: float) -> Even:
        found = best(pairs, price * sides)
        there = [placed[n] + int(((groups == n) & (found.place >= 0)).sum()) for n in (0, 1)]
        return Even(found, there[0] / of[0] - there[1] / of[1])

    spread = float(np.ptp(pairs.score)) if len(pairs.score) else 0.0
    low, high, found = -spread - 1, spread + 1, tried(0.0)
    for _round in range(_TRIES):
        # The dearer the first group, the more of it are placed.
        price = (low + high) / 2
        now = tried(price)
        if (abs(now.difference), -now.assignment.total) < (abs(found.difference), -found.assignment.total):
            found = now
        low, high = (price, high) if now.difference < 0 else (low, price)
    return found


def _flow(pairs: Pairs, scores: NDArray[np.float64], steps: int = _STEPS) -> _Ints:
    """Return the numbers of the pairs that the flow of the least cost goes through."""
    from ortools.graph.python import min_cost_flow

    people, places, sites, count = pairs.people, len(pairs.capacity), len(pairs.load), len(pairs.who)
    source, sink = people + places + sites, people + places + sites + 1
    gains = np.rint(scores * steps).astype(np.int64)
    # To be placed is worth more than all that the others could gain by it.
    spread = int(gains.max() - gains.min()) + 1 if count else 1
    worth = spread * (people + 1) - (int(gains.min()) if count else 0)
    ones = np.ones(people, dtype=np.int64)
    everybody = np.arange(people, dtype=np.int64)
    site = people + places
    tails: Sequence[Any] = (
        *(np.full(people, source), pairs.who),
        *(np.arange(places) + people, np.arange(sites) + site, everybody),
    )
    heads: Sequence[Any] = (
        *(everybody, pairs.where + people),
        *(pairs.site + site, np.full(sites, sink), np.full(people, sink)),
    )
    capacities: Sequence[Any] = (ones, np.ones(count, dtype=np.int64), pairs.capacity, pairs.load, ones)
    costs: Sequence[Any] = (ones * 0, -(gains + worth), np.zeros(places + sites, dtype=np.int64), ones * 0)
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        *(np.concatenate(parts).astype(np.int64) for parts in (tails, heads, capacities, costs))
    )
    flow.set_nodes_supplies(np.array([source, sink]), np.array([people, -people]))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("An assignment has no optimum, though nobody is one.")
    through = flow.flows(arcs[people : people + count])
    chosen: _Ints = np.flatnonzero(through)
    return chosen
