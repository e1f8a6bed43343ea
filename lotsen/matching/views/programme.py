"""What comes of proposals in a project: who gets a place, and how the factors weigh."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.cases.exports import CASE_COLUMNS, NUMBER_COLUMNS
from lotsen.cases.queries import protected_in
from lotsen.core.forms import once
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.matching import actions, queries
from lotsen.matching.definitions import standard_weights
from lotsen.matching.enums import Asked, By
from lotsen.matching.forms import WeightsForm
from lotsen.programmes.models import Programme
from lotsen.programmes.queries import may_in_whole, overseen_programme, seen_programme


@allow(Permission.FIGURES_VIEW)
def fairness(request: Request, pk: UUID) -> HttpResponse:
    """Show whether placements and what follows reach all alike, as far as one sees the participants."""
    programme = seen_programme(pk, request.user)
    context = {"programme": programme, "looks": queries.fairness(programme, request.user), "asked": Asked}
    context["protected"] = protected_in(programme)
    return render(request, "matching/fairness.html", context)


@allow(Permission.CASES_VIEW)
def fairness_cases(request: Request, pk: UUID, by: str, asked: str) -> HttpResponse:
    """List whom a share of a group counts: as long as the share is high, always, since both are one set."""
    programme = seen_programme(pk, request.user)
    if by not in By.values or asked not in Asked.values:
        raise Http404
    group = request.GET.get("group", "")
    found = queries.behind(programme, request.user, By(by), group, Asked(asked))
    is_named = by != By.BIRTH or not request.user.limits_search
    return list_page(
        request,
        queryset=found.for_list(),
        columns=CASE_COLUMNS if is_named else NUMBER_COLUMNS,
        template="matching/fairness_cases.html",
        title=f"{programme.code} {Asked(asked).label}",
        context={
            "programme": programme,
            "asked": Asked(asked).label,
            "by": By(by).label,
            "group": queries.group_name(By(by), group),
        },
    )


@allow(Permission.FIGURES_VIEW)
def weighing(request: Request, pk: UUID) -> HttpResponse:
    """Show what came of choices, how the factors weigh, and what the outcomes suggest."""
    return _weighing(request, seen_programme(pk, request.user))


def _weighing(request: Request, programme: Programme, form: WeightsForm | None = None) -> HttpResponse:
    earlier = list(programme.factor_weights.select_related("by"))
    held = {**standard_weights(), **(earlier[0].weights if earlier else {})}
    came = queries.outcomes(programme)
    suggested = queries.suggest(came, held)
    is_suggested = bool(suggested and suggested.between and "suggested" in request.GET)
    form = form or WeightsForm(initial=suggested.weights if suggested and is_suggested else held)
    context = {
        "programme": programme,
        "protected": protected_in(programme),
        "form": form,
        "keeps": may_in_whole(Permission.MATCHING_WEIGH, programme, request.user),
        "earlier": earlier,
        "rows": [(told, held[told.factor.code], form[told.factor.code]) for told in queries.by_factor(came)],
        "ranks": queries.by_rank(came),
        "missing": queries.missing(came),
        "suggested": suggested,
        "is_suggested": is_suggested,
    }
    return render(request, "matching/weighing.html", context, status=422 if form.errors else 200)


@allow(Permission.MATCHING_WEIGH)
@require_POST
def weigh(request: Request, pk: UUID) -> HttpResponse:
    """Weigh the factors of a project anew."""
    programme = overseen_programme(pk, request.user)
    form = WeightsForm(request.POST)
    if form.is_valid():

        def act() -> str:
            by = {"by": request.user, "at": timezone.now()}
            actions.weigh(programme=programme, weights=form.weights, why=form.cleaned_data["why"], **by)
            return reverse("weighing", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("The factors weigh as you have said from now on."))
            return redirect(address)
    return _weighing(request, programme, form)
