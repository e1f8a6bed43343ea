"""What a unit's participants do together: two rooms, a course with a waiting list, a weekly walk whose roll waits."""

from datetime import date, time, timedelta

from lotsen.access.models import Unit, User
from lotsen.activities.actions import call_roll, enrol, keep_premises, plan_activity
from lotsen.activities.enums import Presence
from lotsen.activities.models import Premises, Session
from lotsen.cases.models import Case
from lotsen.programmes.enums import Category
from lotsen.programmes.models import Programme

from .meetings import is_holiday


def meet_in_groups(programme: Programme, unit: Unit, coach: User, today: date) -> None:
    """Make the rooms and the activities of a unit, around today. The last roll of the walk is not called yet."""
    room = _make_rooms(unit)
    going_on = Case.objects.filter(programme=programme, unit=unit, closed_on=None, started_on__lt=today)
    # Who is met anyway: a group would end the silence of those whom nobody has reached.
    cases = list(
        going_on.filter(notes__on__gt=today - timedelta(days=10), notes__was_reached=True).distinct().order_by("number")
    )
    kinds = {kind.code: kind for kind in programme.kinds.filter(category=Category.ACTIVITY)}
    course = plan_activity(
        kind=kinds["course"],
        title="Köksspråk",
        at=time(13, 0),
        minutes=150,
        days=_weeks(today, -4, 5, weekday=2),
        place=room,
        capacity=6,
        purpose="Deltagarna kan de ord som behövs i ett storkök.",
        unit=unit,
        led_by=coach,
    )
    walk = plan_activity(
        kind=kinds["group"],
        title="Promenadgruppen",
        at=time(9, 30),
        minutes=60,
        days=_weeks(today, -6, 3, weekday=0),
        unit=unit,
        led_by=coach,
    )
    _take_part(course, cases[:8], today, open_rolls=0)
    _take_part(walk, cases[2:9], today, open_rolls=1)


def _make_rooms(unit: Unit) -> Premises:
    """Make two rooms, one of them in a cellar; return the other."""
    keep_premises(
        unit=unit,
        name="Verkstaden",
        address="Hamnplan 3, källaren",
        capacity=6,
        is_step_free=False,
        has_lift=False,
        has_accessible_toilet=None,
        has_hearing_loop=None,
    )
    return keep_premises(
        unit=unit,
        name="Kurslokalen",
        address="Storgatan 12",
        capacity=12,
        is_step_free=True,
        has_lift=True,
        has_accessible_toilet=True,
        has_hearing_loop=False,
    )


def _take_part(sessions: list[Session], cases: list[Case], today: date, *, open_rolls: int) -> None:
    """Sign up participants, and call the rolls up to today but for the last ones."""
    activity, first = sessions[0].activity, sessions[0].on
    for case in cases:
        enrol(activity=activity, case=case, since=max(first, case.started_on or first))
    been = [session for session in sessions if session.on < today]
    for session in been[: len(been) - open_rolls]:
        placed = [each.case for each in activity.enrolments.on(session.on)]
        roll = {
            case: Presence.ABSENT_VALID if (n + session.on.day) % 7 == 0 else Presence.PRESENT
            for n, case in enumerate(placed)
        }
        call_roll(session=session, cases=roll)


def _weeks(today: date, first: int, last: int, *, weekday: int) -> list[date]:
    """Return a weekday of each of the weeks around today."""
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(weeks=week, days=weekday) for week in range(first, last)]
    return [day for day in days if not is_holiday(day)]
