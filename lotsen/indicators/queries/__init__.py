"""Figures, their breakdowns, the lists behind them, and how goals stand: readings of one set."""

from .figures import (
    Figure,
    Group,
    Indicator,
    calculate,
    calculate_all,
    check_day,
    definition_of,
    figure_over,
    members,
    not_counted,
)
from .fund_indicators import Common, CommonFigure, CommonIndicator, common_figures, common_indicators, common_members
from .goals import GoalStatus, goal_statuses
from .groups import UNKNOWN, Labels, group_labels, raw_key
from .needs import missing_needs

__all__ = [
    "UNKNOWN",
    "Common",
    "CommonFigure",
    "CommonIndicator",
    "Figure",
    "GoalStatus",
    "Group",
    "Indicator",
    "Labels",
    "calculate",
    "calculate_all",
    "check_day",
    "common_figures",
    "common_indicators",
    "common_members",
    "definition_of",
    "figure_over",
    "goal_statuses",
    "group_labels",
    "members",
    "missing_needs",
    "not_counted",
    "raw_key",
]
