"""The columns of the list of cases, on the page and as a file."""

from django.utils.translation import gettext_lazy as _

from lotsen.core.pages import Column, link_to

_REST = (
    Column(_("Unit"), lambda case: case.unit.name, is_minor=True),
    Column(_("Age at start"), lambda case: case.age, is_number=True, is_minor=True),
    Column(_("Started"), lambda case: case.started_on),
    Column(_("Closed"), lambda case: case.closed_on, is_minor=True),
    Column(_("Outcome"), lambda case: case.outcome),
)

CASE_COLUMNS = (
    Column(
        _("Participant"),
        lambda case: case.list_name,
        link=link_to("case_detail"),
    ),
    *_REST,
)
#: The same without names, for lists that must not be compiled by name.
NUMBER_COLUMNS = (Column(_("Case number"), lambda case: case.number, link=link_to("case_detail")), *_REST)
