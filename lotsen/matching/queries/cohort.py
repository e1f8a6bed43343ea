"""A whole cohort at once: who goes where, with as few as possible left out, and then the best total. Exact.

A flow of the least cost from people over pairs to places (OR-Tools): a second solver proves the optimum in the tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Ints = NDArray[np.int64]
#: A score has so many steps in the flow, which counts in whole numbers.
_STEPS = 100


@dataclass(frozen=True)
class Pairs:
    """The possible pairs of people and places, by their numbers, each with its score; how many each place takes."""

    who: _Ints
    where: _Ints
    score: NDArray[np.float64]
    people: int
    capacity: _Ints

    def at_least(self, score: float) -> "Pairs":
        """Return the pairs with no less than a score."""
        keep = self.score >= score
        return Pairs(self.who[keep], self.where[keep], self.score[keep], self.people, self.capacity)


@dataclass(frozen=True)
class Assignment:
    """Where each person goes (-1: nowhere), how many are placed, the sum of their scores and the lowest of them."""

    place: _Ints
    placed: int
    total: float
    lowest: float | None


def best(pairs: Pairs) -> Assignment:
    """Place as many as can be placed, and of all ways to do so take the one with the greatest total."""
    place = np.full(pairs.people, -1, dtype=np.int64)
    chosen = _flow(pairs)
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


def _flow(pairs: Pairs) -> _Ints:
    """Return the numbers of the pairs that the flow of the least cost goes through."""
    from ortools.graph.python import min_cost_flow

    people, places, count = pairs.people, len(pairs.capacity), len(pairs.who)
    source, sink = people + places, people + places + 1
    gains = np.rint(pairs.score * _STEPS).astype(np.int64)
    # To be placed is worth more than all that the others could gain by it.
    spread = int(gains.max() - gains.min()) + 1 if count else 1
    worth = spread * (people + 1) - (int(gains.min()) if count else 0)
    ones = np.ones(people, dtype=np.int64)
    everybody = np.arange(people, dtype=np.int64)
    tails: Sequence[Any] = (np.full(people, source), pairs.who, np.arange(places) + people, everybody)
    heads: Sequence[Any] = (everybody, pairs.where + people, np.full(places, sink), np.full(people, sink))
    capacities: Sequence[Any] = (ones, np.ones(count, dtype=np.int64), pairs.capacity, ones)
    costs: Sequence[Any] = (ones * 0, -(gains + worth), np.zeros(places, dtype=np.int64), ones * 0)
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
