"""What is done with placements."""

from .agreements import assess, assess_by_link, give_link, show_workplace, sign_agreement, sign_by_link, visit
from .course import (
    begin_placement,
    call_off,
    change_plan,
    complete_placement,
    end_placement,
    pause_placement,
    plan_placement,
    resume_placement,
    start_placement,
    stop_placement,
)

__all__ = [
    "assess",
    "assess_by_link",
    "begin_placement",
    "call_off",
    "change_plan",
    "complete_placement",
    "end_placement",
    "give_link",
    "pause_placement",
    "plan_placement",
    "resume_placement",
    "show_workplace",
    "sign_agreement",
    "sign_by_link",
    "start_placement",
    "stop_placement",
    "visit",
]
