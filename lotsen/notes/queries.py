"""Questions over notes and appointments."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from lotsen.access.models import Unit, User
from lotsen.cases.models import Case
from lotsen.cases.queries import Load, loads_of, with_owner

from .models import Appointment, Note, Snippet


def next_appointment(case: Case, at: datetime) -> Appointment | None:
    """Return the first meeting that is still to come."""
    return case.appointments.ahead(at).select_related("user").first()


def notes_of(case: Case, user: Any) -> list[Note]:
    """Return the notes of a case that the user may read, newest first."""
    readable = case.notes.filter(Q(is_private=False) | Q(written_by=user))
    return list(readable.select_related("written_by", "appointment"))


def snippets_for(case: Case) -> list[Snippet]:
    """Return the texts that the case's unit writes often."""
    return list(Snippet.objects.filter(unit=case.unit_id))


def cases_to_hand_over(unit: Unit, leaving: User, today: date) -> list[Case]:
    """Return the open cases of a unit that a colleague answers for."""
    return list(with_owner(Case.objects.filter(unit=unit, closing="").for_list(), today).filter(owner=leaving))


@dataclass(frozen=True)
class Colleague:
    """A member of staff with the load: open cases, and meetings of the week to come."""

    load: Load
    meetings: int


def colleagues_with_loads(unit: Unit, today: date) -> list[Colleague]:
    """Return the colleagues of a unit with their loads, in the order of their names."""
    week = Appointment.objects.filter(case__unit=unit, came="", on__gte=today, on__lt=today + timedelta(days=7))
    users = list(week.values_list("user", flat=True))
    return [Colleague(load, users.count(user)) for user, load in loads_of(unit, today).items()]
