"""Questions over placements: who has signed, what is to be done next, what the workplace gets to see."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.programmes.enums import CountsAs
from lotsen.programmes.models import Programme

from .enums import TRANSITIONS, Party
from .models import Placement, PlacementQuerySet, Signature
from .models.placement import in_words

#: So many days after the first one a placement is followed up; after the last of them, each month.
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
    return visit_after(visits[-1] if visits else placement.began_on, len(visits))


def visit_after(last: date, count: int) -> date:
    """Return when to follow up next, after so many times, the `last` on this day; the first day where there is none."""
    before = VISITS[count - 1] if count else 0
    return last + (timedelta(days=VISITS[count] - before) if count < len(VISITS) else VISITS_APART)


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


def shown_by_link() -> Shown | None:
    """Return what the link of this request shows, and count the opening. None where it opens nothing."""
    rows = database.rows("lotsen_placement_shown")
    if not rows:
        return None
    purpose, given_name, workplace, kind, first, last, *when, hours, tasks, supervisor, insurance, unit, contact = rows[
        0
    ][:-2]
    told = (hours, tasks, supervisor, insurance, unit, contact, *rows[0][-2:])
    return Shown(purpose, given_name, workplace, json.loads(kind), first, last, in_words(*when), *told)
