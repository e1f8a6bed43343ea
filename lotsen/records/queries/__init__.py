"""Questions over what is kept of people."""

from .extract import Part, extract_of
from .retention import (
    Shelf,
    approvable,
    erasable,
    evidence_until,
    hold_of,
    nightly_is_late,
    planned_erasure_of,
    rule_in_force,
    shelves,
)
from .reviews import judged, patterns_in

__all__ = [
    "Part",
    "Shelf",
    "approvable",
    "erasable",
    "evidence_until",
    "extract_of",
    "hold_of",
    "judged",
    "nightly_is_late",
    "patterns_in",
    "planned_erasure_of",
    "rule_in_force",
    "shelves",
]
