"""The columns of the ledger's rows, on the page and as files; the evidence of a payment as one file."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lotsen.core.pages import Column, as_workbook
from lotsen.core.text import amount, clock


def _whom(row: Any) -> str:
    return row.case.list_name if row.case else gettext("A participant whom you may not know")


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
    Column(_("Means of support"), lambda row: row.support_name or gettext("Not known")),
    Column(_("Hours"), lambda row: clock(row.minutes), is_number=True),
    Column(_("Minutes"), lambda row: row.minutes, is_number=True, in_file_only=True),
    Column(_("An hour"), lambda row: "" if row.rate is None else amount(row.rate), is_number=True, is_minor=True),
    Column(_("Sum"), lambda row: gettext("no unit cost") if row.amount is None else amount(row.amount), is_number=True),
    Column(_("Sum in kronor"), lambda row: _kronor(row.amount), is_number=True, in_file_only=True),
)

EVIDENCE_COLUMNS = (
    Column(_("Required"), lambda proof: proof.requirement.label),
    # Hours as hours and minutes; what is counted otherwise, as it is.
    Column(_("There"), lambda proof: proof.said[0]),
    Column(_("Of"), lambda proof: proof.said[1]),
    Column(_("State"), lambda proof: gettext("There") if proof.is_met else gettext("Missing")),
    Column(_("Who can mend it"), lambda proof: "" if proof.is_met else proof.mender),
)
STAFF_COLUMNS = (
    Column(_("Name"), lambda line: line.user.name),
    Column(_("Unit"), lambda line: line.unit.name),
    Column(_("Month"), lambda line: f"{line.month:%Y-%m}"),
    Column(_("Function"), lambda line: line.function),
    Column(_("Worked"), lambda line: clock(line.minutes)),
    Column(_("Counts"), lambda line: clock(line.eligible)),
    Column(_("An hour"), lambda line: _kronor(line.rate)),
    Column(_("Sum in kronor"), lambda line: _kronor(line.amount)),
)
SAMPLE_COLUMNS = (
    Column(_("Participant"), lambda item: item.certified.case.list_name),
    Column(_("Month"), lambda item: f"{item.certified.month:%Y-%m}"),
    Column(_("Hours"), lambda item: clock(item.certified.minutes)),
    Column(_("Signed"), lambda item: item.certified.get_signed_how_display()),
    Column(_("Found"), lambda item: item.get_verdict_display() or gettext("To be checked")),
    Column(_("Note"), lambda item: item.note),
    Column(_("Checked by"), lambda item: item.checked_by.name if item.checked_by else ""),
    Column(_("checked"), lambda item: item.checked_on),
)
RATE_COLUMNS = (
    Column(_("Holds from"), lambda cost: f"{cost.table.since:%Y-%m}"),
    Column(_("Call and table"), lambda cost: cost.table.source),
    Column(_("Whose hour"), lambda cost: cost.get_of_display()),
    Column(_("What"), str),
    Column(_("From age"), lambda cost: cost.age_from or None),
    Column(_("Sum in kronor"), lambda cost: _kronor(cost.per_hour)),
)
DECISION_COLUMNS = (
    Column(_("Day"), lambda decision: decision.on),
    Column(_("Decision"), lambda decision: decision.get_kind_display()),
    Column(_("Reference"), lambda decision: decision.reference),
    Column(_("Sum in kronor"), lambda decision: _kronor(decision.amount)),
)


def pack(parts: Sequence[tuple[str, Sequence[Column], Iterable[Any]]]) -> bytes:
    """Return workbooks, each by its name, as one archive, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (name, columns, rows) in enumerate(parts, start=1):
            archive.writestr(f"{place}-{name}.xlsx", as_workbook(columns, rows))
    return buffer.getvalue()
