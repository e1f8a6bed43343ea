"""The plan of a case: read, written together, signed, taken home."""

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.cases.enums import Signed
from lotsen.cases.models import Case
from lotsen.cases.queries import seen_case
from lotsen.core.drafts import answer_draft, draft_of, drop_draft
from lotsen.core.forms import Form, once, pressed
from lotsen.core.rights import Request, allow

from . import actions, queries
from .enums import Horizon
from .exports import plan_pdf
from .forms import ActionForm, CopyForm, GoalForm, SignForm, TemplateForm, WordsForm
from .models import Plan, PlanAction, PlanGoal


@allow(Permission.CASES_VIEW)
def plan_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show the plan that holds, the versions before it, and what changed between them."""
    case = seen_case(pk, request.user)
    versions = queries.versions_of(case)
    context = {
        "case": case,
        "plan": versions[0] if versions else None,
        "goals": _by_horizon(versions[0]) if versions else [],
        "earlier": versions[1:],
        "change": queries.changes(versions[1], versions[0]) if len(versions) > 1 else None,
        "draft": queries.draft_of_plan(case),
        "may_write": case.is_worked_by(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "plans/plan_detail.html", context)


def _by_horizon(plan: Plan) -> list[tuple[str, list[PlanGoal]]]:
    goals = list(plan.goals.all())
    found = [(str(horizon.label), [goal for goal in goals if goal.horizon == horizon]) for horizon in Horizon]
    return [(label, rows) for label, rows in found if rows]


@allow(Permission.CASES_WORK)
@require_POST
def plan_begin(request: Request, pk: UUID) -> HttpResponse:
    """Begin a version of the plan."""
    case = get_object_or_404(Case.objects.worked_by(request.user), pk=pk)

    def act() -> str:
        return reverse("plan_edit", args=[actions.begin_plan(case=case).pk])

    return pressed(request, act, back=reverse("plan_detail", args=[case.pk]), said="")


def _own_plan(request: Request, pk: UUID) -> Plan:
    found: Plan = get_object_or_404(
        Plan.objects.filter(case__unit__in=request.user.own_units).select_related(
            "case__person", "case__unit", "case__programme"
        ),
        pk=pk,
    )
    return found


def _draft_key(plan: Plan) -> str:
    return f"plan/{plan.pk}"


@allow(Permission.CASES_WORK)
def plan_edit(request: Request, pk: UUID) -> HttpResponse:
    """Write a version together: own words, goals, who does what by when; then sign it."""
    plan = _own_plan(request, pk)
    if plan.agreed_on:
        return redirect("plan_detail", plan.case_id)
    return _page(request, plan)


def _page(request: Request, plan: Plan, **bound: Form) -> HttpResponse:
    words = getattr(plan, "own_words", None)
    stored = words.text if words else ""
    draft = draft_of(request.user, _draft_key(plan))
    goals = list(plan.goals.prefetch_related("actions__kind"))
    changed = next((goal for goal in goals if str(goal.pk) == request.GET.get("goal")), None)
    words_form = bound.get("words") or WordsForm(initial={"text": draft.body if draft else stored, "seen": stored})
    words_form.keep_drafts(reverse("plan_draft", args=[plan.pk]))  # type: ignore[attr-defined]  # a form of ours
    goal = {name: getattr(changed, name) for name in ("text", "horizon", "due_on")} if changed else {}
    templates = queries.templates_for(plan.case.unit)
    context = {
        "case": plan.case,
        "plan": plan,
        "goals": [(each, bound.get(str(each.pk)) or _action_form(plan, each)) for each in goals],
        "open_goal": next((each for each in goals if str(each.pk) in bound), None),
        "words_form": words_form,
        "other_words": stored if "words" in bound else "",
        "draft": draft,
        "goal_form": bound.get("goal") or GoalForm(initial={**goal, "goal": changed.pk if changed else None}),
        "changed": changed,
        "sign_form": bound.get("sign") or SignForm(),
        "template_form": bound.get("template") or TemplateForm(),
        "copy_form": bound.get("copy") or CopyForm(templates=templates),
        "has_templates": bool(templates),
        "form": next(iter(bound.values()), None),
    }
    return render(request, "plans/plan_edit.html", context, status=422 if bound else 200)


def _action_form(plan: Plan, goal: PlanGoal, data: Any = None) -> ActionForm:
    """Return the form of an action under a goal, with ids of its own: a page has one for each goal."""
    mark = hashlib.sha256(str(goal.pk).encode()).hexdigest()[:6]
    return ActionForm(data, programme=plan.case.programme, auto_id=f"a{mark}_%s")


def _kept(request: Request, plan: Plan, name: str, form: Form, act: Callable[[], object]) -> HttpResponse:
    """Do what one of the page's forms asks; where it cannot be done, show the page with what was written."""
    if form.is_valid():

        def done() -> str:
            address = act()
            return address if isinstance(address, str) else reverse("plan_edit", args=[plan.pk])

        if address := once(request, form, done):
            messages.success(request, _("Saved."))
            return redirect(address)
    return _page(request, plan, **{name: form})


@allow(Permission.CASES_WORK)
@require_POST
def plan_words(request: Request, pk: UUID) -> HttpResponse:
    """Write the participant's own words."""
    plan, form = _own_plan(request, pk), WordsForm(request.POST)

    def act() -> None:
        seen = form.cleaned_data["seen"].replace("\r\n", "\n")
        actions.write_own_words(plan=plan, text=form.cleaned_data["text"].replace("\r\n", "\n"), seen=seen)
        drop_draft(user=request.user, key=_draft_key(plan))

    return _kept(request, plan, "words", form, act)


