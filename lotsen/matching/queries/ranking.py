"""Who could thrive where: a score for the order, findings for the reasons. The same input gives the same answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from lotsen.matching.definitions import Factor, Finding, Participant, Place, Weights, all_factors, standard_weights
from lotsen.matching.enums import Effect

from .grid import BLOCK, Ground, Scorer, best

#: So many are shown, and so many of those that one thing stands in the way of.
SHOWN, SHOWN_BLOCKED = 20, 5
#: What a course asks about: the rest is of workplaces.
OF_TRAINING = frozenset({"wish", "swedish", "licence", "start", "line"})


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


def explain(
    key: UUID,
    who: Participant,
    where: Place,
    weights: Weights | None = None,
    factors: Iterable[Factor] | None = None,
) -> Match:
    """Return a match with what each factor says of it. A factor that weighs nothing says neither for nor against."""
    weights = weights or standard_weights()
    findings = [(factor, factor.finding(who, where)) for factor in (factors or all_factors())]
    told = [(factor, finding) for factor, finding in findings if weights[factor.code] or not finding.moves]
    return Match(key, sum(weights[factor.code] * finding.moves for factor, finding in told) / 100, told)


def rank(
    who: Participant,
    ground: Ground,
    *,
    weights: Weights | None = None,
    codes: frozenset[str] | None = None,
    without: Iterable[UUID] = (),
    shown: int = SHOWN,
) -> Lists:
    """Rank places for a participant. Of the same score, the smaller key comes first.

    Blocked ones are never among the possible; those that only one thing stands in the way of are told apart.
    `without`: places that are not asked for.
    """
    scorer = Scorer(ground, weights, codes)
    totals = scorer.totals(who)
    for key in without:
        if key in ground.position:
            totals[ground.position[key]] = -2 * BLOCK * len(scorer.factors)

    def told(blocks: int, most: int) -> list[Match]:
        keys = [ground.keys[at] for at in best(totals, most, blocks)]
        return [explain(key, who, ground.places[key], weights, scorer.factors) for key in keys]

    return Lists(told(0, shown), told(1, SHOWN_BLOCKED))


def rank_people(known: Mapping[UUID, tuple[Participant, Weights]], where: Place) -> Lists:
    """Rank participants for a place, each by the weights of the participant's programme. The order as in `rank`."""
    matches = [explain(key, who, where, weights) for key, (who, weights) in sorted(known.items())]

    def told(blocks: int, most: int) -> list[Match]:
        found = [match for match in matches if len(match.blocked) == blocks]
        return sorted(found, key=lambda match: -match.score)[:most]

    return Lists(told(0, SHOWN), told(1, SHOWN_BLOCKED))
