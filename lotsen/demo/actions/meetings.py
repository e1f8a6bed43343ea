"""Sessions and who came to them: meetings of the groups, trainings, and the activities that give participant hours."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from lotsen.access.models import Organisation, Unit
from lotsen.activities.actions import call_roll, plan_activity
from lotsen.activities.enums import Presence
from lotsen.cases.models import Case
from lotsen.programmes.enums import Category, CountsAs
from lotsen.programmes.models import Kind, Programme

#: Days between two sessions of an ordinary activity.
RHYTHM = 14
#: The first of May and the national day.
HOLIDAYS = {(5, 1), (6, 6)}


def hold_meetings(programme: Programme, plan: dict[str, Any], cases: list[Case]) -> None:
    """Hold every kind of activity that the programme has."""
    rng = random.Random(plan["seed"] + 1)  # noqa: S311 - made-up people, the same each time
    partners = [p.organisation for p in programme.partners.select_related("organisation") if "partner" in p.roles]
    for kind in programme.kinds.filter(category=Category.ACTIVITY):
        if kind.counts_as in {CountsAs.STEERING_GROUP, CountsAs.PROJECT_GROUP}:
            _groups(kind, partners, rng)
        elif kind.counts_as == CountsAs.EQUALITY_TRAINING:
            _training(kind, plan, cases, partners, rng)
        elif kind.counts_as == CountsAs.STAFF_NETWORK:
            _network(kind, cases)
    ordinary = programme.kinds.filter(category=Category.ACTIVITY, counts_as="").first()
    if ordinary:
        _ordinary(ordinary, cases, rng)


def _groups(kind: Kind, partners: list[Organisation], rng: random.Random) -> None:
    """Meet four times a year; every partner comes to most of the meetings."""
    for session in plan_activity(kind=kind, title=kind.name, minutes=120, days=list(_days(kind.programme, 91))):
        came = {who: Presence.PRESENT if rng.random() < 0.8 else Presence.ABSENT_VALID for who in partners}
        call_roll(session=session, cases={}, organisations=came)


def _training(
    kind: Kind, plan: dict[str, Any], cases: list[Case], partners: list[Organisation], rng: random.Random
) -> None:
    """Train each unit's participants while they are there; the plan says how many in a hundred come."""
    (first,) = plan_activity(
        kind=kind, title=kind.name, minutes=180, days=[kind.programme.starts_on + timedelta(days=60)]
    )
    call_roll(session=first, cases={}, organisations=dict.fromkeys(partners, Presence.PRESENT))
    for unit, own in _by_unit(cases).items():
        share = plan["trained"].get(unit.name, 100)
        coming = set(rng.sample(own, round(len(own) * share / 100)))
        by_day: dict[date, list[Case]] = {}
        for case in own:
            # The last training day before the case closes; whoever stays shorter comes on the first day.
            days = [day for day in _days(kind.programme, 60) if _is_there(case, day)]
            by_day.setdefault(days[-1] if days else case.started_on or case.referred_on, []).append(case)
        for session in plan_activity(kind=kind, title=kind.name, minutes=180, days=sorted(by_day), unit=unit):
            called = by_day[session.on]
            roll = {case: Presence.PRESENT if case in coming else Presence.ABSENT_INVALID for case in called}
            call_roll(session=session, cases=roll)


def _network(kind: Kind, cases: list[Case]) -> None:
    """Let the first of each unit take part in the network."""
    leaders = [own[0] for own in _by_unit(cases).values()]
    for session in plan_activity(kind=kind, title=kind.name, minutes=240, days=list(_days(kind.programme, 60))):
        there = {case: Presence.PRESENT for case in leaders if _is_there(case, session.on)}
        call_roll(session=session, cases=there)


def _ordinary(kind: Kind, cases: list[Case], rng: random.Random) -> None:
    """Meet each unit's participants every other week; some stay away, most of them with a reason."""
    for unit, own in _by_unit(cases).items():
        days = [day for day in _days(kind.programme, RHYTHM) if any(_is_there(case, day) for case in own)]
        for session in plan_activity(kind=kind, title=kind.name, minutes=150, days=days, unit=unit):
            there = [case for case in own if _is_there(case, session.on)]
            call_roll(session=session, cases={case: _presence(rng) for case in there})


def _presence(rng: random.Random) -> Presence:
    return rng.choices(list(Presence), [85, 11, 4])[0]


def _days(programme: Programme, step: int) -> Iterator[date]:
    day = programme.starts_on + timedelta(days=30)
    while day <= programme.ends_on - timedelta(days=2):
        # A Saturday or Sunday moves to the Monday after.
        weekday = day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
        if not is_holiday(weekday):
            yield weekday
        day += timedelta(days=step)


def is_holiday(day: date) -> bool:
    """Tell whether nobody meets on a day: from before Christmas to Twelfth Night, and the days that fall on a date."""
    return (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 6) or (day.month, day.day) in HOLIDAYS


def _is_there(case: Case, day: date) -> bool:
    return bool(case.started_on and case.started_on <= day <= (case.closed_on or day))


def _by_unit(cases: list[Case]) -> dict[Unit, list[Case]]:
    found: dict[Unit, list[Case]] = {}
    for case in cases:
        found.setdefault(case.unit, []).append(case)
    return found