@allow(Permission.CASES_WORK)
@require_POST
def plan_draft(request: Request, pk: UUID) -> HttpResponse:
    """Keep what is being written."""
    return answer_draft(request, _draft_key(_own_plan(request, pk)))


@allow(Permission.CASES_WORK)
@require_POST
def goal_keep(request: Request, pk: UUID) -> HttpResponse:
    """Set a goal, or change the one that the form names."""
    plan, form = _own_plan(request, pk), GoalForm(request.POST)

    def act() -> None:
        told = {name: form.cleaned_data[name] for name in ("text", "horizon", "due_on")}
        actions.keep_goal(plan=plan, goal=plan.goals.filter(pk=form.cleaned_data["goal"]).first(), **told)

    return _kept(request, plan, "goal", form, act)


def _own_goal(request: Request, pk: UUID) -> PlanGoal:
    goals = PlanGoal.objects.filter(plan__case__unit__in=request.user.own_units)
    found: PlanGoal = get_object_or_404(goals.select_related("plan__case__programme", "plan__case__unit"), pk=pk)
    return found


def _own_action(request: Request, pk: UUID) -> PlanAction:
    steps = PlanAction.objects.filter(goal__plan__case__unit__in=request.user.own_units)
    found: PlanAction = get_object_or_404(steps.select_related("goal__plan__case"), pk=pk)
    return found


@allow(Permission.CASES_WORK)
@require_POST
def action_keep(request: Request, pk: UUID) -> HttpResponse:
    """Agree on who does what by when."""
    goal = _own_goal(request, pk)
    form = _action_form(goal.plan, goal, request.POST)
    return _kept(
        request, goal.plan, str(goal.pk), form, lambda: actions.keep_action(goal=goal, **form.values()) and None
    )


@allow(Permission.CASES_WORK)
@require_POST
def goal_drop(request: Request, pk: UUID) -> HttpResponse:
    """Take a goal out of the version that is being written."""
    goal = _own_goal(request, pk)
    back = reverse("plan_edit", args=[goal.plan_id])
    return pressed(request, lambda: actions.drop_goal(goal=goal), back=back, said=_("Gone."))


@allow(Permission.CASES_WORK)
@require_POST
def action_drop(request: Request, pk: UUID) -> HttpResponse:
    """Take an action out of the version that is being written."""
    step = _own_action(request, pk)
    back = reverse("plan_edit", args=[step.goal.plan_id])
    return pressed(request, lambda: actions.drop_action(step=step), back=back, said=_("Gone."))


@allow(Permission.CASES_WORK)
@require_POST
def goal_reach(request: Request, pk: UUID) -> HttpResponse:
    """Say that a goal is reached, or take that back."""
    goal = _own_goal(request, pk)
    on = None if goal.reached_on else timezone.localdate()
    back = reverse("plan_detail", args=[goal.plan.case_id])
    return pressed(request, lambda: actions.reach_goal(goal=goal, on=on), back=back, said=_("Saved."))


@allow(Permission.CASES_WORK)
@require_POST
def action_do(request: Request, pk: UUID) -> HttpResponse:
    """Say that an action is done, or take that back."""
    step = _own_action(request, pk)
    on = None if step.done_on else timezone.localdate()
    back = reverse("plan_detail", args=[step.goal.plan.case_id])
    result = request.POST.get("result", "")[:300]
    return pressed(request, lambda: actions.do_action(step=step, on=on, result=result), back=back, said=_("Saved."))


@allow(Permission.CASES_WORK)
@require_POST
def plan_sign(request: Request, pk: UUID) -> HttpResponse:
    """Both sign: the version holds from now on."""
    plan, form = _own_plan(request, pk), SignForm(request.POST)

    def act() -> str:
        data = form.cleaned_data
        actions.agree_plan(
            case=plan.case, on=data["on"], how=Signed(data["how"]), by=request.user, revise_on=data["revise_on"]
        )
        return reverse("plan_detail", args=[plan.case_id])

    return _kept(request, plan, "sign", form, act)


@allow(Permission.CASES_WORK)
@require_POST
def plan_drop(request: Request, pk: UUID) -> HttpResponse:
    """Give up the version that is being written."""
    plan = _own_plan(request, pk)
    back = reverse("plan_detail", args=[plan.case_id])
    return pressed(request, lambda: actions.drop_draft_plan(plan=plan), back=back, said=_("The draft is gone."))


@allow(Permission.CASES_WORK)
@require_POST
def plan_template(request: Request, pk: UUID) -> HttpResponse:
    """Keep the goals as a template of the unit."""
    plan, form = _own_plan(request, pk), TemplateForm(request.POST)
    name = form.data.get("name", "")
    return _kept(
        request,
        plan,
        "template",
        form,
        lambda: actions.keep_template(plan=plan, unit=plan.case.unit, name=name) and None,
    )


@allow(Permission.CASES_WORK)
@require_POST
def plan_copy(request: Request, pk: UUID) -> HttpResponse:
    """Copy a template of the unit into the version that is being written."""
    plan = _own_plan(request, pk)
    form = CopyForm(request.POST, templates=queries.templates_for(plan.case.unit))
    return _kept(
        request, plan, "copy", form, lambda: actions.copy_template(template=form.cleaned_data["template"], plan=plan)
    )


@allow(Permission.CASES_WORK)
def plan_file(request: Request, pk: UUID) -> HttpResponse:
    """Give a version of the plan as a PDF to take home."""
    plan = _own_plan(request, pk)
    response = HttpResponse(plan_pdf(plan, timezone.localdate()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="plan-{plan.case.number}.pdf"'
    return response
