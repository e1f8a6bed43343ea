"""Questions over participant files."""

from .checks import Fault, check, heading_of, said, window
from .months import Month, due_files, months_of, next_month, units_of
from .rows import (
    Difference,
    Entry,
    changed_months,
    difference,
    entries_of,
    layout_of,
    reported_before,
)

__all__ = [
    "Difference",
    "Entry",
    "Fault",
    "Month",
    "changed_months",
    "check",
    "difference",
    "due_files",
    "entries_of",
    "heading_of",
    "layout_of",
    "months_of",
    "next_month",
    "reported_before",
    "said",
    "units_of",
    "window",
]
