"""What is due, by rules; and the worklist that is gathered from them."""

from .gathering import Row, Worklist, counts_by_coach, due_in, meetings_of, worklist_of
from .rules import RULES
from .scope import Due, Scope, scope_of

__all__ = [
    "RULES",
    "Due",
    "Row",
    "Scope",
    "Worklist",
    "counts_by_coach",
    "due_in",
    "meetings_of",
    "scope_of",
    "worklist_of",
]
