"""Every participant against every place, exactly as the factors judge them, without judging every pair.

A factor looks at a few features only, and many participants and places are alike in these. So it judges each pair of
different looks once, and keeps the finding as a number; the scores of a participant over all places are one row of
numbers for each factor, added up. The factors stay plain functions, and are the only place where a rule is written.
"""

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from lotsen.matching.definitions import Factor, Participant, Place, Weights, all_factors, standard_weights
from lotsen.matching.enums import Effect

_Ints = NDArray[np.int32]
_Codes = NDArray[np.uint8]

#: More than all weights together can make up for: a total below nought by so much counts what stands in the way.
BLOCK = 1_000_000
#: So many rows are kept by a scorer. One of 10,000 places takes 40 kB.
_MOST_ROWS = 1_500


class _Looks:
    """What a factor sees of places: one place of each different look, and which look each place has."""

    def __init__(self, names: tuple[str, ...], places: Iterable[Place]) -> None:
        look = attrgetter(*names)
        self.at: dict[Any, int] = {}
        self.one_of_each: list[Place] = []
        number = []
        for place in places:
            seen = look(place)
            found = self.at.get(seen)
            if found is None:
                found = self.at[seen] = len(self.one_of_each)
                self.one_of_each.append(place)
            number.append(found)
        self.number: _Ints = np.array(number, dtype=np.int32)


class Ground:
    """Places in the order of their keys, with the looks that the factors tell apart."""

    def __init__(self, there: Mapping[UUID, Place]) -> None:
        """Tell the looks of places apart."""
        self.places = dict(sorted(there.items()))
        self.keys = list(self.places)
        self.position = {key: n for n, key in enumerate(self.keys)}
        self.looks = {
            names: _Looks(names, self.places.values()) for names in {factor.of_where for factor in all_factors()}
        }


class Scorer:
    """Scores participants over the places of a ground, by the factors named and with some weights."""

    def __init__(self, ground: Ground, weights: Weights | None = None, codes: frozenset[str] | None = None) -> None:
        """Without weights the standard ones hold; without `codes` all factors do."""
        self.ground, self.weights = ground, weights or standard_weights()
        self.factors = [factor for factor in all_factors() if codes is None or factor.code in codes]
        self._parts = [
            _Part(factor, ground.looks[factor.of_where], self.weights[factor.code]) for factor in self.factors
        ]
        # Those that ask for the occupation alone see the same looks: their moves are added before they are spread.
        self._by_occupation = [part for part in self._parts if part.factor.by_occupation]
        self._others = [part for part in self._parts if not part.factor.by_occupation]
        self._rows: dict[tuple[str, Any], _Ints] = {}

    def totals(self, who: Participant) -> _Ints:
        """Return the score of each place times a hundred, less `BLOCK` for each thing that stands in the way."""
        total: _Ints = np.zeros(len(self.ground.keys), dtype=np.int32)
        if self._by_occupation:
            of_looks = sum(part.moves[part.findings(who)] for part in self._by_occupation)
            total += np.take(of_looks, self._by_occupation[0].looks.number)
        for part in self._others:
            key = (part.factor.code, part.look(who))
            row = self._rows.get(key)
            if row is None:
                row = np.take(part.moves[part.findings(who)], part.looks.number)
                if len(self._rows) < _MOST_ROWS:
                    self._rows[key] = row
            total += row
        return total

    def findings(self, who: Participant, at: NDArray[np.intp]) -> _Codes:
        """Return of places, by their positions, which finding of each factor holds, by its number in the table."""
        return np.stack([part.findings(who)[part.looks.number[at]] for part in self._parts], axis=1)


class _Part:
    """One factor over the looks of a ground."""

    def __init__(self, factor: Factor, looks: _Looks, weight: int) -> None:
        self.factor, self.looks = factor, looks
        self.number = {name: n for n, name in enumerate(factor.findings)}
        self.moves: _Ints = np.array(
            [-BLOCK if one.effect == Effect.BLOCKED else weight * one.moves for one in factor.findings.values()],
            dtype=np.int32,
        )
        self.look = attrgetter(*factor.of_who)
        self._found: dict[Any, _Codes] = {}

    def findings(self, who: Participant) -> _Codes:
        """Return for each look of a place the number of what the factor finds."""
        if self.factor.by_occupation:
            return self._by_occupation(who)
        seen = self.look(who)
        found = self._found.get(seen)
        if found is None:
            found = self._found[seen] = np.array(
                [self._judge(who, where) for where in self.looks.one_of_each], dtype=np.uint8
            )
        return found

    def _judge(self, who: Participant, where: Place) -> int:
        return self.number[self.factor.judge(who, where)]

    def _by_occupation(self, who: Participant) -> _Codes:
        """Judge the occupations that the participant is near to; of the others one, and one that is not known."""
        known, at = self.look(who), self.looks.at
        others = next((code for code in at if code and code not in known), None)
        one_of_each = self.looks.one_of_each
        start = self._judge(who, one_of_each[at[others]]) if others is not None else 0
        found: _Codes = np.full(len(one_of_each), start, dtype=np.uint8)
        for code in (*known, ""):
            place = at.get(code)
            if place is not None:
                found[place] = self._judge(who, one_of_each[place])
        return found


def best(totals: _Ints, most: int, blocks: int = 0) -> NDArray[np.intp]:
    """Return the positions of the best places with so many things in the way; of the same score, the first is first."""
    least, top = -blocks * BLOCK - BLOCK // 2, -blocks * BLOCK + BLOCK // 2
    if blocks:
        totals = np.where(totals < top, totals, np.int32(-(2**31)))
    if len(totals) > most:
        least = max(least, int(np.partition(totals, len(totals) - most)[len(totals) - most]))
    found = np.flatnonzero(totals >= least)
    return found[np.argsort(-totals[found], kind="stable")[:most]]
