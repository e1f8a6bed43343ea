"""What happened in a case, gathered from every area."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lotsen.activities.enums import Presence
from lotsen.cases.models import Case


@dataclass(frozen=True)
class Event:
    """Something that happened on a day. Of the kind `attendance`, a tag says who came."""

    on: date
    kind: str
    title: str
    detail: str = ""
    tag: str = ""
    color: str = "neutral"


def timeline(case: Case) -> list[tuple[date, list[Event]]]:
    """Return the days of a case, newest first, each with its events in the order of the day."""
    days: dict[date, list[Event]] = {}
    for event in _events(case):
        days.setdefault(event.on, []).append(event)
    return sorted(days.items(), reverse=True)


def _events(case: Case) -> Iterator[Event]:
    yield from _milestones(case)
    for step in case.stepentrys.select_related("step"):
        yield Event(step.since, "step", _("Came onto the step %(step)s") % {"step": step.step})
    for entry in case.whereaboutsentrys.all():
        yield Event(entry.since, "whereabouts", _("Whereabouts: %(what)s") % {"what": entry.get_whereabouts_display()})
    for support in case.supportentrys.all():
        yield Event(support.since, "support", _("Means of support: %(what)s") % {"what": support.get_support_display()})
    for plan in case.plans.all():
        yield Event(plan.agreed_on, "plan", _("A plan was agreed"))
    for placement in case.placements.select_related("workplace__employer", "kind"):
        title = _("%(kind)s began") % {"kind": placement.kind}
        yield Event(placement.began_on, "placement", title, placement.workplace.name)
        if placement.ended_on:
            ended = _("%(kind)s ended") % {"kind": placement.kind}
            yield Event(placement.ended_on, "placement", ended, placement.workplace.name)
    yield from _attendance(case)
    for found in case.follow_ups.all():
        said = [
            (found.in_work, _("In work")),
            (found.in_education, _("In education")),
            (found.in_other_programme, _("In another programme")),
            (found.sees_better_chances, _("Sees better chances of work")),
        ]
        detail = ", ".join(words for holds, words in said if holds) if found.answered else _("No answer")
        yield Event(found.done_on, "follow_up", _("Follow-up on day %(day)s") % {"day": found.day}, detail)


def _milestones(case: Case) -> Iterator[Event]:
    by = case.referred_by.name if case.referred_by else ""
    yield Event(case.referred_on, "referral", _("Referred"), by)
    if case.started_on:
        yield Event(case.started_on, "start", _("Started"), case.unit.name)
    if case.closed_on and case.destination:
        yield Event(
            case.closed_on, "exit", _("Ended"), f"{case.outcome}: {case.reason}" if case.person else case.outcome
        )
    elif case.closed_on:
        yield Event(case.closed_on, "exit", _("Transferred"), case.transferred_to)


def _attendance(case: Case) -> Iterator[Event]:
    colors = {Presence.PRESENT: "success", Presence.ABSENT_VALID: "neutral", Presence.ABSENT_INVALID: "danger"}
    for row in case.attendances.select_related("session__activity__kind"):
        presence = Presence(row.presence)
        activity = row.session.activity
        # A title that only repeats the kind is said in the reader's language.
        title = activity.kind.name if activity.title in activity.kind.names.values() else activity.title
        yield Event(row.session.on, "attendance", title, "", str(presence.label), colors[presence])
