"""Workplaces, and what was found out about them."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.access.queries import own_unit
from lotsen.core.forms import once
from lotsen.core.rights import Request, allow
from lotsen.employers import actions, queries
from lotsen.employers.forms import AnalysisForm, WorkplaceForm
from lotsen.employers.models import Employer, Workplace, WorkplaceAnalysis

from .register import detail

#: What is proposed: a workplace seldom stays as it is for longer.
_HOLDS = timedelta(days=365)


@allow(Permission.EMPLOYERS_KEEP)
@require_POST
def workplace_add(request: Request, pk: UUID) -> HttpResponse:
    """Register a workplace of an employer."""
    employer = get_object_or_404(Employer, pk=pk)
    form = WorkplaceForm(request.POST)
    if form.is_valid():

        def act() -> str:
            return reverse("workplace_detail", args=[actions.keep_workplace(employer=employer, **form.values()).pk])

        if address := once(request, form, act):
            messages.success(request, _("Registered. Make the workplace analysis before somebody is placed here."))
            return redirect(address)
    return detail(request, employer, workplace=form)


def _workplace(pk: UUID) -> Workplace:
    found: Workplace = get_object_or_404(Workplace.objects.select_related("employer", "municipality"), pk=pk)
    return found


@allow(Permission.EMPLOYERS_VIEW)
def workplace_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show a workplace with the analysis that holds and the older ones."""
    workplace, today = _workplace(pk), timezone.localdate()
    context = {
        "workplace": workplace,
        "holds": queries.analysis_of(workplace, today),
        "analyses": workplace.analyses.select_related("made_by", "unit"),
        "openings": workplace.openings.order_by("closed_on", "-from_on"),
        "today": today,
    }
    return render(request, "employers/workplace_detail.html", context)


@allow(Permission.EMPLOYERS_KEEP)
def analysis_new(request: Request, pk: UUID) -> HttpResponse:
    """Write down what a workplace is like. Begins with what the last analysis says."""
    workplace, today = _workplace(pk), timezone.localdate()
    last = workplace.analyses.first()
    initial = {name: getattr(last, name) for name in AnalysisForm.base_fields if hasattr(last, name)}
    initial |= {"made_on": today, "holds_until": today + _HOLDS}
    form = AnalysisForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            told = {"workplace": workplace, "unit": own_unit(request.user), "by": request.user, **form.values()}
            made = actions.keep_analysis(**told)
            return reverse("analysis_detail", args=[made.pk])

        if address := once(request, form, act):
            messages.success(request, _("The analysis is kept. Somebody can be placed here while it holds."))
            return redirect(address)
    context = {"form": form, "workplace": workplace, "last": last}
    return render(request, "employers/analysis_new.html", context, status=422 if form.errors else 200)


@allow(Permission.EMPLOYERS_VIEW)
def analysis_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show an analysis as it is printed and taken along."""
    seen = WorkplaceAnalysis.objects.select_related("workplace__employer", "workplace__municipality", "made_by", "unit")
    analysis = get_object_or_404(seen, pk=pk)
    context = {"analysis": analysis, "workplace": analysis.workplace, "today": timezone.localdate()}
    return render(request, "employers/analysis_detail.html", context)
