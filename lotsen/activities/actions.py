"""What is done with activities."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.cases.enums import Signed
from lotsen.cases.models import Case, CaseQuerySet
from lotsen.core import database
from lotsen.core.links import digest, new_token
from lotsen.core.models import change
from lotsen.core.refused import Refused, action, refusing
from lotsen.programmes.enums import Category, HoursSigned
from lotsen.programmes.models import Kind, Programme

from .enums import Audience, Presence, Result, SignedHow
from .models import Activity, Attendance, CalendarFeed, CertifiedMonth, Enrolment, Minutes, Premises, Session, Task
from .queries import Mark, attended, minutes_present, month_of, ready_to_sign, sessions_without_roll, taken_places


@action
def keep_premises(*, unit: Unit, premises: Premises | None = None, **told: Any) -> Premises:
    """Write down a room of a unit, or change it."""
    row = premises or Premises(unit=unit)
    change(row, **told)
    with refusing("premises_once_in_unit", _("The unit has a room of that name already."), "name"):
        row.save()
    return row


@action
def make_feed(*, user: User, on: date) -> str:
    """Make the link by which a calendar program reads somebody's sessions. An older one stops working.

    Returns the token, which is stored nowhere.
    """
    token = new_token()
    CalendarFeed.objects.update_or_create(user=user, defaults={"link": digest("calendar", token), "made_on": on})
    return token


@action
def remove_feed(*, user: User) -> None:
    """Take the link away: what it pointed to is not found any more."""
    CalendarFeed.objects.filter(user=user).delete()


@action
def plan_activity(
    *,
    kind: Kind,
    title: str,
    minutes: int,
    days: Iterable[date],
    unit: Unit | None = None,
    at: time | None = None,
    place: Premises | None = None,
    led_by: User | None = None,
    **told: Any,
) -> list[Session]:
    """Plan an activity of one of the programme's kinds, with a session on each of the days.

    `told` are the other fields of the activity: for whom, places, purpose. Without places, those of the room.
    """
    if kind.category != Category.ACTIVITY:
        raise Refused(_("%(kind)s is not a kind of activity.") % {"kind": kind})
    # A room that is known to be small is the limit where none is written.
    told["capacity"] = told.get("capacity") or (place and place.capacity)
    activity = Activity.objects.create(programme=kind.programme, kind=kind, unit=unit, title=title, **told)
    where = {"at": at, "minutes": minutes, "place": place, "led_by": led_by}
    sessions = [Session(activity=activity, on=day, **where) for day in days]
    # One by one where a place may be taken, so that the refusal names the day.
    return [_booked(each) for each in sessions] if place else Session.objects.bulk_create(sessions)


def _booked(session: Session) -> Session:
    """Save a session, unless its place is taken then, or too small."""
    places, room = session.activity.capacity, session.place and session.place.capacity
    if places and room and places > room:
        told = {"place": session.place, "n": room, "of": places}
        raise Refused(_("%(place)s has %(n)s places, and the activity %(of)s.") % told, "place")
    taken = _("%(place)s is taken on %(day)s at that time. Choose another place or time, or leave the day out.")
    taken %= {"place": session.place, "day": session.on}
    with refusing("session_place_is_free", taken, "place"):
        session.save()
    return session


@action
def change_session(*, session: Session, **told: Any) -> None:
    """Move a session whose roll is not called, or change how long it is, where, or who leads it."""
    _must_lie_ahead(session)
    change(session, **told)
    _booked(session)


@action
def cancel_session(*, session: Session, on: date) -> None:
    """Cancel a session. It stays, so that one sees that it was planned."""
    _must_lie_ahead(session)
    session.cancelled_on = on
    session.save(update_fields=["cancelled_on"])


def _must_lie_ahead(session: Session) -> None:
    if session.called_on:
        raise Refused(_("The roll of this session is called. Correct the roll instead."))


@action
def enrol(*, activity: Activity, case: Case, since: date) -> Enrolment:
    """Give a participant a place from a day on; where all are taken, in the waiting list."""
    if case.programme_id != activity.programme_id:
        raise Refused(_("%(case)s does not take part in this programme.") % {"case": case.number}, "case")
    if case.closed_on:
        raise Refused(_("The case is closed."), "case")
    Activity.objects.select_for_update().get(pk=activity.pk)
    waits = activity.capacity is not None and taken_places(activity) >= activity.capacity
    with refusing("enrolment_once", _("%(case)s is on the list already.") % {"case": case.number}, "case"):
        return Enrolment.objects.create(activity=activity, case=case, since=since, waits=waits)


@action
def leave_activity(*, enrolment: Enrolment, on: date) -> None:
    """Let a participant leave an activity after a day. Whoever has waited longest gets the place.

    Who waited, or had not come yet, leaves no trace but in the history.
    """
    activity = enrolment.activity
    Activity.objects.select_for_update().get(pk=activity.pk)
    if enrolment.waits or enrolment.since > on:
        enrolment.delete()
    else:
        enrolment.until = on
        enrolment.save(update_fields=["until"])
    if not enrolment.waits:
        database.call("lotsen_fill_places", activity.pk, on)


@action
def assess_activity(*, activity: Activity, result: Result, result_why: str, reached: int | None = None) -> None:
    """Say whether the purpose was met, how one sees that, and how many were reached."""
    if not activity.purpose:
        raise Refused(_("Say first what the purpose is."), "result")
    change(activity, result=result, result_why=result_why, reached=reached)
    activity.save()


@action
def call_roll(
    *,
    session: Session,
    cases: Mapping[Case, Presence | Mark] | None = None,
    organisations: Mapping[Organisation, Presence] | None = None,
    on: date | None = None,
) -> None:
    """Write down who came to a session. The present get its minutes, or those that are given.

    Calling again corrects: who is not named is taken off, of those whom the acting user sees; without participants,
    or without organisations, those stay as they are.
    """
    if session.cancelled_on:
        raise Refused(_("The session was cancelled on %(day)s.") % {"day": session.cancelled_on})
    if on and session.on > on:
        raise Refused(_("The session has not been yet: the roll is called on %(day)s.") % {"day": session.on})
    if any(case.programme_id != session.activity.programme_id for case in cases or ()):
        raise Refused(_("Somebody on the list does not take part in this programme."))
    given: dict[str, Mapping[Any, Presence | Mark] | None] = {"case": cases, "organisation": organisations}
    called = {who: marks for who, marks in given.items() if marks is not None}
    signed = _("The hours of somebody on the list are signed for this month. Open the month again first.")
    with refusing("month_is_certified", signed):
        for who, marks in called.items():
            written = Attendance.objects.filter(**{"session": session, f"{who}__isnull": False})
            written.exclude(**{f"{who}__in": list(marks)}).delete()
            Attendance.objects.bulk_create(
                [_row(session, mark, **{who: each}) for each, mark in marks.items()],
                update_conflicts=True,
                unique_fields=["session", who],
                update_fields=["presence", "minutes", "reason"],
            )
    session.called_on = on or session.on
    session.save(update_fields=["called_on"])


@action
def plan_meeting(*, kind: Kind, on: date, at: time | None, minutes: int, agenda: str = "") -> Session:
    """Plan a meeting of one of the programme's groups: a session of the group's own activity, with its agenda."""
    known = Activity.objects.filter(kind=kind, unit=None, audience=Audience.PARTNERS).order_by("pk").first()
    told = {"programme": kind.programme, "title": kind.name, "audience": Audience.PARTNERS}
    activity = known or Activity.objects.create(kind=kind, **told)
    session = Session.objects.create(activity=activity, on=on, at=at, minutes=minutes)
    Minutes.objects.create(session=session, agenda=agenda)
    return session


@action
def keep_meeting(
    *, session: Session, came: Mapping[Organisation, Presence], agenda: str, decisions: str, on: date
) -> None:
    """Write down a meeting of a group: what was on the agenda, and once it has been, who came and what was decided."""
    Minutes.objects.update_or_create(session=session, defaults={"agenda": agenda, "decisions": decisions})
    if session.on <= on and came:
        call_roll(session=session, organisations=came, on=on)


@action
def give_task(*, session: Session, what: str, who: str, due_on: date | None) -> Task:
    """Write down what somebody shall do by when, as a meeting has decided."""
    return Task.objects.create(session=session, what=what, who=who, due_on=due_on)


@action
def finish_task(*, task: Task, on: date) -> None:
    """Say that a task is done; said again, that it is not."""
    task.done_on = None if task.done_on else on
    task.save(update_fields=["done_on"])


@action
def certify_month(*, case: Case, month: date, how: Signed, by: User, on: date) -> CertifiedMonth:
    """Let participant and staff certify the hours of a month. From then on its attendance stays as it is.

    Every session of the month that the participant was expected at must have its roll called.
    """
    first, last = month_of(month)
    _must_have_begun(first, on)
    _must_be_signed_here(case.programme)
    if missing := sessions_without_roll(case, first, last).first():
        day = missing.on
        raise Refused(_("The roll of %(day)s is not called for this participant. Call it first.") % {"day": day})
    minutes = attended(case, first, last).aggregate(total=Sum("minutes"))["total"]
    if minutes is None:
        raise Refused(_("Nothing is written down in this month, so there is nothing to sign."))
    with refusing("month_certified_once", _("The month is signed already.")):
        told = {"minutes": minutes, "signed_how": how, "signed_by": by, "signed_on": on}
        return CertifiedMonth.objects.create(case=case, month=first, **told)


@action
def certify_months(*, cases: CaseQuerySet, month: date, how: Signed, by: User, on: date) -> list[CertifiedMonth]:
    """Certify the hours of a month for several at once, as when a pile of signed papers is entered.

    Who has signed already, has nothing written down, or waits for a roll is left out: nothing is signed blindly.
    """
    first, last = month_of(month)
    _must_have_begun(first, on)
    ready = ready_to_sign(cases, first).exclude(programme__hours_signed=HoursSigned.PORTAL)
    told = {"month": first, "signed_how": how, "signed_by": by, "signed_on": on}
    return CertifiedMonth.objects.bulk_create(
        CertifiedMonth(case_id=case, minutes=minutes, **told)
        for case, minutes in minutes_present(ready, first, last).items()
    )


def _must_have_begun(month: date, on: date) -> None:
    if on < month:
        raise Refused(_("The month has not begun."))


def _must_be_signed_here(programme: Programme) -> None:
    if programme.hours_signed == HoursSigned.PORTAL:
        raise Refused(_("The hours of this project are signed in the funder's portal. Write down what stands there."))


@action
def report_portal(*, case: Case, month: date, minutes: int, by: User, on: date) -> CertifiedMonth:
    """Write down the hours of a month that participant and staff have signed in the funder's portal.

    They are what counts, also where the roll says otherwise; the difference is shown, to be cleared up.
    """
    first, last = month_of(month)
    if case.programme.hours_signed != HoursSigned.PORTAL:
        raise Refused(_("The hours of this project are signed here."))
    _must_have_begun(first, on)
    if minutes > (last.day) * 24 * 60:
        raise Refused(_("A month has no so many hours."), "hours")
    with refusing("month_certified_once", _("The month is written down already.")):
        told = {"minutes": minutes, "signed_how": SignedHow.PORTAL, "signed_by": by, "signed_on": on}
        return CertifiedMonth.objects.create(case=case, month=first, **told)


@action
def reopen_month(*, certified: CertifiedMonth, on: date, why: str) -> None:
    """Open a signed month for a correction, with the reason. What was signed stays to be seen."""
    change(certified, reopened_on=on, reopened_why=why)
    certified.save(update_fields=["reopened_on", "reopened_why"])


def _row(session: Session, mark: Presence | Mark, **who: Case | Organisation) -> Attendance:
    mark = mark if isinstance(mark, Mark) else Mark(mark)
    present = session.minutes if mark.minutes is None else mark.minutes
    if present > session.minutes:
        raise Refused(_("The session has %(n)s minutes. Nobody was there longer.") % {"n": session.minutes})
    minutes = present if mark.presence == Presence.PRESENT else 0
    return Attendance(session=session, presence=mark.presence, minutes=minutes, reason=mark.reason, **who)
