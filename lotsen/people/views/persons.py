"""The person whom a page is about."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from lotsen.core.acting import open_by_consent
from lotsen.core.rights import Request
from lotsen.people.models import Person


def visible_person(request: Request, pk: UUID) -> Person:
    """Return a person that the user may see."""
    open_by_consent()
    found: Person = get_object_or_404(
        Person.objects.visible_to(request.user).select_related("unit", "organisation"), pk=pk
    )
    return found


def own_person(request: Request, pk: UUID) -> Person:
    """Return a person whose record the user's own unit keeps."""
    found: Person = get_object_or_404(Person.objects.kept_by(request.user).select_related("unit"), pk=pk)
    return found
