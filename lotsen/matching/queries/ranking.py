"""Who could thrive where: a score for the order, findings for the reasons. The same input gives the same answer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from lotsen.matching.definitions import Factor, Finding, Participant, Place, all_factors
from lotsen.matching.enums import Effect

#: So many are shown, and so many of those that one thing stands in the way of.
SHOWN, SHOWN_BLOCKED = 20, 5
#: What a course asks about: the rest is of workplaces.
OF_TRAINING = frozenset({"wish", "swedish", "licence", "start", "line"})


_Judge = Callable[[Participant, Place], str]


@dataclass(frozen=True)
class Match:
    """A participant and a place: where it stands, and what each factor says, the heaviest first."""

    key: UUID
    score: float
    findings: list[tuple[Factor, Finding]]

    def _of(self, effect: Effect) -> list[tuple[Factor, Finding]]:
        return [(factor, finding) for factor, finding in self.findings if finding.effect == effect]

    @property
    def speaks_for(self) -> list[tuple[Factor, Finding]]:
        """What speaks for it."""
        return self._of(Effect.FOR)

    @property
    def speaks_against(self) -> list[tuple[Factor, Finding]]:
        """What speaks against it."""
        return self._of(Effect.AGAINST)

    @property
    def unknown(self) -> list[tuple[Factor, Finding]]:
        """What nobody knows."""
        return self._of(Effect.UNKNOWN)

    @property
    def blocked(self) -> list[tuple[Factor, Finding]]:
        """What stands in the way."""
        return self._of(Effect.BLOCKED)


@dataclass(frozen=True)
class Lists:
    """What is possible, the best first; and what one thing alone stands in the way of."""

    possible: list[Match]
    opened_by_one: list[Match]


def explain(key: UUID, who: Participant, where: Place, factors: Iterable[Factor] | None = None) -> Match:
    """Return a match with what each factor says of it."""
    findings = [(factor, factor.finding(who, where)) for factor in (factors or all_factors())]
    score = sum(factor.weight * finding.moves for factor, finding in findings) / 100
    return Match(key, score, findings)


@cache
def _moves(codes: frozenset[str] | None) -> tuple[tuple[_Judge, dict[str, tuple[int, bool]]], ...]:
    """Return for each factor how it judges, what its findings move, and whether they stand in the way; those first."""
    found = [
        (
            factor.judge,
            {
                name: (factor.weight * finding.moves, finding.effect == Effect.BLOCKED)
                for name, finding in factor.findings.items()
            },
        )
        for factor in all_factors()
        if codes is None or factor.code in codes
    ]
    return tuple(sorted(found, key=lambda each: not any(is_blocked for _moved, is_blocked in each[1].values())))


def rank_all(who: Participant, there: Mapping[UUID, Place]) -> list[tuple[float, UUID]]:
    """Return every possible place of a participant with its score, the best first."""
    factors = _moves(None)
    found = []
    for key, where in there.items():
        judged = [moves[judge(who, where)] for judge, moves in factors]
        if not any(is_blocked for _moved, is_blocked in judged):
            found.append((-sum(moved for moved, _is_blocked in judged), key))
    return [(-total / 100, key) for total, key in sorted(found)]


def rank(
    pairs: Mapping[UUID, tuple[Participant, Place]], *, codes: frozenset[str] | None = None, shown: int = SHOWN
) -> Lists:
    """Rank pairs of a participant and a place. Of the same score, the smaller key comes first.

    Blocked ones are never among the possible; those that only one thing stands in the way of are told apart.
    """
    factors = _moves(codes)
    possible: list[tuple[int, UUID]] = []
    by_one: list[tuple[int, UUID]] = []
    for key, (who, where) in pairs.items():
        total = blocks = 0
        for judge, moves in factors:
            moved, is_blocked = moves[judge(who, where)]
            total += moved
            if is_blocked:
                blocks += 1
                if blocks > 1:
                    break
        if not blocks:
            possible.append((-total, key))
        elif blocks == 1:
            by_one.append((-total, key))
    only = [factor for factor in all_factors() if codes is None or factor.code in codes]

    def best(scored: list[tuple[int, UUID]], most: int) -> list[Match]:
        return [explain(key, *pairs[key], only) for _total, key in sorted(scored)[:most]]

    return Lists(best(possible, shown), best(by_one, SHOWN_BLOCKED))
