"""The worklist: what all rules say of somebody's cases, and what a row shows beside it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotsen.access.models import Unit, User
from lotsen.cases.enums import Closing
from lotsen.cases.models import Case, CaseQuerySet
from lotsen.cases.queries import Load, loads_of, with_owner
from lotsen.notes.models import Appointment
from lotsen.worklist.enums import Rule, Turn

from .rules import FOLLOWED_UP_WITHIN, RULES
from .scope import Due, Scope, scope_of


@dataclass(frozen=True)
class Row:
    """A row of the worklist: what is due, of whom, and what one needs to see beside it."""

    due: Due
    case: Case | None
    late_days: int
    ahead: int
    step: int = 0
    steps: int = 0
    interpreter: str = ""
    last_contact: date | None = None

    @property
    def stairs(self) -> list[bool]:
        """Return for each step of the staircase whether it is reached."""
        return [place < self.step for place in range(self.steps)]

    @property
    def color(self) -> str:
        """The colour of the reason: late, due, or waiting. It never says it alone."""
        if self.due.rule.turn == Turn.OTHERS:
            return "neutral"
        return "danger" if self.late_days else "info" if self.due.rule == Rule.REFERRAL else "warning"

    @property
    def by_words(self) -> str:
        """When it is due, in words: late ones first of all."""
        days = self.late_days
        if days:
            return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
        ahead = self.ahead
        if ahead <= 1:
            return _("Tomorrow") if ahead else _("Today")
        return _("In %(n)s days") % {"n": ahead}


@dataclass(frozen=True)
class Worklist:
    """All that is due, the oldest day first; how many rows each rule has; how many cases are going on."""

    rows: list[Row]
    counts: Counter[Rule]
    cases: int


def _worked_on(cases: CaseQuerySet, today: date) -> QuerySet[Any]:
    """Return the cases that rules look at: open ones, and exits that may be followed up."""
    # The last follow-up of a programme falls about a year after the exit.
    since = today - FOLLOWED_UP_WITHIN - timedelta(days=400)
    found = with_owner(cases, today).filter(Q(closed_on=None) | Q(closing=Closing.EXIT, closed_on__gt=since))
    shown = ("programme", "number", "age", "referred_on", "started_on", "closed_on", "closing", "unit")
    beside = ("person__given_name", "person__family_name", "needs__interpreter")
    return found.select_related("person", "needs").only(*shown, *beside)


def worklist_of(user: User, today: date) -> Worklist:
    """Return the worklist of a member of staff: the cases answered for, and what waits for anybody of the units."""
    mine = Q(owner=user) | Q(owner=None, started_on=None)
    scope = scope_of(_worked_on(Case.objects.worked_by(user), today).filter(mine), user.own_units, today, user)
    found = sorted(due_in(scope), key=lambda due: (due.on, due.rule, due.name))
    rows = [_row(due, scope) for due in found]
    return Worklist(rows, Counter(due.rule for due in found), len(scope.active))


def due_in(scope: Scope) -> list[Due]:
    """Return what every rule says of a scope."""
    return [due for rule in RULES for due in rule(scope)]


def _row(due: Due, scope: Scope) -> Row:
    days = (scope.today - due.on).days
    late, ahead = max(days, 0), max(-days, 0)
    if due.case is None:
        return Row(due, None, late, ahead)
    case = scope.cases[due.case]
    return Row(
        due,
        case,
        late,
        ahead,
        step=scope.steps[case.pk][0].position + 1 if case.pk in scope.steps else 0,
        steps=scope.staircases[case.programme_id],
        interpreter=case.needs.interpreter if hasattr(case, "needs") else "",
        last_contact=scope.contacts.get(case.pk),
    )


def meetings_of(user: User, today: date) -> QuerySet[Appointment]:
    """Return the meetings of a member of staff on a day, in their order."""
    found = Appointment.objects.visible_to(user).filter(user=user, on=today)
    return found.select_related("case__person").order_by("at")


def counts_by_coach(unit: Unit, today: date) -> list[tuple[Load, Counter[Rule], int]]:
    """Return how much is due for each colleague of a unit, by rule, and how much of it is late."""
    cases = list(_worked_on(Case.objects.filter(unit=unit), today))
    owners = {case.pk: case.owner for case in cases}
    scope = scope_of(cases, [], today)
    found = due_in(scope)
    counts: dict[UUID, Counter[Rule]] = {}
    late: Counter[UUID] = Counter()
    for due in found:
        owner = owners[due.case] if due.case else None
        if owner:
            counts.setdefault(owner, Counter())[due.rule] += 1
            late[owner] += due.on < today
    return [(load, counts.get(user, Counter()), late[user]) for user, load in loads_of(unit, today).items()]
