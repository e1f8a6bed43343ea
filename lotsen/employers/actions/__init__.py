"""What is done with employers."""

from .imports import (
    check_list,
    choose,
    correct_row,
    drop_list,
    forget_lists,
    register_all,
    register_list,
    say_columns,
    take_list,
)
from .register import (
    forget_people,
    forget_person,
    keep_analysis,
    keep_employer,
    keep_person,
    keep_workplace,
    log_contact,
    merge_employers,
    register_workplace,
)
from .registering import to_register
from .statistics import load_table

__all__ = [
    "check_list",
    "choose",
    "correct_row",
    "drop_list",
    "forget_lists",
    "forget_people",
    "forget_person",
    "keep_analysis",
    "keep_employer",
    "keep_person",
    "keep_workplace",
    "load_table",
    "log_contact",
    "merge_employers",
    "register_all",
    "register_list",
    "register_workplace",
    "say_columns",
    "take_list",
    "to_register",
]
