"""What came of choices: by where the place stood in the list, by what each factor had found, and what that suggests.

Only what somebody has chosen has an outcome, so this tells how well the order works among choices, not among all that
could have been. Whatever it suggests, people decide.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from lotsen.core import database
from lotsen.matching.definitions import Factor, Weights, all_factors
from lotsen.matching.enums import Effect
from lotsen.programmes.models import Programme

from .shares import NORMAL, Share

_Floats = NDArray[np.float64]
#: So many outcomes of the rarer kind for each factor, before anything is suggested (Peduzzi et al. 1996).
ENOUGH = 10
#: How far the outcomes may lead from the weights that hold: the deviation of a full finding, in logits.
_DEVIATION = 0.5
#: The regression ends where a step is no longer than this.
_NEAR = 1e-9


@dataclass(frozen=True)
class Outcome:
    """What came of a choice: where it stood, what the factors had found, and how it went."""

    rank: int | None
    findings: dict[str, str]
    began: bool
    is_over: bool
    completed: bool
    employed: bool


@dataclass(frozen=True)
class Came:
    """Of some choices: how many have begun, how many of those that are over were completed, and led to work."""

    name: str
    began: Share
    completed: Share
    employed: Share

    @property
    def shares(self) -> list[Share]:
        """The three, in the order of the page."""
        return [self.began, self.completed, self.employed]


def outcomes(programme: Programme) -> list[Outcome]:
    """Return what came of the choices of a programme, as far as the acting user sees its cases."""
    rows = database.rows("lotsen_match_outcomes", programme.pk)
    return [Outcome(rank, json.loads(findings), *came) for rank, findings, *came in rows]


def _came(name: str, rows: Sequence[Outcome]) -> Came:
    over = [row for row in rows if row.is_over]
    return Came(
        name,
        began=Share(sum(row.began for row in rows), len(rows)),
        completed=Share(sum(row.completed for row in over), len(over)),
        employed=Share(sum(row.employed for row in over), len(over)),
    )


def by_rank(rows: Sequence[Outcome]) -> list[Came]:
    """Return what came of choices by where the place stood in the list."""

    def within(first: int, last: int) -> list[Outcome]:
        return [row for row in rows if row.rank is not None and first <= row.rank <= last]

    return [
        _came(_("Among the first five"), within(1, 5)),
        _came(_("6–20"), within(6, 20)),
        _came(_("Not in the list"), [row for row in rows if row.rank is None or row.rank > 20]),
    ]


@dataclass(frozen=True)
class Told:
    """What came of choices for which a factor had spoken, and of the others."""

    factor: Factor
    spoke_for: Came
    others: Came

    @property
    def pairs(self) -> list[tuple[Share, Share]]:
        """The shares of both beside each other, in the order of the page."""
        return list(zip(self.spoke_for.shares, self.others.shares, strict=True))

    @property
    def is_apart(self) -> bool:
        """Whether the two differ in something by more than chance would do."""
        return any(one.is_apart(other) for one, other in self.pairs)


def by_factor(rows: Sequence[Outcome]) -> list[Told]:
    """Return for each factor that can move a score what came of choices where it spoke for them, and where not."""
    found = []
    for factor in (each for each in all_factors() if each.is_soft):
        said: dict[bool, list[Outcome]] = {True: [], False: []}
        for row in rows:
            finding = factor.findings.get(row.findings.get(factor.code, ""))
            if finding:
                said[finding.effect == Effect.FOR].append(row)
        found.append(Told(factor, _came(_("it spoke for"), said[True]), _came(_("others"), said[False])))
    return found


@dataclass(frozen=True)
class Suggestion:
    """Weights that outcomes speak for, and of those that differ between what each may well lie. The rest stays."""

    outcomes: int
    weights: Weights
    between: dict[str, tuple[int, int]]


def missing(rows: Sequence[Outcome]) -> int:
    """Return how many more outcomes of the rarer kind it takes before anything can be suggested."""
    moves, completed = _moves(rows)
    rarer = min(int(completed.sum()), len(completed) - int(completed.sum()))
    return max(0, ENOUGH * max(1, int((moves.std(axis=0) > 0).sum() if len(moves) else 1)) - rarer)


def suggest(rows: Sequence[Outcome], weights: Weights) -> Suggestion | None:
    """Suggest weights from what was completed; none before there are enough outcomes.

    A logistic regression of completion on what each factor had found, drawn towards the weights that hold. A weight is
    suggested only where the one that holds lies outside the interval of 95 per cent.
    """
    if missing(rows):
        return None
    moves, completed = _moves(rows)
    soft = [factor.code for factor in all_factors() if factor.is_soft]
    held = np.array([weights[code] for code in soft], dtype=np.float64)
    varies = moves.std(axis=0) > 0
    score = moves @ held
    slope = max(0.0, _regress(np.column_stack([score / 100]), completed, np.zeros(1), 1.0)[0][0]) / 100
    found, deviation = _regress(moves[:, varies], completed, slope * held[varies], _DEVIATION)
    whole = found.clip(0).sum()
    if whole <= 0:
        return None
    # Only how the weights stand to each other matters for an order.
    scale = held[varies].sum() / whole
    suggested, between = dict(weights), {}
    for code, middle, within in zip(np.array(soft)[varies], found * scale, deviation * scale * NORMAL, strict=True):
        low, high = (min(100, max(0, round(bound))) for bound in (middle - within, middle + within))
        if not low <= weights[code] <= high:
            suggested[str(code)] = min(100, max(0, round(middle)))
            between[str(code)] = (low, high)
    return Suggestion(len(completed), suggested, between)


def _moves(rows: Sequence[Outcome]) -> tuple[_Floats, _Floats]:
    """Return of choices that are over what part of its weight each factor moved, and whether they were completed."""
    soft = [factor for factor in all_factors() if factor.is_soft]
    over = [row for row in rows if row.is_over and row.findings]
    moves = [
        [found.moves / 100 if (found := f.findings.get(row.findings.get(f.code, ""))) else 0 for f in soft]
        for row in over
    ]
    shape = (len(over), len(soft))
    return np.array(moves, dtype=np.float64).reshape(shape), np.array([row.completed for row in over], dtype=np.float64)


def _regress(x: _Floats, y: _Floats, middle: _Floats, deviation: float) -> tuple[_Floats, _Floats]:
    """Return the coefficients of a logistic regression and their deviations, drawn towards a middle.

    Newton's method; the intercept is drawn nowhere.
    """
    design = np.column_stack([np.ones(len(x)), x])
    prior = np.concatenate([[0.0], middle])
    pull = np.diag([0.0, *[1 / deviation**2] * len(middle)])
    share = min(max(float(y.mean()), 1e-6), 1 - 1e-6)
    found = np.concatenate([[math.log(share / (1 - share))], middle])

    def fits(at: _Floats) -> float:
        logits = design @ at
        away = at - prior
        return float(y @ logits - np.logaddexp(0, logits).sum() - away @ pull @ away / 2)

    for _round in range(100):
        chance = 1 / (1 + np.exp(-(design @ found).clip(-30, 30)))
        steep = design.T @ (y - chance) - pull @ (found - prior)
        curve = design.T @ (design * (chance * (1 - chance))[:, None]) + pull
        step = np.linalg.solve(curve, steep)
        # A whole step may lead too far, from where the outcomes are nearly certain.
        while fits(found + step) < fits(found) and np.abs(step).max() > _NEAR:
            step = step / 2
        found = found + step
        if np.abs(step).max() <= _NEAR:
            break
    return found[1:], np.sqrt(np.diag(np.linalg.inv(curve)))[1:]
