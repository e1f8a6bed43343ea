"""Pages of cases: lists, the course of one, follow-ups."""

from .course import (
    case_end,
    case_reopen,
    case_responsible,
    case_start,
    case_step,
    case_support,
    case_whereabouts,
    team_join,
    team_leave,
)
from .followups import follow_up, follow_up_answer, follow_up_link
from .lists import anonymous_new, case_list, case_search

__all__ = [
    "anonymous_new",
    "case_end",
    "case_list",
    "case_reopen",
    "case_responsible",
    "case_search",
    "case_start",
    "case_step",
    "case_support",
    "case_whereabouts",
    "follow_up",
    "follow_up_answer",
    "follow_up_link",
    "team_join",
    "team_leave",
]
