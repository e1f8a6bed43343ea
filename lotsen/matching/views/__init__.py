"""Pages of matching: lists of what could suit, a cohort at once, and what comes of it in a project."""

from .cohort import cohort_matches
from .lists import (
    case_shown,
    list_again,
    match_again,
    match_aside,
    match_choose,
    match_list,
    opening_matches,
    opening_shown,
)
from .programme import fairness, fairness_cases, weigh, weighing

__all__ = [
    "case_shown",
    "cohort_matches",
    "fairness",
    "fairness_cases",
    "list_again",
    "match_again",
    "match_aside",
    "match_choose",
    "match_list",
    "opening_matches",
    "opening_shown",
    "weigh",
    "weighing",
]
