"""The cases of a programme."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lotsen.access.enums import Permission
from lotsen.cases import actions
from lotsen.cases.exports import CASE_COLUMNS
from lotsen.cases.forms import AnonymousForm, CaseFilters, SearchForm
from lotsen.cases.models import Case
from lotsen.cases.queries import found_by, sounding_like
from lotsen.core import traces
from lotsen.core.acting import open_by_consent
from lotsen.core.forms import once
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.people.enums import ReadingKind
from lotsen.programmes.models import Programme
from lotsen.programmes.queries import seen_programme


@allow(Permission.CASES_VIEW)
def case_list(request: Request, pk: UUID) -> HttpResponse:
    """List the cases of a programme that the user may see."""
    programme = seen_programme(pk, request.user)
    return list_page(
        request,
        queryset=Case.objects.visible_to(request.user).filter(programme=programme).for_list(),
        filters=CaseFilters,
        columns=CASE_COLUMNS,
        template="cases/case_list.html",
        title=programme.code,
        context={"programme": programme, "may_count": programme.units.filter(pk__in=request.user.own_units).exists()},
    )


@allow(Permission.CASES_VIEW)
def case_search(request: Request) -> HttpResponse:
    """Find people one may see. What is sought is sent in the body: an identity number never stands in an address."""
    form = SearchForm(request.POST or None)
    found, alike = None, []
    if form.is_valid():
        traces.read_by(ReadingKind.SEARCH)
        open_by_consent()
        found = found_by(form.cleaned_data["q"], request.user)
        alike = [] if found else sounding_like(form.cleaned_data["q"], request.user)
    context = {"form": form, "found": found, "alike": alike, "sought": form.data.get("q", "")}
    return render(request, "cases/case_search.html", context, status=422 if form.errors else 200)


@allow(Permission.PERSONS_KEEP)
def anonymous_new(request: Request, pk: UUID) -> HttpResponse:
    """Count somebody who takes part and may not be registered."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    form = AnonymousForm(request.POST or None, programme=programme, user=request.user)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            counted = {name: form.cleaned_data[name] for name in ("unit", "sex", "year")}
            actions.count_anonymous(programme=programme, **counted)
            return reverse("case_list", args=[programme.pk])

        if address := once(request, form, act):
            messages.success(request, _("Counted. Nothing else is kept."))
            return redirect(address)
    context = {"programme": programme, "form": form}
    return render(request, "cases/anonymous_new.html", context, status=422 if form.errors else 200)
