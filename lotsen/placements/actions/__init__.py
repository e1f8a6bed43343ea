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
from .employments import keep_employment
from .offers import add_material, close_opening, drop_material, keep_opening, keep_training, take_training

__all__ = [
    "add_material",
    "assess",
    "assess_by_link",
    "begin_placement",
    "call_off",
    "change_plan",
    "close_opening",
    "complete_placement",
    "drop_material",
    "end_placement",
    "give_link",
    "keep_employment",
    "keep_opening",
    "keep_training",
    "pause_placement",
    "plan_placement",
    "resume_placement",
    "show_workplace",
    "sign_agreement",
    "sign_by_link",
    "start_placement",
    "stop_placement",
    "take_training",
    "visit",
]
