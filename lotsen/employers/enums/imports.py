"""Closed lists of an import: how far a list has come, and what is found of each of its rows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportState(TextChoices):
    """How far an uploaded list has come. Nothing stands in the register before somebody has said so."""

    READ = "read", _("The columns are to be said")
    CHECKING = "checking", _("The rows are being checked")
    CHECKED = "checked", _("Checked, not yet registered")
    WRITING = "writing", _("The rows are being registered")
    WRITTEN = "written", _("Registered")


class Verdict(TextChoices):
    """What is found of a row."""

    NEW = "new", _("New")
    KNOWN = "known", _("In the register already")
    TWICE = "twice", _("Twice in the list")
    ALIKE = "alike", _("May be the same as another one")
    REFUSED = "refused", _("Must be corrected")


class Choice(TextChoices):
    """What somebody has said of a row that may be the same as another one."""

    SAME = "same", _("It is the same")
    ANOTHER = "another", _("It is another one")
    SKIP = "skip", _("Leave it out")


class Listed(TextChoices):
    """What a column of a list may hold."""

    NAME = "name", _("Name of the employer")
    NUMBER = "organisation_number", _("Organisation number")
    INDUSTRY = "industry", _("Industry (SNI)")
    SIZE = "size", _("Number of employees, or size")
    SECTOR = "sector", _("Sector")
    WORKPLACE = "workplace", _("Name of the workplace")
    MUNICIPALITY = "municipality", _("Municipality")
    ADDRESS = "address", _("Address")


#: Words in the heading of a column that say what it holds, tried in this order: folded, the longest meaning first.
HEADINGS: tuple[tuple[Listed, tuple[str, ...]], ...] = (
    (
        Listed.NUMBER,
        ("orgnr", "org nr", "org.nr", "org.nummer", "organisationsnummer", "organisation number", "peorgnr"),
    ),
    (Listed.WORKPLACE, ("arbetsstalle", "arbetsplats", "workplace", "benamning")),
    (Listed.INDUSTRY, ("sni", "bransch", "industry", "naringsgren")),
    (Listed.SIZE, ("anstallda", "storlek", "size", "employees", "stklass")),
    (Listed.SECTOR, ("sektor", "sector", "agarform")),
    (Listed.MUNICIPALITY, ("kommun", "municipality")),
    (Listed.ADDRESS, ("adress", "address", "gatuadress")),
    (Listed.NAME, ("foretag", "arbetsgivare", "namn", "name", "employer", "company", "firma")),
)
