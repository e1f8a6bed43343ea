"""The columns of the register, on the page and as files; what the rows that follow a merge are called."""

from django.utils.translation import gettext_lazy as _

from lotsen.core.pages import Column, link_to

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
}
