"""The columns of activities and of hours, on the page and as files."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lotsen.core.pages import Column, link_to
from lotsen.core.text import clock

ACTIVITY_COLUMNS = (
    Column(_("Activity"), lambda row: row.title, link=link_to("activity_detail")),
    Column(_("Kind"), lambda row: row.kind.name, is_minor=True),
    Column(_("Unit"), lambda row: row.unit.name if row.unit else _("All"), is_minor=True),
    Column(_("For whom"), lambda row: row.get_audience_display(), is_minor=True),
    Column(_("Next time"), lambda row: row.next_on),
    Column(_("Places"), lambda row: row.capacity, is_number=True, is_minor=True),
)


def _hours(name: str) -> Any:
    return lambda case: clock(getattr(case, name))


_HOURS = (
    Column(_("Unit"), lambda case: case.unit.name, is_minor=True),
    Column(_("Times"), lambda case: case.times, is_number=True, is_minor=True),
    Column(_("Planned"), _hours("planned"), is_number=True),
    Column(_("Hours present"), _hours("present"), is_number=True),
    Column(_("Absent, valid"), _hours("valid"), is_number=True, is_minor=True),
    Column(_("Absent, invalid"), _hours("invalid"), is_number=True, is_minor=True),
    Column(_("Signed hours"), lambda case: "" if case.signed is None else clock(case.signed), is_number=True),
    # What a spreadsheet reckons with.
    Column(_("Minutes present"), lambda case: case.present, is_number=True, in_file_only=True),
)


def hours_columns(month: date) -> tuple[Column, ...]:
    """Return the columns of the hours of a month. Each participant leads to the days."""
    own = Column(
        _("Participant"),
        lambda case: case.list_name,
        link=lambda case: reverse("hours_month", args=[case.pk, month.year, month.month]),
    )
    return (own, *_HOURS)
