"""What is done with notes and appointments."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from lotsen.access.models import Unit, User
from lotsen.activities.actions import call_roll
from lotsen.activities.enums import Presence
from lotsen.activities.models import Activity, Session
from lotsen.cases.actions import take_responsibility
from lotsen.cases.models import Case
from lotsen.core.models import change
from lotsen.core.refused import Refused, action, refusing

from .enums import Came
from .models import Appointment, Note, Snippet


@action
def write_note(
    *, case: Case, by: User, on: date, body: str, today: date, appointment: Appointment | None = None, **told: Any
) -> Note:
    """Write a note. `told` are its other fields: way, whether the person was reached, whose turn it is."""
    if on > today:
        raise Refused(_("A note tells of what has been. Choose today or a day before."), "on")
    _must_wait_until(told)
    return Note.objects.create(case=case, written_by=by, on=on, body=body, appointment=appointment, **told)


@action
def change_note(*, note: Note, by: User, seen: int, body: str, **told: Any) -> None:
    """Change a note of one's own. Who has an older text in front of them is told, and nothing is overwritten."""
    if note.written_by_id != by.pk:
        raise Refused(_("Only the writer changes a note. Write one of your own."))
    if note.revision != seen:
        raise Refused(_("The note was changed in another window. Both texts are shown: put them together."), "body")
    _must_wait_until(told)
    change(note, **told, body=body, revision=seen + 1)
    note.save()


def _must_wait_until(told: dict[str, Any]) -> None:
    if told.get("waits_for") and not told.get("waits_until"):
        raise Refused(_("Say until when you wait."), "waits_until")


@action
def settle_note(*, note: Note, on: date) -> None:
    """What was waited for has come, or is not waited for any more."""
    note.settled_on = on
    note.save(update_fields=["settled_on"])


@action
def book_appointment(*, case: Case, user: User, on: date, at: time, **told: Any) -> Appointment:
    """Book a meeting with a participant. Nobody meets two at the same time."""
    if case.closing:
        raise Refused(_("The case is closed: there is nothing to meet about."))
    return _save(Appointment(case=case, user=user, on=on, at=at, **told))


@action
def change_appointment(*, appointment: Appointment, **told: Any) -> None:
    """Move a meeting that is still to come, or say that its interpreter is booked."""
    if appointment.came:
        raise Refused(_("The meeting has been. Book a new one."))
    change(appointment, **told)
    _save(appointment)


def _save(appointment: Appointment) -> Appointment:
    """Save a meeting, unless it begins while its member of staff meets somebody else."""
    begins = datetime.combine(appointment.on, appointment.at)
    busy = Appointment.objects.filter(user=appointment.user, on=appointment.on, came="")
    for other in busy.exclude(case=appointment.case_id):
        if datetime.combine(other.on, other.at) <= begins < datetime.combine(other.on, other.ends_at):
            told = {"name": appointment.user.name, "time": f"{other.ends_at:%H.%M}"}
            raise Refused(_("%(name)s meets somebody else then, until %(time)s.") % told, "at")
    twice = _("There is a meeting at that time already.")
    with refusing("appointment_once_at_a_time", twice, "at"):
        appointment.save()
    return appointment


@action
def record_came(*, appointment: Appointment, came: Came, today: date) -> None:
    """Write down whether somebody came. Of a kind of activity, it counts as attendance; recording again corrects."""
    if appointment.on > today and came != Came.CANCELLED:
        raise Refused(_("The meeting has not been yet."))
    appointment.came = came
    if appointment.kind_id:
        _count(appointment, came)
    appointment.save(update_fields=["came", "session"])


def _count(appointment: Appointment, came: Came) -> None:
    """Write the attendance that belongs to an appointment, or take it away."""
    if came == Came.CANCELLED:
        if appointment.session is not None:
            call_roll(session=appointment.session, cases={})
        return
    case, kind = appointment.case, appointment.kind
    if appointment.session is None and kind is not None:
        title = kind.names.get("sv", kind.code)
        # One activity for the talks of a kind in a unit, with a session for each of them.
        activity = Activity.objects.filter(
            programme=case.programme_id, kind=kind, unit=case.unit_id, title=title
        ).first()
        activity = activity or Activity.objects.create(
            programme_id=case.programme_id, kind=kind, unit_id=case.unit_id, title=title
        )
        when = {"on": appointment.on, "at": appointment.at, "minutes": appointment.minutes}
        appointment.session = Session.objects.create(activity=activity, led_by=appointment.user, **when)
    if appointment.session is not None:
        call_roll(session=appointment.session, cases={case: Presence(came.value)})


@action
def hand_over(*, cases: Collection[Case], to: User, since: date, note: str, by: User) -> int:
    """Let a colleague answer for some cases from a day on, with a note in each: what the next one must know."""
    if not cases:
        raise Refused(_("Choose at least one case."), "cases")
    for case in cases:
        take_responsibility(case=case, user=to, since=max(since, case.started_on or since))
        if note.strip():
            Note.objects.create(case=case, written_by=by, on=since, body=note.strip())
    return len(cases)


@action
def keep_snippet(*, unit: Unit, name: str, body: str) -> Snippet:
    """Keep a text that the unit writes often. The same name again changes it."""
    return Snippet.objects.update_or_create(unit=unit, name=name.strip(), defaults={"body": body.strip()})[0]


@action
def drop_snippet(*, snippet: Snippet) -> None:
    """Forget a text."""
    snippet.delete()
