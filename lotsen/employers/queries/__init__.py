"""Questions over employers."""

from .register import (
    Likeness,
    Needed,
    alike,
    analysis_of,
    following,
    forgotten,
    named_alike,
    needs_of,
    people_of,
    register,
    to_contact,
    with_analysis,
    workplaces_named,
)
from .statistics import Forecast, loaded, population

__all__ = [
    "Forecast",
    "Likeness",
    "Needed",
    "alike",
    "analysis_of",
    "following",
    "forgotten",
    "loaded",
    "named_alike",
    "needs_of",
    "people_of",
    "population",
    "register",
    "to_contact",
    "with_analysis",
    "workplaces_named",
]
