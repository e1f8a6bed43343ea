"""The cases of a programme."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from lotsen.access.enums import Permission
from lotsen.core import traces
from lotsen.core.acting import open_by_consent
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.people.enums import ReadingKind
from lotsen.programmes.models import Programme

from .exports import CASE_COLUMNS
from .forms import CaseFilters, SearchForm
from .models import Case
from .queries import found_by


@allow(Permission.CASES_VIEW)
def case_list(request: Request, pk: UUID) -> HttpResponse:
    """List the cases of a programme that the user may see."""
    visible = Programme.objects.visible_to(request.user).select_related("lead_unit__organisation")
    programme = get_object_or_404(visible, pk=pk)
    return list_page(
        request,
        queryset=Case.objects.visible_to(request.user).filter(programme=programme).for_list(),
        filters=CaseFilters,
        columns=CASE_COLUMNS,
        template="cases/case_list.html",
        title=programme.code,
        context={"programme": programme},
    )


@allow(Permission.CASES_VIEW)
def case_search(request: Request) -> HttpResponse:
    """Find people one may see. What is sought is sent in the body: an identity number never stands in an address."""
    form = SearchForm(request.POST or None)
    found = None
    if form.is_valid():
        traces.read_by(ReadingKind.SEARCH)
        open_by_consent()
        found = found_by(form.cleaned_data["q"], request.user)
    context = {"form": form, "found": found, "sought": form.data.get("q", "")}
    return render(request, "cases/case_search.html", context, status=422 if form.errors else 200)
