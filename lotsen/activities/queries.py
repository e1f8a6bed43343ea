"""Questions over activities, their sessions and who takes part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, User
from lotsen.cases.models import Case, CaseQuerySet
from lotsen.core import database
from lotsen.programmes.enums import CountsAs, PartnerRole
from lotsen.programmes.models import Programme

from .enums import Audience, Presence, Rhythm
from .models import Activity, Attendance, CertifiedMonth, Enrolment, Premises, Session

#: A series has at most so many days: a year of working days.
MOST_DAYS = 260
_STEPS = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14, Rhythm.DAILY: 1}


def series(first: date, last: date | None, rhythm: Rhythm) -> list[date]:
    """Return the days of a series, from the first to the last; every working day leaves Saturdays and Sundays out."""
    if rhythm == Rhythm.ONCE or last is None:
        return [first]
    step = _STEPS[rhythm]
    days = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]
    return [day for day in days if rhythm != Rhythm.DAILY or day.weekday() < 5][:MOST_DAYS]


def activities_of(programme: Programme, today: date) -> QuerySet[Activity]:
    """Return the activities of a programme, each with its next day; those that come next first."""
    ahead = Q(sessions__on__gte=today, sessions__cancelled_on=None)
    found = programme.activities.select_related("kind", "unit")
    return found.annotate(next_on=Min("sessions__on", filter=ahead)).order_by("next_on", "title")


@dataclass(frozen=True)
class Expected:
    """Somebody who is expected at a session, and what is written down so far."""

    case: Case
    attendance: Attendance | None


def roll_of(session: Session, user: User) -> list[Expected]:
    """Return who is expected at a session or is written down, of those whom the user works with, by name."""
    written = {row.case_id: row for row in session.attendances.filter(case__isnull=False)}
    placed = Enrolment.objects.filter(activity=session.activity_id).on(session.on).values_list("case", flat=True)
    cases = Case.objects.worked_by(user).filter(pk__in={*placed, *written}).select_related("person")
    return [Expected(case, written.get(case.pk)) for case in cases.order_by("person__sort_key", "number")]


@dataclass(frozen=True)
class Mark:
    """What is written down of one participant at a session. Without minutes, all of them."""

    presence: Presence
    minutes: int | None = None
    reason: str = ""


def taken_places(activity: Activity) -> int:
    """Return how many places are taken, also by people whom the acting user does not see."""
    found: int = database.call("lotsen_taken_places", activity.pk)
    return found


def with_hours(cases: CaseQuerySet, first: date, last: date) -> QuerySet[Case]:
    """Return some cases, those that were expected at a session from a day to a day, each with its minutes.

    `planned` and `present` are minutes of sessions; `valid` and `invalid` are minutes of absence with and without a
    valid reason. What somebody missed of a session by coming late counts as neither.
    """
    within = Q(attendances__session__on__range=(first, last))
    absent = {
        "valid": within & Q(attendances__presence=Presence.ABSENT_VALID),
        "invalid": within & Q(attendances__presence=Presence.ABSENT_INVALID),
    }
    minutes = {name: Coalesce(Sum("attendances__session__minutes", filter=which), 0) for name, which in absent.items()}
    return cases.filter(within).annotate(
        planned=Coalesce(Sum("attendances__session__minutes", filter=within), 0),
        present=Coalesce(Sum("attendances__minutes", filter=within), 0),
        times=Count("attendances", filter=within & Q(attendances__presence=Presence.PRESENT)),
        **minutes,
    )


def with_signed(cases: QuerySet[Case], month: date) -> QuerySet[Case]:
    """Return some cases with the minutes that are `signed` in a month; none where nobody has signed."""
    standing = CertifiedMonth.objects.filter(case=OuterRef("pk"), month=month, reopened_on=None)
    return cases.annotate(signed=Subquery(standing.values("minutes")[:1]))


def minutes_present(cases: CaseQuerySet, first: date, last: date) -> dict[UUID, int]:
    """Return the minutes that each of some cases was present from a day to a day, by its key."""
    found: QuerySet[Any] = with_hours(cases.order_by(), first, last)
    return dict(found.values_list("pk", "present"))


def sessions_without_roll(case: Case, first: date, last: date) -> QuerySet[Session]:
    """Return the sessions of some days that a participant has a place in and is not written down at."""
    found = Session.objects.without_roll(case=case).filter(on__range=(first, last))
    return found.select_related("activity")


def lacking_rolls(cases: CaseQuerySet, first: date, last: date) -> QuerySet[Any, Any]:
    """Return the keys of those of some cases that had a place at a session of some days, and are not written down."""
    placed = Enrolment.objects.filter(
        Q(until=None) | Q(until__gte=F("activity__sessions__on")),
        # Who has left the programme is expected at nothing, whether or not the place was given back.
        Q(case__closed_on=None) | Q(case__closed_on__gte=F("activity__sessions__on")),
        case__in=cases.order_by(),
        waits=False,
        since__lte=F("activity__sessions__on"),
        activity__sessions__on__range=(first, last),
        activity__sessions__cancelled_on=None,
    ).annotate(session=F("activity__sessions"))
    written = Attendance.objects.filter(session=OuterRef("session"), case=OuterRef("case"))
    return placed.exclude(Exists(written)).order_by().values("case")


def ready_to_sign(cases: CaseQuerySet, month: date) -> CaseQuerySet:
    """Return those of some cases that were expected at something in a month, lack no roll, and have not signed it."""
    first, last = month_of(month)
    signed = CertifiedMonth.objects.filter(month=first, reopened_on=None)
    # By their keys: a join would count the minutes of a case once for each of its sessions.
    expected = Attendance.objects.filter(session__on__range=(first, last), case__in=cases.order_by())
    found = cases.filter(pk__in=expected.values("case"))
    return found.exclude(pk__in=signed.values("case")).exclude(pk__in=lacking_rolls(cases, first, last))


def attended(case: Case, first: date, last: date) -> QuerySet[Attendance]:
    """Return what is written down of a participant from a day to a day, in its order."""
    rows = case.attendances.filter(session__on__range=(first, last))
    return rows.select_related("session__activity__kind").order_by("session__on", "session__at")


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def sessions_between(user: User, first: date, last: date) -> QuerySet[Session]:
    """Return the sessions of a few days in the activities that the user keeps, in their order."""
    found = Session.objects.filter(activity__in=Activity.objects.kept_by(user), on__range=(first, last))
    return found.select_related("activity__kind", "activity__unit", "place", "led_by").order_by("on", "at")


#: How far a calendar program sees: what has been, and what is planned.
_FEED_BACK, _FEED_AHEAD = timedelta(days=31), timedelta(days=366)


def sessions_in_feed(user: User, today: date) -> QuerySet[Session]:
    """Return the sessions that somebody leads, from a month ago to a year ahead."""
    found = sessions_between(user, today - _FEED_BACK, today + _FEED_AHEAD)
    return found.filter(led_by=user)


#: Kinds of meeting to which partners come, whatever the programme calls them.
GROUPS = (CountsAs.STEERING_GROUP, CountsAs.PROJECT_GROUP)


def group_meetings(programme: Programme) -> QuerySet[Session]:
    """Return the meetings of a programme's groups and others for partners, the latest first, each with who `came`."""
    of_groups = Q(activity__kind__counts_as__in=GROUPS) | Q(activity__audience=Audience.PARTNERS)
    found = Session.objects.filter(of_groups, activity__programme=programme, cancelled_on=None)
    is_partner = Q(attendances__organisation__isnull=False)
    return (
        found.select_related("activity__kind", "activity__programme")
        .annotate(
            came=Count("attendances", filter=is_partner & Q(attendances__presence=Presence.PRESENT)),
            asked=Count("attendances", filter=is_partner),
        )
        .order_by("-on", "-at")
    )


def invited(session: Session) -> list[tuple[Organisation, Presence | None]]:
    """Return the partners who belong to a meeting, each with what is written down so far."""
    written = {
        row.organisation_id: Presence(row.presence) for row in session.attendances.filter(organisation__isnull=False)
    }
    partners = session.activity.programme.partners.filter(
        Q(roles__contains=[PartnerRole.PARTNER]) | Q(organisation__in=list(written))
    )
    found = partners.select_related("organisation").order_by("organisation__name")
    return [(each.organisation, written.get(each.organisation_id)) for each in found]


def unmet_needs(place: Premises | None, cases: Iterable[Case]) -> list[str]:
    """Return in words whose needs a place does not meet, or is not known to meet.

    What must be respected lies in an area above, and is reached from here by its name alone.
    """
    found = []
    for case in cases:
        needs = getattr(case, "needs", None)
        if place and needs and needs.is_step_free and not place.is_step_free:
            found.append(_("%(name)s needs premises without steps.") % {"name": case.title})
        if place and needs and needs.has_lift and not place.has_lift:
            found.append(_("%(name)s needs a lift.") % {"name": case.title})
    return found
