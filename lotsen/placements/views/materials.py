"""What the workplaces of a programme may read."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.access.queries import own_unit
from lotsen.core.forms import once, pressed
from lotsen.core.rights import Request, allow
from lotsen.placements import actions
from lotsen.placements.forms import MaterialForm
from lotsen.placements.models import Material
from lotsen.programmes.models import Programme
from lotsen.programmes.queries import seen_programme


@allow(Permission.EMPLOYERS_VIEW)
def material_list(request: Request, pk: UUID) -> HttpResponse:
    """Show what the workplaces of a programme may read."""
    return _page(request, seen_programme(pk, request.user))


def _page(request: Request, programme: Programme, form: MaterialForm | None = None) -> HttpResponse:
    keeps = request.user.can(Permission.EMPLOYERS_KEEP)
    context = {
        "programme": programme,
        "materials": programme.materials.select_related("unit"),
        "own_units": request.user.own_units,
        "material_form": (form or MaterialForm()) if keeps else None,
        "form": form,
    }
    return render(request, "placements/material_list.html", context, status=422 if form else 200)


@allow(Permission.EMPLOYERS_KEEP)
@require_POST
def material_add(request: Request, pk: UUID) -> HttpResponse:
    """Add a text or a link."""
    programme, form = seen_programme(pk, request.user), MaterialForm(request.POST)
    if form.is_valid():

        def act() -> str:
            actions.add_material(programme=programme, unit=own_unit(request.user), **form.values())
            return reverse("material_list", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("Saved. The workplaces see it by their links."))
            return redirect(address)
    return _page(request, programme, form)


@allow(Permission.EMPLOYERS_KEEP)
@require_POST
def material_drop(request: Request, pk: UUID) -> HttpResponse:
    """Take one away."""
    material = get_object_or_404(Material, pk=pk, unit__in=request.user.own_units)
    back = reverse("material_list", args=[material.programme_id])
    return pressed(request, lambda: actions.drop_material(material=material), back=back, said=_("Gone."))
