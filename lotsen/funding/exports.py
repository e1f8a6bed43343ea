"""The columns of the ledger's rows, on the page and as files."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lotsen.core.pages import Column
from lotsen.core.text import amount, clock


def _whom(row: Any) -> str:
    return row.case.list_name if row.case else _now("A participant whom you may not know")


def _kronor(ore: int | None) -> float | None:
    """Return kronor for a spreadsheet, exact to the öre."""
    return None if ore is None else float(Decimal(ore) / 100)


ROW_COLUMNS = (
    Column(
        _("Participant"),
        _whom,
        link=lambda row: (
            reverse("hours_month", args=[row.case.pk, row.month.year, row.month.month]) if row.case else ""
        ),
    ),
    Column(_("Month"), lambda row: f"{row.month:%Y-%m}"),
    Column(_("Unit"), lambda row: row.unit.name, is_minor=True),
    Column(_("Means of support"), lambda row: row.support_name or _now("Not known")),
    Column(_("Hours"), lambda row: clock(row.minutes), is_number=True),
    Column(_("Minutes"), lambda row: row.minutes, is_number=True, in_file_only=True),
    Column(_("An hour"), lambda row: "" if row.rate is None else amount(row.rate), is_number=True, is_minor=True),
    Column(_("Sum"), lambda row: _now("no unit cost") if row.amount is None else amount(row.amount), is_number=True),
    Column(_("Sum in kronor"), lambda row: _kronor(row.amount), is_number=True, in_file_only=True),
)
