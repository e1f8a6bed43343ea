"""Training offers: listed, kept, and who takes them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.access.queries import own_unit
from lotsen.core.forms import once
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.employers.enums import classifications
from lotsen.placements import actions, queries
from lotsen.placements.enums import TrainingState
from lotsen.placements.exports import TRAINING_COLUMNS
from lotsen.placements.forms import TakerForm, TrainingFilters, TrainingForm
from lotsen.placements.models import TrainingOffer


@allow(Permission.EMPLOYERS_VIEW)
def training_list(request: Request) -> HttpResponse:
    """List courses and apprenticeships."""
    return list_page(
        request,
        queryset=TrainingOffer.objects.order_by("from_on", "title"),
        columns=TRAINING_COLUMNS,
        template="placements/training_list.html",
        title=_("Training"),
        filters=TrainingFilters,
    )


@allow(Permission.EMPLOYERS_KEEP)
def training_new(request: Request) -> HttpResponse:
    """Write down a course or an apprenticeship."""
    return _kept(request, None)


@allow(Permission.EMPLOYERS_KEEP)
def training_change(request: Request, pk: UUID) -> HttpResponse:
    """Change what is known of one."""
    return _kept(request, get_object_or_404(TrainingOffer, pk=pk, unit__in=request.user.own_units))


def _kept(request: Request, offer: TrainingOffer | None) -> HttpResponse:
    names = [name for name in TrainingForm.base_fields if offer and hasattr(offer, name)]
    form = TrainingForm(request.POST or None, initial={name: getattr(offer, name) for name in names})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            unit = offer.unit if offer else own_unit(request.user)
            kept = actions.keep_training(offer=offer, unit=unit, **form.values())
            return reverse("training_detail", args=[kept.pk])

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    occupations = classifications.names(classifications.OCCUPATION)
    context = {"form": form, "offer": offer, "occupations": occupations}
    return render(request, "placements/_training.html", context, status=422 if form.errors else 200)


@allow(Permission.EMPLOYERS_VIEW)
def training_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show a training offer, the needs that it answers, and who of one's own takes it."""
    return _detail(request, get_object_or_404(TrainingOffer, pk=pk))


def _detail(request: Request, offer: TrainingOffer, form: TakerForm | None = None) -> HttpResponse:
    works = request.user.can(Permission.CASES_WORK)
    context = {
        "offer": offer,
        "needed": queries.needed([offer.occupation]).get(offer.occupation, []),
        "takers": queries.takers_of(offer, request.user) if works else [],
        "taker_form": (form or TakerForm(cases=queries.active_cases(request.user))) if works else None,
        "form": form,
        "keeps": request.user.can(Permission.EMPLOYERS_KEEP) and offer.unit_id in request.user.own_units,
    }
    return render(request, "placements/training_detail.html", context, status=422 if form else 200)


@allow(Permission.CASES_WORK)
@require_POST
def training_take(request: Request, pk: UUID) -> HttpResponse:
    """Write down how far a participant has come with a training offer."""
    offer = get_object_or_404(TrainingOffer, pk=pk)
    form = TakerForm(request.POST, cases=queries.active_cases(request.user))
    if form.is_valid():

        def act() -> str:
            told = form.values()
            told["state"] = TrainingState(told["state"])
            actions.take_training(offer=offer, **told)
            return reverse("training_detail", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    return _detail(request, offer, form)
