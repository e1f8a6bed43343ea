"""How the goals of a programme stand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lotsen.indicators.definitions import Definition
from lotsen.indicators.enums import GoalState, Measure
from lotsen.programmes.models import Goal, Programme

from .figures import Figure, definition_of, figure_over, rounded


@dataclass(frozen=True)
class GoalStatus:
    """A goal, its figure, and where it leads if things go on as they have."""

    goal: Goal
    indicator: Definition | None
    figure: Figure | None
    projected: Decimal | None
    state: GoalState

    @property
    def dimension(self) -> str:
        """The breakdown whose group the goal is over, or the whole."""
        return self.goal.dimension or "all"


def goal_statuses(programme: Programme, as_of: date) -> list[GoalStatus]:
    """Return how each goal of the programme stands.

    A count is projected by the time that has passed, a share as it is; nothing is when the programme is over.
    """
    return [_status(programme, goal, as_of) for goal in programme.goals.all()]


def _status(programme: Programme, goal: Goal, as_of: date) -> GoalStatus:
    if not goal.indicator:
        return GoalStatus(goal, None, None, None, GoalState.IN_WORDS)
    definition = definition_of(goal.indicator)
    figure = figure_over(programme, definition, as_of, goal.dimension, goal.keys)
    assert goal.target is not None, "A goal with an indicator has a target."
    is_over = as_of >= programme.ends_on
    projected = None if is_over else _project(programme, definition, figure, as_of)
    state = _state(figure.value, projected, goal.target, is_over=is_over)
    return GoalStatus(goal, definition, figure, projected, state)


def _state(value: Decimal | None, projected: Decimal | None, target: Decimal, *, is_over: bool) -> GoalState:
    if value is None:
        return GoalState.NO_DATA
    if value >= target:
        return GoalState.REACHED
    if is_over:
        return GoalState.NOT_REACHED
    return GoalState.ON_TRACK if projected is not None and projected >= target else GoalState.BEHIND


def _project(programme: Programme, definition: Definition, figure: Figure, as_of: date) -> Decimal | None:
    """Where a figure ends with the programme: counts and sums grow with time, shares and medians stay."""
    if figure.value is None or definition.measure in {Measure.SHARE, Measure.MEDIAN}:
        return figure.value
    whole = (programme.ends_on - programme.starts_on).days
    passed = min(max((as_of - programme.starts_on).days, 1), whole)
    return rounded(figure.value * whole / passed, 0)
