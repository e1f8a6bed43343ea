"""How two rounds of answers differ: shares of pairs, never means of steps, with an interval from samples drawn anew.

The effect is Cliff's delta: how often an answer of the later round is lower than one of the earlier, less how often it
is higher, over all pairs (N. Cliff, Dominance statistics, Psychological Bulletin 114, 1993). Where the same respondent
answered both, it is the share whose answer fell less the share whose answer rose. The interval is the percentile
bootstrap (B. Efron, Bootstrap methods, Annals of Statistics 7, 1979); answers have few distinct values, so a sample of
respondents is drawn as one draw of the counts.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: How many samples are drawn, and where the interval ends (per cent).
SAMPLES = 4000
ENDS = (2.5, 97.5)
#: Fewer answers than this say nothing of a difference.
FEWEST = 5
#: The same answers give the same interval.
SEED = 1987

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Difference:
    """What changed from one round to the next: from -1 (all higher) to 1 (all lower)."""

    before: int
    after: int
    effect: float
    low: float
    high: float
    is_paired: bool

    @property
    def has_fallen(self) -> bool | None:
        """Whether answers have become lower; None where it cannot be told from chance."""
        if self.low > 0:
            return True
        return False if self.high < 0 else None


def unpaired(before: Counter[float], after: Counter[float]) -> Difference | None:
    """Compare two rounds whose answers cannot be joined. Counts by value. None where there are too few."""
    n, m = before.total(), after.total()
    if min(n, m) < FEWEST:
        return None
    values = sorted({*before, *after})
    first, second = (np.array([counts[value] for value in values], dtype=np.float64) for counts in (before, after))
    random = np.random.default_rng(SEED)
    drawn_first = random.multinomial(n, first / n, size=SAMPLES)
    drawn_second = random.multinomial(m, second / m, size=SAMPLES)
    drawn = _delta(drawn_first.astype(np.float64), drawn_second.astype(np.float64))
    return _difference(n, m, float(_delta(first, second)), drawn, is_paired=False)


def _delta(first: Numbers, second: Numbers) -> Numbers:
    """Return how often the second is lower less how often it is higher, for counts by rising value."""
    higher = first.sum(axis=-1, keepdims=True) - np.cumsum(first, axis=-1)
    lower = np.cumsum(first, axis=-1) - first
    pairs = first.sum(axis=-1) * second.sum(axis=-1)
    result: Numbers = ((higher - lower) * second).sum(axis=-1) / pairs
    return result


def paired(pairs: Sequence[tuple[float, float]]) -> Difference | None:
    """Compare rounds that the same respondents answered. None where there are too few."""
    n = len(pairs)
    if n < FEWEST:
        return None
    fell = sum(after < before for before, after in pairs)
    rose = sum(after > before for before, after in pairs)
    random = np.random.default_rng(SEED)
    drawn = random.multinomial(n, [fell / n, rose / n, (n - fell - rose) / n], size=SAMPLES)
    return _difference(n, n, (fell - rose) / n, (drawn[:, 0] - drawn[:, 1]) / n, is_paired=True)


def _difference(before: int, after: int, effect: float, drawn: Numbers, *, is_paired: bool) -> Difference:
    low, high = (float(end) for end in np.percentile(drawn, ENDS))
    # An interval of few samples may miss what it is of.
    return Difference(before, after, effect, min(low, effect), max(high, effect), is_paired)
