"""The log of what was read."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from lotsen.access.enums import Permission
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.people.exports import reading_columns
from lotsen.people.forms import ReadingFilters
from lotsen.people.models import Reading


@allow(Permission.READINGS_REVIEW)
def reading_list(request: Request) -> HttpResponse:
    """List who read what of the authority's records, by whom, when, whose. As a file: the extract for the person."""
    return list_page(
        request,
        queryset=Reading.objects.visible_to(request.user),
        filters=ReadingFilters,
        columns=reading_columns(),
        template="people/reading_list.html",
        title=_("Reading log"),
    )
