"""The cases of a programme."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from lotsen.access.enums import Permission
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.programmes.models import Programme

from .exports import CASE_COLUMNS
from .forms import CaseFilters
from .models import Case


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
