"""The lists that people see: made of what is known now, or of what was known when a list was shown."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.core.history import Marks, rows_of
from lotsen.matching.enums import Decided
from lotsen.matching.models import MatchDecision, ShownList
from lotsen.placements.models import Opening, TrainingOffer, open_on

from .features import participants, places, places_for, trainings
from .grid import Ground
from .ranking import OF_TRAINING, Lists, Match, rank, rank_people
from .weighing import weighings


@dataclass(frozen=True)
class ForParticipant:
    """What could suit a participant: openings, and courses with their offers."""

    openings: Lists
    courses: Lists
    offers: Mapping[UUID, TrainingOffer]
    looked_at: int

    @property
    def digest(self) -> str:
        """What tells that another list is the same."""
        return _digest((self.openings, self.courses))


@dataclass(frozen=True)
class ForOpening:
    """Whom an opening could suit."""

    people: Lists
    looked_at: int

    @property
    def digest(self) -> str:
        """What tells that another list is the same."""
        return _digest((self.people,))


def _digest(lists: Iterable[Lists]) -> str:
    """Return SHA-256 of the order, the scores and what each factor found."""

    def told(match: Match) -> list[Any]:
        return [str(match.key), round(match.score * 100), {f.code: f.name_of(found) for f, found in match.findings}]

    said = [[[told(match) for match in part] for part in (each.possible, each.opened_by_one)] for each in lists]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def for_participant(case: Case, user: User, asked: Mapping[str, str]) -> ForParticipant:
    """Return what could suit a participant now. `asked`: filters, as in `_asked_for`."""
    today = timezone.localdate()
    aside = _aside(case.pk, None)
    return _for_participant(case, places_for(user, today), trainings(today), asked, aside, today)


def _for_participant(
    case: Case,
    there: Ground,
    courses: tuple[dict[UUID, TrainingOffer], Ground],
    asked: Mapping[str, str],
    aside: Collection[UUID],
    today: date,
    marks: Marks | None = None,
    at: datetime | None = None,
) -> ForParticipant:
    who = participants([case], today, marks)[case.id]
    weights = weighings([case], at)[case.id].weights
    without = set(aside) & there.places.keys()
    if asked:
        without |= there.places.keys() - _asked_for(asked, today, marks)
    offers, taught_in = courses
    return ForParticipant(
        openings=rank(who, there, weights=weights, without=without),
        courses=rank(who, taught_in, weights=weights, codes=OF_TRAINING),
        offers=offers,
        looked_at=len(there.keys) - len(without),
    )


def _aside(case: UUID, marks: Marks | None) -> set[UUID]:
    rows = rows_of(MatchDecision, marks, case=case).filter(decided=Decided.ASIDE)
    return set(rows.values_list("opening", flat=True))


def _asked_for(asked: Mapping[str, str], today: date, marks: Marks | None) -> set[UUID]:
    """Return the openings that are asked for: as what they are offered, and in which municipality."""
    rows = rows_of(Opening, marks).filter(open_on(today))
    if offered := asked.get("offered"):
        rows = rows.filter(offers__contains=[offered])
    if municipality := asked.get("municipality"):
        rows = rows.filter(workplace__municipality=municipality)
    return set(rows.values_list("id", flat=True))


def for_opening(opening: Opening, cases: Iterable[Case]) -> ForOpening:
    """Return whom an opening could suit now."""
    return _for_opening(opening.pk, list(cases), timezone.localdate())


def _for_opening(
    opening: UUID, cases: list[Case], today: date, marks: Marks | None = None, at: datetime | None = None
) -> ForOpening:
    place = places(today, rows_of(Opening, marks, id=opening), marks)[opening]
    known, weights = participants(cases, today, marks), weighings(cases, at)
    return ForOpening(rank_people({key: (who, weights[key].weights) for key, who in known.items()}, place), len(cases))


def marks() -> dict[str, int]:
    """Return how far each history has come that a list is made of."""
    found: dict[str, int] = json.loads(database.call("lotsen_match_marks"))
    return found


def fellow_units() -> list[UUID]:
    """Return the units whose openings the acting user sees."""
    return list(database.call("lotsen_fellow_units") or [])


def again(shown: ShownList) -> ForParticipant | ForOpening | None:
    """Make a list again as it was, as far as the acting user may read what it was made of; none of what is gone."""
    day = timezone.localdate(shown.at)
    if shown.case_id:
        (case,) = rows_of(Case, shown.marks, id=shown.case_id).select_related("unit") or (None,)
        if case is None:
            return None
        theirs = rows_of(Opening, shown.marks).filter(open_on(day), unit__in=shown.units)
        ground = Ground(places(day, theirs, shown.marks))
        aside = _aside(shown.case_id, shown.marks)
        courses = trainings(day, shown.marks, shown.units)
        return _for_participant(case, ground, courses, shown.asked, aside, day, shown.marks, shown.at)
    active = {"unit__in": shown.units, "started_on__isnull": False, "closed_on": None}
    cases = rows_of(Case, shown.marks).filter(**active).select_related("unit")
    if not rows_of(Opening, shown.marks, id=shown.opening_id).exists():
        return None
    assert shown.opening_id is not None
    return _for_opening(shown.opening_id, list(cases), day, shown.marks, shown.at)
