"""Questions over placements: who has signed, what is to be done next, what the workplace gets to see."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.core.dates import weekly
from lotsen.employers.models import ContactPerson
from lotsen.placements.enums import GOING_ON, TRANSITIONS, Party, PlacementState
from lotsen.placements.models import Placement, PlacementQuerySet, Signature
from lotsen.programmes.enums import CountsAs, Sex
from lotsen.programmes.models import Programme

#: So many days after the first one a placement is followed up, where its kind says no others; then each month.
VISITS = (3, 10, 30)
VISITS_APART = timedelta(days=30)


def placements_of(programme: Programme, user: User) -> PlacementQuerySet:
    """Return the placements of a programme that a user sees, those that begin last first."""
    found = Placement.objects.visible_to(user).filter(case__programme=programme)
    return found.select_related("case__person", "case__unit", "workplace__employer", "kind").order_by("-from_on")


def placements_in(case: Case) -> list[Placement]:
    """Return the placements of a case, the newest first."""
    return list(case.placements.select_related("workplace__employer", "kind").order_by("-from_on"))


def coach_of(case: Case, on: date) -> User | None:
    """Return who answers for a case on a day."""
    entry = case.responsibleentrys.filter(since__lte=on).select_related("user").order_by("-since").first()
    return entry.user if entry else None


def needs_analysis(placement: Placement) -> bool:
    """Tell whether a workplace analysis comes before the first day: of all kinds but employment."""
    return placement.kind.counts_as != CountsAs.EMPLOYMENT


def may(placement: Placement, name: str) -> bool:
    """Tell whether an action may follow upon the state of a placement."""
    return any(state == placement.state and action == name for state, action, _to in TRANSITIONS)


def signed_by(placement: Placement) -> list[tuple[Party, Signature | None]]:
    """Return the parties of an agreement in their order, each with its signature."""
    found = {Party(each.party): each for each in placement.signatures.all()}
    return [(party, found.get(party)) for party in Party]


def next_visit(placement: Placement) -> date | None:
    """Return when a placement that goes on is to be followed up next."""
    if not placement.goes_on or not placement.began_on:
        return None
    visits = sorted(visit.on for visit in placement.visits.all())
    return visit_after(visits[-1] if visits else placement.began_on, len(visits), placement.kind.visits)


def visit_after(last: date, count: int, days: Sequence[int] = ()) -> date:
    """Return when to follow up next, after so many times, the `last` on this day; the first day where there is none.

    `days` are those of the kind of placement, after its first day.
    """
    days = days or VISITS
    before = days[count - 1] if 0 < count <= len(days) else 0
    return last + (timedelta(days=days[count] - before) if count < len(days) else VISITS_APART)


@dataclass(frozen=True)
class Shown:
    """What a workplace gets to see of a placement, and no more: a first name, no number, nothing of the case."""

    purpose: str
    given_name: str
    workplace: str
    kind: dict[str, str]
    first: date
    last: date | None
    schedule: str
    hours_per_week: int | None
    tasks: str
    supervisor: str
    insurance: str
    unit: str
    contact: str
    is_answered: bool
    #: Of an assessment: whether the placement has begun, so that there is something to say.
    may_answer: bool


def materials_shown() -> list[tuple[str, str, str]]:
    """Return what the workplace of this request's link may read: title, text, link."""
    return [(title, body, link) for title, body, link in database.rows("lotsen_materials_shown")]


@dataclass(frozen=True)
class KindCount:
    """How many placements of a kind have begun, of women, men and others, and how many were completed."""

    name: str
    women: int
    men: int
    others: int
    completed: int

    @property
    def total(self) -> int:
        """All together."""
        return self.women + self.men + self.others


def by_kind(programme: Programme, user: User) -> list[KindCount]:
    """Count the placements of a programme that have begun, as far as a user sees them, by kind and sex."""
    begun = Placement.objects.visible_to(user).filter(case__programme=programme, began_on__isnull=False)
    counted = (
        begun.order_by()
        .values_list("kind")
        .annotate(
            women=Count("pk", filter=Q(case__sex=Sex.WOMAN)),
            men=Count("pk", filter=Q(case__sex=Sex.MAN)),
            others=Count("pk", filter=~Q(case__sex__in=[Sex.WOMAN, Sex.MAN])),
            completed=Count("pk", filter=Q(state=PlacementState.COMPLETED)),
        )
    )
    numbers = {kind: rest for kind, *rest in counted}
    return [KindCount(kind.name, *numbers[kind.pk]) for kind in programme.kinds.all() if kind.pk in numbers]


def supervisors(programme: Programme, user: User) -> tuple[int, int]:
    """Return how many supervise placements that go on, as far as a user sees them, and how many are trained for it."""
    going_on = Placement.objects.visible_to(user).filter(case__programme=programme, state__in=GOING_ON)
    people = ContactPerson.objects.filter(pk__in=going_on.values("supervisor"))
    found = people.aggregate(all=Count("pk"), trained=Count("pk", filter=Q(trained_on__isnull=False)))
    return found["all"], found["trained"]


def shown_by_link() -> Shown | None:
    """Return what the link of this request shows, and count the opening. None where it opens nothing."""
    rows = database.rows("lotsen_placement_shown")
    if not rows:
        return None
    purpose, given_name, workplace, kind, first, last, *when, hours, tasks, supervisor, insurance, unit, contact = rows[
        0
    ][:-2]
    told = (hours, tasks, supervisor, insurance, unit, contact, *rows[0][-2:])
    return Shown(purpose, given_name, workplace, json.loads(kind), first, last, weekly(*when), *told)
