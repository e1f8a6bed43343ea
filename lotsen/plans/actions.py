"""What is done with plans."""

from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from lotsen.access.models import Unit, User
from lotsen.cases.enums import Signed
from lotsen.cases.models import Case
from lotsen.core.models import change
from lotsen.core.refused import Refused, action, refusing

from .models import OwnWords, Plan, PlanAction, PlanGoal, PlanTemplate

Row = TypeVar("Row", PlanGoal, PlanAction)


@action
def begin_plan(*, case: Case) -> Plan:
    """Begin a new version: a copy of the newest agreed one, without what has been reached. One at a time."""
    if case.closing:
        raise Refused(_("The case is closed: its plan stays as it was agreed."))
    if draft := case.plans.filter(agreed_on=None).first():
        return draft
    before = case.plans.filter(agreed_on__isnull=False).last()
    plan = Plan.objects.create(case=case)
    if before is None:
        return plan
    if words := OwnWords.objects.filter(plan=before).first():
        OwnWords.objects.create(plan=plan, text=words.text)
    for goal in before.goals.filter(reached_on=None).prefetch_related("actions"):
        steps = list(goal.actions.all())
        copy = PlanGoal.objects.create(
            plan=plan, horizon=goal.horizon, text=goal.text, due_on=goal.due_on, position=goal.position
        )
        names = ("text", "who", "other", "kind_id", "due_on", "done_on", "result", "position")
        PlanAction.objects.bulk_create(
            PlanAction(goal=copy, **{name: getattr(step, name) for name in names}) for step in steps
        )
    return plan


@action
def write_own_words(*, plan: Plan, text: str, seen: str) -> None:
    """Write what the participant hopes for. Who has older words in front of them is told; nothing is overwritten."""
    _must_be_draft(plan)
    stored = OwnWords.objects.filter(plan=plan).first()
    if (stored.text if stored else "") not in {seen, text}:
        raise Refused(_("Somebody else has changed the words. Both are shown: put them together."), "text")
    if text.strip():
        OwnWords.objects.update_or_create(plan=plan, defaults={"text": text})
    else:
        OwnWords.objects.filter(plan=plan).delete()


@action
def keep_goal(*, plan: Plan, goal: PlanGoal | None = None, **told: Any) -> PlanGoal:
    """Set a goal, or change it."""
    _must_be_draft(plan)
    return _keep(goal or PlanGoal(plan=plan, position=plan.goals.count()), told)


@action
def keep_action(*, goal: PlanGoal, step: PlanAction | None = None, **told: Any) -> PlanAction:
    """Agree on who does what by when, or change it."""
    _must_be_draft(goal.plan)
    if told.get("kind") and told["kind"].programme_id != goal.plan.case.programme_id:
        raise Refused(_("The measure belongs to another programme."), "kind")
    return _keep(step or PlanAction(goal=goal, position=goal.actions.count()), told)


def _keep(row: Row, told: dict[str, Any]) -> Row:
    change(row, **told)
    row.save()
    return row


@action
def drop_goal(*, goal: PlanGoal) -> None:
    """Take a goal out of the version that is being written. Agreed versions keep it."""
    _must_be_draft(goal.plan)
    goal.delete()


@action
def drop_action(*, step: PlanAction) -> None:
    """Take an action out of the version that is being written."""
    _must_be_draft(step.goal.plan)
    step.delete()


@action
def reach_goal(*, goal: PlanGoal, on: date | None) -> None:
    """A goal is reached, in the version that holds; None takes it back."""
    goal.reached_on = on
    goal.save(update_fields=["reached_on"])


@action
def do_action(*, step: PlanAction, on: date | None, result: str = "") -> None:
    """An action is done, in the version that holds, with what came of it; None takes it back."""
    step.done_on, step.result = on, result if on else ""
    step.save(update_fields=["done_on", "result"])


@action
def agree_plan(
    *, case: Case, on: date, how: Signed | None = None, by: User | None = None, revise_on: date | None = None
) -> Plan:
    """A plan, or a new version of it, is agreed with the participant and signed by both."""
    if not case.started_on or on < case.started_on:
        raise Refused(_("The plan is dated before the participation."), "on")
    if revise_on and revise_on < on:
        raise Refused(_("The revision lies before the agreement."), "revise_on")
    plan = case.plans.filter(agreed_on=None).first() or Plan(case=case)
    if plan.pk and how and not plan.goals.exists():
        raise Refused(_("There is no goal in the plan yet. Set one first."))
    plan.agreed_on, plan.signed_how, plan.signed_by, plan.revise_on = on, how or "", by, revise_on
    twice = _("A plan was agreed on this day already. Choose another day.")
    with refusing("plan_one_a_day", twice, "on"):
        plan.save()
    return plan


@action
def drop_draft_plan(*, plan: Plan) -> None:
    """Give up a version that is being written."""
    _must_be_draft(plan)
    plan.delete()


def _must_be_draft(plan: Plan) -> None:
    if plan.agreed_on:
        raise Refused(_("This version is agreed (%(day)s). Begin a new one.") % {"day": plan.agreed_on})


@action
def keep_template(*, plan: Plan, unit: Unit, name: str) -> PlanTemplate:
    """Keep the goals of a plan as a template of the unit, without days and without names. The same name changes it."""
    goals = [
        {
            "horizon": goal.horizon,
            "text": goal.text,
            "actions": [{"text": step.text, "who": step.who} for step in goal.actions.all()],
        }
        for goal in plan.goals.prefetch_related("actions")
    ]
    if not goals:
        raise Refused(_("There is no goal in the plan yet. Set one first."), "name")
    return PlanTemplate.objects.update_or_create(unit=unit, name=name.strip(), defaults={"goals": goals})[0]


@action
def copy_template(*, template: PlanTemplate, plan: Plan) -> None:
    """Copy the goals of a template into the version that is being written."""
    _must_be_draft(plan)
    place = plan.goals.count()
    for number, told in enumerate(template.goals):
        goal = PlanGoal.objects.create(plan=plan, horizon=told["horizon"], text=told["text"], position=place + number)
        PlanAction.objects.bulk_create(
            PlanAction(goal=goal, text=step["text"], who=step["who"], position=at)
            for at, step in enumerate(told["actions"])
        )
