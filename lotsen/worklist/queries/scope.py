"""What rules look at: some cases on a day, and what they ask of them all, read once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max

from lotsen.activities.enums import Presence
from lotsen.activities.models import Attendance
from lotsen.cases.enums import CaseState
from lotsen.cases.models import Case, StepEntry, WhereaboutsEntry
from lotsen.notes.enums import Came
from lotsen.notes.models import Appointment, Note
from lotsen.plans.models import Plan
from lotsen.programmes.models import Programme, Step
from lotsen.worklist.enums import Rule

#: A note is missed for so long after a meeting.
NOTED_WITHIN = timedelta(days=30)


class Meeting(NamedTuple):
    """What rules ask of a meeting."""

    pk: UUID
    case_id: UUID
    on: date
    came: str
    interpreter: str
    session_id: UUID | None


@dataclass(frozen=True)
class Due:
    """Work that is due: by which rule, why, what to do and where, and by which day."""

    rule: Rule
    on: date
    what: str
    link: str
    case: UUID | None = None
    #: Whom it is about, where it is no case yet.
    name: str = ""
    #: A meeting whose outcome is written down on the worklist itself.
    meeting: UUID | None = None


@dataclass
class Scope:
    """The cases that rules look at on a day, and the units whose referrals they look at."""

    cases: dict[UUID, Case]
    units: list[UUID]
    today: date

    def of(self, state: CaseState) -> list[UUID]:
        """Return the cases in a state."""
        return self._by_state.get(state, [])

    @property
    def active(self) -> list[UUID]:
        """The cases that are going on."""
        return self.of(CaseState.ACTIVE)

    def started(self, case: UUID) -> date:
        """Return when an active case started."""
        return self.cases[case].started_on or self.today

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The meetings of the active cases, those that have been and those to come, the oldest first."""
        rows = Appointment.objects.filter(case__in=self.active).order_by("on", "at")
        return [Meeting(*row) for row in rows.values_list("pk", "case_id", "on", "came", "interpreter", "session_id")]

    @cached_property
    def written(self) -> set[UUID | None]:
        """The meetings of the last weeks that somebody has written a note of."""
        rows = Note.objects.filter(case__in=self.active, appointment__isnull=False, on__gt=self.today - NOTED_WITHIN)
        return set(rows.values_list("appointment", flat=True))

    @cached_property
    def attendances(self) -> list[tuple[UUID, str, date]]:
        """Whether participants of the active cases came to sessions: case, presence and day."""
        rows = Attendance.objects.filter(case__in=self.active).order_by("session__on")
        return list(rows.values_list("case", "presence", "session__on"))

    @cached_property
    def contacts(self) -> dict[UUID, date]:
        """When each active case was last in contact: reached, met, or present at an activity."""
        reached = Note.objects.filter(case__in=self.active, was_reached=True).exclude(way="")
        days = [
            *reached.values_list("case").annotate(Max("on")).order_by(),
            *((each.case_id, each.on) for each in self.meetings if each.came == Came.PRESENT),
            *((case, on) for case, presence, on in self.attendances if presence == Presence.PRESENT),
        ]
        found: dict[UUID, date] = {}
        for case, on in days:
            found[case] = max(on, found.get(case, on))
        return found

    @cached_property
    def whereabouts(self) -> dict[UUID, str]:
        """In what each active case is now."""
        rows = WhereaboutsEntry.objects.filter(case__in=self.active, since__lte=self.today).order_by("since")
        return dict(rows.values_list("case", "whereabouts"))

    @cached_property
    def steps(self) -> dict[UUID, tuple[Step, date]]:
        """On which step each case is now, and since when."""
        rows = StepEntry.objects.filter(case__in=list(self.cases), since__lte=self.today).order_by("since")
        return {case: (self.staircase[step], since) for case, step, since in rows.values_list("case", "step", "since")}

    @cached_property
    def staircase(self) -> dict[UUID, Step]:
        """The steps of all programmes that the cases are of."""
        return Step.objects.filter(programme__in={case.programme_id for case in self.cases.values()}).in_bulk()

    @cached_property
    def plans(self) -> dict[UUID, Plan]:
        """The plan that holds, of each active case that has one."""
        rows = Plan.objects.filter(case__in=self.active, agreed_on__lte=self.today).order_by("agreed_on")
        return {row.case_id: row for row in rows}

    @cached_property
    def _by_state(self) -> dict[CaseState, list[UUID]]:
        found: dict[CaseState, list[UUID]] = {}
        for case in self.cases.values():
            found.setdefault(case.state, []).append(case.pk)
        return found


def scope_of(cases: Iterable[Case], units: list[UUID], today: date) -> Scope:
    """Return the scope of some cases, each with its programme: a few programmes have many cases."""
    found = {case.pk: case for case in cases}
    programmes = Programme.objects.in_bulk({case.programme_id for case in found.values()})
    for case in found.values():
        case.programme = programmes[case.programme_id]
    return Scope(found, units, today)
