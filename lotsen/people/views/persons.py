"""The page of a person."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.core.acting import open_by_consent
from lotsen.core.rights import Request, allow
from lotsen.people import actions
from lotsen.people.models import Consent, Person


def visible_person(request: Request, pk: UUID) -> Person:
    """Return a person that the user may see."""
    open_by_consent()
    found: Person = get_object_or_404(
        Person.objects.visible_to(request.user).select_related("unit", "organisation"), pk=pk
    )
    return found


def own_person(request: Request, pk: UUID) -> Person:
    """Return a person whose record the user's own unit keeps."""
    found: Person = get_object_or_404(
        Person.objects.visible_to(request.user).filter(unit__in=request.user.own_units).select_related("unit"), pk=pk
    )
    return found


@allow(Permission.CASES_VIEW)
def person_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show who somebody is, the cases, the consents and who may know. Never the identity number: that is asked for."""
    return _page(request, visible_person(request, pk))


@allow(Permission.CASES_VIEW)
@require_POST
def person_number(request: Request, pk: UUID) -> HttpResponse:
    """Show the same page with the identity number. The log says who asked for it."""
    person = own_person(request, pk)
    return _page(request, person, number=actions.show_identity_number(person=person))


def _page(request: Request, person: Person, **more: Any) -> HttpResponse:
    today = timezone.localdate()
    consents = Consent.objects.visible_to(request.user).filter(person=person)
    consents = consents.select_related("from_unit", "to_organisation", "to_unit", "recorded_by", "withdrawn_by")
    is_own = person.unit_id in request.user.own_units
    context = {
        "person": person,
        "is_own": is_own,
        "cases": person.cases.opened_to(request.user).select_related("programme", "unit"),
        "consents": [(consent, consent.is_in_force(today)) for consent in consents],
        "readers": person.named_readers.filter(until=None).select_related("user") if is_own else [],
        "may_keep_consents": request.user.can(Permission.CONSENTS_KEEP),
        "may_protect": is_own and request.user.can(Permission.PROTECTION_KEEP),
        "own_units": request.user.own_units,
        **more,
    }
    return render(request, "people/person_detail.html", context)
