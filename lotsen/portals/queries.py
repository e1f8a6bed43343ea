"""What happened in a case, gathered from every area."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotsen.access.models import User
from lotsen.activities.enums import Presence
from lotsen.cases.models import Case
from lotsen.notes.enums import Came
from lotsen.notes.queries import notes_of
from lotsen.plans.models import Plan, PlanGoal
from lotsen.programmes.models import Step
from lotsen.worklist.enums import Turn
from lotsen.worklist.queries import Due, due_in, scope_of

#: What the timeline shows or leaves out together: a group's name, what it is called, and its kinds of event.
GROUPS: tuple[tuple[str, Any, frozenset[str]], ...] = (
    ("talks", gettext_lazy("Notes and contacts"), frozenset({"note"})),
    ("attendance", gettext_lazy("Attendance"), frozenset({"attendance"})),
    (
        "course",
        gettext_lazy("Steps and facts"),
        frozenset({"step", "whereabouts", "support", "plan", "placement", "referral", "start", "exit", "follow_up"}),
    ),
)

#: A note that is shorter stands open in the timeline.
SHORT_TEXT = 250


@dataclass(frozen=True)
class Event:
    """Something that happened on a day. Of the kind `attendance`, a tag says who came."""

    on: date
    kind: str
    title: str
    detail: str = ""
    tag: str = ""
    color: str = "neutral"
    body: str = ""
    is_folded: bool = False

    @property
    def is_long(self) -> bool:
        """Whether the text is folded until it is asked for."""
        return self.is_folded or len(self.body) > SHORT_TEXT


@dataclass(frozen=True)
class StepShown:
    """A step of the staircase, since when the case stands or stood on it, and for how many days in all."""

    step: Step
    since: date | None
    days: int | None


def staircase(case: Case, today: date) -> list[StepShown]:
    """Return the steps of the programme in order. A step that is left and come back to counts all its days."""
    entries = list(case.stepentrys.all())
    last = min(case.closed_on or today, today)
    ends = [*(entry.since for entry in entries[1:]), last][: len(entries)]
    days: dict[UUID, int] = {}
    since: dict[UUID, date] = {}
    for entry, end in zip(entries, ends, strict=True):
        days[entry.step_id] = days.get(entry.step_id, 0) + max((end - entry.since).days, 0)
        since[entry.step_id] = entry.since
    return [StepShown(step, since.get(step.pk), days.get(step.pk)) for step in case.programme.steps.all()]


def due_of(case: Case, today: date) -> list[Due]:
    """Return what needs somebody in one case, the most pressing first: what stands on the worklist too."""
    return sorted(due_in(scope_of([case], [], today)), key=lambda due: (due.rule.turn == Turn.OTHERS, due.on))


@dataclass(frozen=True)
class GoalShown:
    """A goal of the plan that holds, and how much of what was agreed under it is done."""

    goal: PlanGoal
    done: int
    of: int


def goals_of(plan: Plan) -> list[GoalShown]:
    """Return the goals of a plan, each with how far it has come."""
    found = []
    for goal in plan.goals.prefetch_related("actions"):
        steps = list(goal.actions.all())
        found.append(GoalShown(goal, sum(step.done_on is not None for step in steps), len(steps)))
    return found


def timeline(case: Case, user: User, hidden: Collection[str] = ()) -> list[tuple[date, list[Event]]]:
    """Return the days of a case, newest first, each with its events in their order; without those of hidden groups."""
    left_out = {kind for name, _label, kinds in GROUPS if name in hidden for kind in kinds}
    days: dict[date, list[Event]] = {}
    for event in _events(case, user):
        if event.kind not in left_out:
            days.setdefault(event.on, []).append(event)
    return sorted(days.items(), reverse=True)


def _events(case: Case, user: User) -> Iterator[Event]:
    yield from _milestones(case)
    yield from _talks(case, user)
    for step in case.stepentrys.all():
        overruled = _("Lacking: %(what)s. %(why)s") % {"what": step.lacking.replace("\n", "; "), "why": step.reason}
        title = _("Came onto the step %(step)s") % {"step": step.step}
        yield Event(step.since, "step", title, overruled if step.lacking else "")
    for entry in case.whereaboutsentrys.all():
        yield Event(entry.since, "whereabouts", _("Whereabouts: %(what)s") % {"what": entry.get_whereabouts_display()})
    for support in case.supportentrys.all():
        yield Event(support.since, "support", _("Means of support: %(what)s") % {"what": support.get_support_display()})
    for on in [plan.agreed_on for plan in case.plans.all() if plan.agreed_on]:
        yield Event(on, "plan", _("A plan was agreed"))
    for placement in case.placements.select_related("workplace__employer", "kind"):
        for day, title in ((placement.began_on, _("%(kind)s began")), (placement.ended_on, _("%(kind)s ended"))):
            if day:
                yield Event(day, "placement", title % {"kind": placement.kind}, placement.workplace.name)
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


def _talks(case: Case, user: User) -> Iterator[Event]:
    """Notes, and meetings that have been: with a tag that says who came."""
    colors = {Came.PRESENT: "success", Came.ABSENT_INVALID: "danger"}
    for meeting in case.appointments.exclude(came="").filter(session=None):
        tag, color = meeting.get_came_display(), colors.get(Came(meeting.came), "neutral")
        yield Event(meeting.on, "attendance", f"{meeting.at:%H.%M} {meeting.get_way_display()}", "", tag, color)
    for note in notes_of(case, user):
        title = note.get_way_display() if note.way else _("A note")
        tag = "" if note.was_reached or not note.way else _("Not reached")
        by = note.written_by.name
        yield Event(note.on, "note", str(title), by, str(tag), "warning", note.body, is_folded=note.is_private)


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
