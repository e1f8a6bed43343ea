"""The page of a programme's money: financing, budget and outcome, decisions, payments."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.core.forms import Form, once
from lotsen.core.rights import Request, allow
from lotsen.funding import actions, queries
from lotsen.funding.forms import BudgetLineForm, ContributionForm, CostForm, DecisionForm, PaymentForm
from lotsen.programmes.models import Programme
from lotsen.programmes.queries import may_in_whole, overseen_programme, seen_programme


def overview(request: Request, programme: Programme, **bound: Form) -> HttpResponse:
    """Show the page, with the form that could not be kept, if one could not."""
    keeps = may_in_whole(Permission.FUNDING_KEEP, programme, request.user)
    bearings = queries.financing(programme, timezone.localdate())
    lines = queries.budget_lines(programme)
    context = {
        "programme": programme,
        "keeps": keeps,
        "whole": programme.lead_unit_id in request.user.led_units,
        "bearings": bearings,
        "planned": sum(each.planned for each in bearings),
        "lines": lines,
        "planned_lines": sum(each.line.amount for each in lines),
        "spent": sum(each.spent for each in lines),
        "decisions": programme.decisions.all(),
        "contributions": programme.contributions.select_related("organisation"),
        "payments": programme.payments.all(),
        "decision_form": bound.get("decision") or DecisionForm(),
        "line_form": bound.get("line") or BudgetLineForm(),
        "cost_form": bound.get("cost") or CostForm(programme=programme),
        "contribution_form": bound.get("contribution") or ContributionForm(programme=programme),
        "payment_form": bound.get("payment") or PaymentForm(),
        "form": next(iter(bound.values()), None),
    }
    return render(request, "funding/money_overview.html", context, status=422 if bound else 200)


@allow(Permission.FUNDING_VIEW)
def money_overview(request: Request, pk: UUID) -> HttpResponse:
    """Show what was planned, what has come and what was spent."""
    return overview(request, seen_programme(pk, request.user))


def _keep(
    request: Request, programme: Programme, name: str, form: Form, act: Callable[..., Any], said: str
) -> HttpResponse:
    """Keep what a form of the page says, and go back to it."""
    if form.is_valid():

        def done() -> str:
            act(**form.values())
            return reverse("money_overview", args=[programme.pk])

        if address := once(request, form, done):
            messages.success(request, said)
            return redirect(address)
    return overview(request, programme, **{name: form})


@allow(Permission.FUNDING_KEEP)
@require_POST
def money_decide(request: Request, pk: UUID) -> HttpResponse:
    """Write down a decision."""
    programme = overseen_programme(pk, request.user)

    def act(**told: Any) -> None:
        actions.decide(programme=programme, **told)

    return _keep(request, programme, "decision", DecisionForm(request.POST), act, _("The decision is written down."))


@allow(Permission.FUNDING_KEEP)
@require_POST
def money_plan(request: Request, pk: UUID) -> HttpResponse:
    """Plan a line of the budget."""
    programme = overseen_programme(pk, request.user)

    def act(**told: Any) -> None:
        actions.plan_line(programme=programme, **told)

    return _keep(request, programme, "line", BudgetLineForm(request.POST), act, _("The line is planned."))


@allow(Permission.FUNDING_KEEP)
@require_POST
def money_spend(request: Request, pk: UUID) -> HttpResponse:
    """Write down a cost."""
    programme = overseen_programme(pk, request.user)
    form = CostForm(request.POST, programme=programme)

    def act(**told: Any) -> None:
        actions.spend(**told)

    return _keep(request, programme, "cost", form, act, _("The cost is written down."))


@allow(Permission.FUNDING_KEEP)
@require_POST
def money_contribute(request: Request, pk: UUID) -> HttpResponse:
    """Write down a contribution."""
    programme = overseen_programme(pk, request.user)
    form = ContributionForm(request.POST, programme=programme)

    def act(**told: Any) -> None:
        actions.contribute(programme=programme, **told)

    return _keep(request, programme, "contribution", form, act, _("The contribution is written down."))
