"""The register extract of one person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from lotsen.access.enums import Permission
from lotsen.core import traces
from lotsen.core.rights import Request, allow
from lotsen.people.enums import ReadingKind
from lotsen.people.models import Person
from lotsen.records import exports, queries


@allow(Permission.PERSONS_KEEP)
def person_extract(request: Request, pk: UUID) -> HttpResponse:
    """Show everything that is kept of a person, to be printed; `?format=json` gives it as a file."""
    person = get_object_or_404(Person.objects.kept_by(request.user), pk=pk)
    traces.read_by(ReadingKind.EXPORT)
    parts = queries.extract_of(person)
    if request.GET.get("format") == "json":
        return exports.json_file([parts], "register-extract")
    context = {"person": person, "parts": exports.readable(parts), "on": timezone.localdate()}
    return render(request, "records/person_extract.html", context)
