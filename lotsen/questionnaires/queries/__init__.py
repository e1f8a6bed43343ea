"""What was answered, and by whom; what a wave says, and against the one before."""

from .comparison import Difference, paired, unpaired
from .responses import (
    Line,
    Told,
    WheelOver,
    by_link,
    definition_of,
    digest,
    latest_versions,
    lines,
    newest_by_code,
    told_by,
    written,
)
from .waves import AreaChange, Cell, Rate, Result, changes, rates, result, texts, waiting_for_link, with_rates

__all__ = [
    "AreaChange",
    "Cell",
    "Difference",
    "Line",
    "Rate",
    "Result",
    "Told",
    "WheelOver",
    "by_link",
    "changes",
    "definition_of",
    "digest",
    "latest_versions",
    "lines",
    "newest_by_code",
    "paired",
    "rates",
    "result",
    "texts",
    "told_by",
    "unpaired",
    "waiting_for_link",
    "with_rates",
    "written",
]
