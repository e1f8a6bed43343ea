"""The worklist: what all rules say of somebody's cases, and what a row shows beside it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotsen.access.models import Unit, User
from lotsen.cases.enums import Closing
from lotsen.cases.models import Case
from lotsen.cases.queries import Load, loads_of, responsible_for
from lotsen.notes.models import Appointment
from lotsen.profiles.models import Needs
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


def _worked_on(cases: QuerySet[Case], today: date) -> QuerySet[Case]:
    """Return the cases that rules look at: open ones, and exits that may be followed up."""
    since = today - FOLLOWED_UP_WITHIN * 2
    found = cases.filter(Q(closed_on=None) | Q(closing=Closing.EXIT, closed_on__gt=since))
    shown = ("programme", "number", "age", "referred_on", "started_on", "closed_on", "closing", "unit")
    return found.select_related("person").only(*shown, "person__given_name", "person__family_name")


def worklist_of(user: User, today: date) -> Worklist:
    """Return the worklist of a member of staff: the cases answered for, and what waits for anybody of the units."""
    keys = _worked_on(Case.objects.worked_by(user), today).order_by().values_list("pk", "started_on")
    begun = dict(keys)
    owners = responsible_for(begun, today)
    mine = [key for key, start in begun.items() if owners.get(key) == user.pk or (key not in owners and not start)]
    scope = scope_of(_worked_on(Case.objects.filter(pk__in=mine), today), user.own_units, today)
    found = sorted(due_in(scope), key=lambda due: (due.on, due.rule, due.name))
    beside = _beside(scope)
    rows = [_row(due, scope, beside) for due in found]
    return Worklist(rows, Counter(due.rule for due in found), len(scope.active))


def due_in(scope: Scope) -> list[Due]:
    """Return what every rule says of a scope."""
    return [due for rule in RULES for due in rule(scope)]


@dataclass(frozen=True)
class _Beside:
    steps: Counter[UUID]
    interpreters: dict[UUID, str]


def _beside(scope: Scope) -> _Beside:
    needs = Needs.objects.filter(case__in=list(scope.cases)).exclude(interpreter="")
    return _Beside(
        steps=Counter(step.programme_id for step in scope.staircase.values()),
        interpreters=dict(needs.values_list("case", "interpreter")),
    )


def _row(due: Due, scope: Scope, beside: _Beside) -> Row:
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
        steps=beside.steps[case.programme_id],
        interpreter=beside.interpreters.get(case.pk, ""),
        last_contact=scope.contacts.get(case.pk),
    )


def meetings_of(user: User, today: date) -> QuerySet[Appointment]:
    """Return the meetings of a member of staff on a day, in their order."""
    found = Appointment.objects.visible_to(user).filter(user=user, on=today)
    return found.select_related("case__person").order_by("at")


def counts_by_coach(unit: Unit, today: date) -> list[tuple[Load, Counter[Rule], int]]:
    """Return how much is due for each colleague of a unit, by rule, and how much of it is late."""
    scope = scope_of(_worked_on(Case.objects.filter(unit=unit), today), [], today)
    owners = responsible_for(scope.cases, today)
    found = due_in(scope)
    counts: dict[UUID, Counter[Rule]] = {}
    late: Counter[UUID] = Counter()
    for due in found:
        owner = owners.get(due.case) if due.case else None
        if owner:
            counts.setdefault(owner, Counter())[due.rule] += 1
            late[owner] += due.on < today
    return [(load, counts.get(user, Counter()), late[user]) for user, load in loads_of(unit, today).items()]
