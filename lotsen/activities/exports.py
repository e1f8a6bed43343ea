"""The columns of activities and of hours, on the page and as files."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.core.pages import Column, link_to
from lotsen.core.text import clock

from .models import Session

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


def draw_calendar(sessions: Iterable[Session], address: Callable[[Session], str], now: datetime) -> bytes:
    """Draw sessions as a calendar (RFC 5545): time, kind, room and the address in Lotsen.

    Neither titles nor names: a title is free text and may say who somebody is, and calendars are copied to telephones.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Lotsen//lotsen//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Lotsen")
    # Programs that heed it ask once an hour.
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for session in sessions:
        event = Event()
        event.add("uid", f"{session.pk}@lotsen")
        event.add("dtstamp", now)
        event.add("summary", session.activity.kind.name)
        if session.at:
            starts = timezone.make_aware(datetime.combine(session.on, session.at))
            event.add("dtstart", starts.astimezone(UTC))
            event.add("duration", timedelta(minutes=session.minutes))
        else:
            event.add("dtstart", session.on)
        if session.place:
            event.add("location", ", ".join(filter(None, (session.place.name, session.place.address))))
        event.add("url", address(session))
        event.add("status", "CANCELLED" if session.cancelled_on else "CONFIRMED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
