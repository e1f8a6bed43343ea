"""The work that followed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lotsen.access.enums import Permission
from lotsen.cases.models import Case
from lotsen.cases.queries import own_case
from lotsen.core.forms import once
from lotsen.core.rights import Request, allow
from lotsen.core.text import as_key
from lotsen.employers.enums import classifications
from lotsen.placements import actions
from lotsen.placements.forms import EmploymentForm
from lotsen.placements.models import Employment, Placement


@allow(Permission.CASES_WORK)
def employment_new(request: Request, pk: UUID) -> HttpResponse:
    """Write down where a participant was employed; after a placement, beginning with what it says."""
    case = own_case(pk, request.user)
    placement = _followed(request, case)
    initial: dict[str, Any] = {}
    if placement:
        initial = {"employer_name": placement.workplace.employer.name, "occupation": placement.occupation}
        initial["from_on"] = placement.ended_on
    return _kept(request, case, EmploymentForm(request.POST or None, initial=initial), placement=placement)


def _followed(request: Request, case: Case) -> Placement | None:
    """Return the placement of the case that the address names."""
    key = as_key(request.GET.get("placement", ""))
    return case.placements.filter(pk=key).select_related("workplace__employer").first() if key else None


@allow(Permission.CASES_WORK)
def employment_change(request: Request, pk: UUID) -> HttpResponse:
    """Change what is known of an employment, also that it has ended."""
    own = Employment.objects.filter(case__unit__in=request.user.own_units)
    employment = get_object_or_404(own.select_related("placement__workplace__employer", "workplace__employer"), pk=pk)
    names = [name for name in EmploymentForm.base_fields if hasattr(employment, name)]
    initial = {name: getattr(employment, name) for name in names} | {"employer_name": employment.where}
    form = EmploymentForm(request.POST or None, initial=initial)
    case = own_case(employment.case_id, request.user)
    return _kept(request, case, form, placement=employment.placement, employment=employment)


def _kept(request: Request, case: Case, form: EmploymentForm, **of: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.keep_employment(case=case, **of, **form.values())
            return reverse("placement_new", args=[case.pk])

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    occupations = classifications.names(classifications.OCCUPATION)
    context = {"form": form, "case": case, "occupations": occupations, **of}
    return render(request, "placements/_employment.html", context, status=422 if form.errors else 200)
