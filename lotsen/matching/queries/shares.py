"""A share, and between what it may well lie."""

import math
from dataclasses import dataclass

#: The normal deviate of an interval of 95 per cent.
NORMAL = 1.959964


@dataclass(frozen=True)
class Share:
    """A share of so many, and between what it may well lie: the interval of 95 per cent by Wilson (1927)."""

    counted: int
    of: int

    @property
    def value(self) -> float | None:
        """The share in per cent; none of nobody."""
        return 100 * self.counted / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """The lower and the upper bound in per cent; all of it where there is nobody."""
        if not self.of:
            return 0.0, 100.0
        share, square = self.counted / self.of, NORMAL * NORMAL / self.of
        middle = (share + square / 2) / (1 + square)
        half = NORMAL * math.sqrt(share * (1 - share) / self.of + square / (4 * self.of)) / (1 + square)
        return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)

    def is_apart(self, other: "Share") -> bool:
        """Tell whether the two intervals do not meet: more than chance would do."""
        (low, high), (other_low, other_high) = self.interval, other.interval
        return bool(self.of and other.of) and (high < other_low or other_high < low)
