"""The lists that people see: made of what is known now, or of what was known when a list was shown."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.core.history import rows_of
from lotsen.matching.definitions import Place
from lotsen.matching.enums import Decided
from lotsen.matching.models import MatchDecision, ShownList
from lotsen.placements.models import Opening, TrainingOffer, open_on

from .features import Then, participants, places, places_for, trainings
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


def for_participant(case: Case, asked: Mapping[str, str]) -> ForParticipant:
    """Return what could suit a participant now, as far as the acting user sees it.

    `asked`: filters; `offered`: as what an opening is offered, `municipality`: where it is.
    """
    today = timezone.localdate()
    return _for_participant(case, places_for(today), trainings(today), asked, today)


def _for_participant(
    case: Case,
    there: Ground,
    courses: tuple[dict[UUID, TrainingOffer], Ground],
    asked: Mapping[str, str],
    today: date,
    shown: ShownList | None = None,
) -> ForParticipant:
    marks = shown.marks if shown else None
    who = participants([case], today, marks)[case.id]
    weights = weighings([case], shown.at if shown else None)[case.id].weights
    aside = rows_of(MatchDecision, marks, case=case.id).filter(decided=Decided.ASIDE)
    without = set(aside.values_list("opening", flat=True)) & there.places.keys()
    if municipality := asked.get("municipality"):
        without |= {key for key, place in there.places.items() if place.municipality != municipality}
    if offered := asked.get("offered"):
        rows = rows_of(Opening, marks).filter(open_on(today), offers__contains=[offered])
        without |= there.places.keys() - set(rows.values_list("id", flat=True))
    offers, taught_in = courses
    return ForParticipant(
        openings=rank(who, there, weights=weights, without=without),
        courses=rank(who, taught_in, weights=weights, codes=OF_TRAINING),
        offers=offers,
        looked_at=len(there.keys) - len(without),
    )


def for_opening(opening: Opening, cases: Iterable[Case]) -> ForOpening:
    """Return whom an opening could suit now."""
    today = timezone.localdate()
    return _for_opening(places(today, Opening.objects.filter(pk=opening.pk))[opening.pk], list(cases), today)


def _for_opening(place: Place, cases: list[Case], today: date, shown: ShownList | None = None) -> ForOpening:
    known = participants(cases, today, shown.marks if shown else None)
    weights = weighings(cases, shown.at if shown else None)
    return ForOpening(rank_people({key: (who, weights[key].weights) for key, who in known.items()}, place), len(cases))


def marks() -> dict[str, int]:
    """Return how far each history has come that a list is made of."""
    found: dict[str, int] = json.loads(database.call("lotsen_match_marks"))
    return found


def again(shown: ShownList) -> ForParticipant | ForOpening | None:
    """Make a list again as it was, as far as the acting user may read what it was made of; none of what is gone."""
    day, then = timezone.localdate(shown.at), Then(shown.marks, shown.fellows)
    if shown.case_id:
        case = rows_of(Case, shown.marks, id=shown.case_id).first()
        if case is None:
            return None
        ground = Ground(places(day, then=then))
        return _for_participant(case, ground, trainings(day, then), shown.asked, day, shown)
    asked = rows_of(Opening, shown.marks, id=shown.opening_id)
    place = places(day, asked, then).get(shown.opening_id)  # type: ignore[arg-type]  # a list is of one of both
    if place is None:
        return None
    active = {"unit__in": shown.units, "started_on__isnull": False, "closed_on": None}
    return _for_opening(place, list(rows_of(Case, shown.marks).filter(**active)), day, shown)
