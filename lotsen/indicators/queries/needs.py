"""Which indicators mean something to a programme."""

from django.db.models import BooleanField, ExpressionWrapper, Q

from lotsen.indicators.definitions import all_definitions
from lotsen.indicators.enums import Need
from lotsen.programmes.enums import Category, CountsAs, Outcome
from lotsen.programmes.models import Programme


def missing_needs(programme: Programme) -> dict[str, frozenset[Need]]:
    """Return by code what each indicator needs and the programme has not. What a goal is set over is always asked."""
    outcomes = {destination.outcome for destination in programme.destinations.all()}
    kinds = list(programme.kinds.all())
    counted = {kind.counts_as for kind in kinds}
    placements = any(kind.category == Category.PLACEMENT for kind in kinds)
    # Of each survey, whether it asks for labour needs.
    asks = {"sections": [{"questions": [{"kind": "needs"}]}]}
    wanted = ExpressionWrapper(Q(version__definition__contains=asks), BooleanField())
    asked = list(programme.waves.values_list(wanted, flat=True))
    there = {
        Need.WAY_TO_WORK: bool(outcomes & {Outcome.WORK, Outcome.STUDIES}),
        Need.FOLLOW_UP_90: 90 in programme.follow_up_days,
        Need.PLACEMENTS: placements,
        Need.EMPLOYERS: placements or any(group.is_of_employers for group in programme.targetgroups.all()),
        Need.GROUPS: bool(counted & {CountsAs.STEERING_GROUP, CountsAs.PROJECT_GROUP}),
        Need.EQUALITY_TRAINING: CountsAs.EQUALITY_TRAINING in counted,
        Need.STAFF_NETWORK: CountsAs.STAFF_NETWORK in counted,
        Need.SURVEYS: bool(asked),
        Need.LABOUR_NEEDS: any(asked),
    }
    aimed = {goal.indicator for goal in programme.goals.all()}
    return {
        code: frozenset() if code in aimed else frozenset(need for need in definition.needs if not there[need])
        for code, definition in all_definitions().items()
    }
