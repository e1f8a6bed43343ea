"""Questions over plans: what stands in a version, and what changed since the one before."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from lotsen.access.models import Unit
from lotsen.cases.models import Case

from .models import Plan, PlanAction, PlanGoal, PlanTemplate


def versions_of(case: Case) -> list[Plan]:
    """Return the agreed versions of a case's plan, newest first, whole."""
    actions = Prefetch("actions", PlanAction.objects.select_related("kind"))
    goals = Prefetch("goals", PlanGoal.objects.prefetch_related(actions))
    agreed = case.plans.filter(agreed_on__isnull=False).order_by("-agreed_on")
    return list(agreed.select_related("own_words", "signed_by").prefetch_related(goals))


def draft_of_plan(case: Case) -> Plan | None:
    """Return the version that is being written."""
    return case.plans.filter(agreed_on=None).first()


@dataclass(frozen=True)
class Change:
    """What is different in a version of a plan: texts that came, that went, and that were reached or done."""

    new: list[str]
    gone: list[str]
    reached: list[str]


def changes(before: Plan, after: Plan) -> Change:
    """Compare two versions by the words of their goals and actions."""
    then, now = _texts(before), _texts(after)
    return Change(
        new=[text for text in now if text not in then],
        gone=[text for text in then if text not in now and not then[text]],
        reached=[text for text, on in now.items() if on and not then.get(text)]
        + [text for text, on in then.items() if on and text not in now],
    )


def _texts(plan: Plan) -> dict[str, date | None]:
    """Return goals and actions in words, with the day that they were reached or done."""
    found: dict[str, date | None] = {}
    for goal in plan.goals.all():
        found[goal.text] = goal.reached_on
        found.update({action.text: action.done_on for action in goal.actions.all()})
    return found


def templates_for(unit: Unit) -> list[PlanTemplate]:
    """Return the unit's own templates of goals."""
    return list(PlanTemplate.objects.filter(unit=unit))
