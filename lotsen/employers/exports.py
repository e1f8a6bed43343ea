"""The columns of the register, on the page and as files; what the rows that follow a merge are called."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lotsen.core.pages import Column, link_to

from .enums import Listed, Verdict
from .forms import Reader
from .models import ImportRow

EMPLOYER_COLUMNS = (
    Column(_("Employer"), lambda row: row.name, link=link_to("employer_detail")),
    Column(_("Organisation number"), lambda row: row.number_written, is_minor=True),
    Column(_("Industry"), lambda row: row.industry_name),
    Column(_("Size"), lambda row: row.get_size_display(), is_minor=True),
    Column(_("Sector"), lambda row: row.get_sector_display(), is_minor=True),
    Column(_("Last contact"), lambda row: row.last_contact),
)
#: What a table of rows that point to an employer is called.
FOLLOWING = {
    "employers_workplace": _("Workplaces"),
    "employers_contact": _("Contacts"),
    "employers_contactperson": _("People"),
    "questionnaires_recipient": _("Surveys"),
    "employers_importrow": _("Rows of uploaded lists"),
}


def row_columns(reader: Reader) -> tuple[Column, ...]:
    """Return the columns of an uploaded list's rows: what is found and why on the page, what was read in the file.

    The file can be corrected and sent as a list again.
    """

    def said(name: str) -> Any:
        return lambda row: row.told.get(name, "")

    return (
        Column(_("Row"), lambda row: row.place, link=link_to("import_row"), is_number=True),
        Column(_("Employer"), str),
        Column(_("What is found"), lambda row: row.get_choice_display() or row.get_verdict_display()),
        Column(_("Why"), lambda row: why(row, reader)),
        *(Column(listed.label, said(listed), in_file_only=True) for listed in Listed),
    )


def why(row: ImportRow, reader: Reader) -> str:
    """Say why a row is what is found of it."""
    if row.verdict == Verdict.REFUSED:
        faults = reader.read(row.told)[1]
        return " ".join(f"{Listed(name).label}: {said}" for name, said in faults.items())
    if row.twin:
        return gettext("See row %(n)s.") % {"n": row.twin}
    return str(row.employer) if row.employer else ""
