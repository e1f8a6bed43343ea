"""What rules look at: some cases on a day, and what they ask of them all, read in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import prefetch_related_objects

from lotsen.access.models import User
from lotsen.cases.enums import CaseState
from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.programmes.models import Programme, Step
from lotsen.worklist.enums import Rule

#: Meetings and absences that are older matter to no rule, but for a meeting whose outcome nobody has written down.
RECENT = timedelta(days=30)


class Fact(NamedTuple):
    """Something that rules ask of a case. Which kinds there are stands in `lotsen_facts` (worklist/migrations)."""

    case: UUID
    on: date
    #: The row that it stands in, where a rule leads there.
    row: UUID | None
    word: str
    more: str


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
    """The cases that rules look at on a day; the units whose referrals they look at, and whose sessions."""

    cases: dict[UUID, Case]
    units: list[UUID]
    today: date
    user: User | None = None

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

    def facts(self, kind: str) -> list[Fact]:
        """Return the facts of a kind about cases that are not closed, or that ended and may be followed up."""
        return self._facts.get(kind, [])

    @cached_property
    def contacts(self) -> dict[UUID, date]:
        """When each case was last in contact: reached, met, or present at an activity."""
        return {fact.case: fact.on for fact in self.facts("contact")}

    @cached_property
    def whereabouts(self) -> dict[UUID, str]:
        """In what each case is now."""
        return {fact.case: fact.word for fact in self.facts("whereabouts")}

    @cached_property
    def steps(self) -> dict[UUID, tuple[Step, date]]:
        """On which step each case is now, and since when."""
        steps = {step.pk: step for each in self._programmes for step in each.steps.all()}
        return {fact.case: (steps[fact.row], fact.on) for fact in self.facts("step") if fact.row}

    @cached_property
    def staircases(self) -> dict[UUID, int]:
        """How many steps each programme has."""
        return {each.pk: len(each.steps.all()) for each in self._programmes}

    @property
    def _programmes(self) -> set[Programme]:
        return {case.programme for case in self.cases.values()}

    @cached_property
    def _facts(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = {}
        going_on = [case.pk for case in self.cases.values() if not case.closing]
        ended = [case.pk for case in self.cases.values() if case.closing]
        for kind, *fact in database.rows("lotsen_facts", going_on, ended, self.today - RECENT, self.today):
            found.setdefault(kind, []).append(Fact(*fact))
        return found

    @cached_property
    def _by_state(self) -> dict[CaseState, list[UUID]]:
        found: dict[CaseState, list[UUID]] = {}
        for case in self.cases.values():
            found.setdefault(case.state, []).append(case.pk)
        return found


def scope_of(cases: Iterable[Case], units: list[UUID], today: date, user: User | None = None) -> Scope:
    """Return the scope of some cases, each with its programme: a few programmes have many cases."""
    found = {case.pk: case for case in cases}
    prefetch_related_objects(list(found.values()), "programme__steps")
    return Scope(found, units, today, user)
