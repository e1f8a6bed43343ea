"""Timing something beside its limit."""

import json
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

ROUNDS = 15


def report(bench: str, seconds: list[float], limit: list[float], rows: int, **more: Any) -> None:
    """Write one figure as a line: median and 95th percentile, the limit, their ratio, rows and peak memory."""
    median, limit_median = statistics.median(seconds), statistics.median(limit)
    line = {
        "bench": bench,
        "seconds": round(median, 5),
        "p95": round(sorted(seconds)[int(len(seconds) * 0.95)], 5),
        "limit_seconds": round(limit_median, 5),
        "ratio": round(median / limit_median, 2),
        "rows": rows,
        "rows_per_second": round(rows / median),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        **more,
    }
    print(json.dumps(line), flush=True)  # noqa: T201 - the answer of the command


def interleaved(
    act: Callable[[], Any], limit: Callable[[], Any], rounds: int = ROUNDS
) -> tuple[list[float], list[float]]:
    """Time two things in turn, so that what else the machine does falls on both."""
    act()
    limit()
    pairs = [(once(act), once(limit)) for _round in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def once(act: Callable[[], Any]) -> float:
    """Return how long one round took."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
