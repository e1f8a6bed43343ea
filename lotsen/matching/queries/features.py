"""What is known of participants and places, as the factors ask for it, in as many statements for one as for many.

Sex, country of birth, age and health are not read here, so nothing that follows can rest on them.
"""

import csv
import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q

from lotsen.access.models import Municipality, Unit
from lotsen.activities.models import Enrolment, Session
from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.core.history import Marks, rows_of
from lotsen.employers.enums import Demand, Sector, Swedish
from lotsen.employers.models import Employer, OccupationSexes, TravelTime, Workplace, WorkplaceAnalysis
from lotsen.matching.definitions import Participant, Place
from lotsen.placements.enums import Offered
from lotsen.placements.models import Opening, TrainingOffer, offered_on, open_on
from lotsen.placements.queries import may_be_subsidised
from lotsen.profiles.enums import Licence
from lotsen.profiles.models import Competence, Needs, Wish

from .grid import Ground

_DATA = Path(__file__).parents[1] / "data"
_LEVELS = {level.value: place for place, level in enumerate(Swedish)}
_DEMANDS = {demand.value: place for place, demand in enumerate(Demand)}
_SECTORS = {sector.value: place for place, sector in enumerate(Sector)}
_TRAVELS = {"municipality": 0, "county": 1, "anywhere": 2}
#: Classes so far ahead take the hours of a place that begins now.
_AHEAD = timedelta(days=60)


@cache
def near() -> dict[str, dict[str, int]]:
    """Return for each occupation how near others are to it, in per cent (JobTech Taxonomy; ../data/README.md)."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with (_DATA / "near_occupations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["ssyk4"]][row["near"]] = int(row["percent"])
    return dict(found)


@cache
def groups_of_skills() -> dict[str, tuple[str, ...]]:
    """Return the occupations of each skill (JobTech Taxonomy)."""
    found: dict[str, list[str]] = defaultdict(list)
    with (_DATA / "group_skills.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["skill_concept_id"]].append(row["ssyk4"])
    return {skill: tuple(groups) for skill, groups in found.items()}


def reach(codes: Iterable[str]) -> dict[str, int]:
    """Return how near every occupation is to the nearest of some: 100 for themselves."""
    found: dict[str, int] = {}
    for code in codes:
        for other, percent in {**near().get(code, {}), code: 100}.items():
            found[other] = max(found.get(other, 0), percent)
    return found


def bits(begins: time, ends: time) -> int:
    """Return the hours of a day between two times, as bits."""
    last = ends.hour + (ends.minute > 0)
    return sum(1 << hour for hour in range(begins.hour, max(last, begins.hour + 1)))


def participants(cases: Sequence[Case], today: date, marks: Marks | None = None) -> dict[UUID, Participant]:
    """Return what is known of participants, or was at a mark: nine statements, whatever their number."""
    keys = [case.id for case in cases]
    needs = {row.case_id: row for row in rows_of(Needs, marks, case__in=keys)}
    wished, trained, skills = _wanted(keys, marks)
    busy = _busy(keys, today, marks)
    counties = dict(Municipality.objects.values_list("code", "county"))
    units = rows_of(Unit, marks, id__in={case.unit_id for case in cases})
    towns = dict(units.values_list("id", "municipality"))
    ways = _ways(set(towns.values()), marks)
    nothing = Needs()
    found = {}
    for case in cases:
        home = towns.get(case.unit_id) or ""
        own = needs.get(case.id, nothing)
        in_time, too_long = _within(ways.get(home, {}), own.minutes)
        found[case.id] = _participant(
            own,
            wished=reach(wished[case.id]),
            trained=reach(trained[case.id]),
            skills=skills[case.id],
            busy=tuple(busy[case.id]),
            home=home,
            county=counties.get(home, ""),
            in_time=in_time,
            too_long=too_long,
            subsidised=tuple(may_be_subsidised(case, sector, today) for sector in Sector.values),
        )
    return found


def _participant(needs: Needs, **told: Any) -> Participant:
    licence = {"": None, Licence.HELD: True}.get(needs.licence, False)
    return Participant(
        **told,
        swedish=_LEVELS.get(needs.swedish),
        licence=licence,
        travels=_TRAVELS.get(needs.travels),
        hours=needs.hours_per_week,
        needs_step_free=needs.is_step_free,
        needs_lift=needs.has_lift,
        most=(_DEMANDS.get(needs.physical), _DEMANDS.get(needs.social), _DEMANDS.get(needs.tempo)),
        supervision=_DEMANDS.get(needs.supervision),
        ready=needs.ready_on.toordinal() if needs.ready_on else None,
        line=needs.line,
    )


def _ways(homes: set[str | None], marks: Marks | None) -> dict[str, dict[str, int]]:
    """Return the minutes from some municipalities to others, by bus and train."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    rows = rows_of(TravelTime, marks, origin__in=homes - {None})
    for origin, destination, minutes in rows.values_list("origin", "destination", "minutes"):
        found[origin][destination] = minutes
    return found


def _within(ways: dict[str, int], most: int | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the municipalities that lie within so many minutes, and those beyond."""
    if most is None:
        return frozenset(), frozenset()
    return (
        frozenset(town for town, minutes in ways.items() if minutes <= most),
        frozenset(town for town, minutes in ways.items() if minutes > most),
    )


def _wanted(
    keys: list[UUID], marks: Marks | None
) -> tuple[dict[UUID, list[str]], dict[UUID, list[str]], dict[UUID, dict[str, int]]]:
    """Return the occupations that each case wishes and is trained for, and how many skills it has of each."""
    wished: dict[UUID, list[str]] = defaultdict(list)
    wishes = rows_of(Wish, marks, case__in=keys).exclude(occupation="")
    for case, occupation in wishes.values_list("case", "occupation"):
        wished[case].append(occupation)
    trained: dict[UUID, list[str]] = defaultdict(list)
    skills: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    competences = rows_of(Competence, marks, case__in=keys)
    for case, occupation, concept in competences.values_list("case", "occupation", "concept"):
        if occupation:
            trained[case].append(occupation)
        for group in groups_of_skills().get(concept, ()):
            skills[case][group] += 1
    return wished, trained, skills


def _busy(keys: list[UUID], today: date, marks: Marks | None) -> dict[UUID, list[int]]:
    """Return for each day of the week the hours that classes and other activities take in the time to come."""
    found: dict[UUID, list[int]] = defaultdict(lambda: [0] * 7)
    held = rows_of(Enrolment, marks, case__in=keys).filter(Q(until=None) | Q(until__gte=today), waits=False)
    who: dict[UUID, list[UUID]] = defaultdict(list)
    for case, activity in held.values_list("case", "activity"):
        who[activity].append(case)
    soon = {"on__range": (today, today + _AHEAD), "at__isnull": False, "cancelled_on": None}
    sessions = rows_of(Session, marks, activity__in=list(who)).filter(**soon)
    for activity, on, at, minutes in sessions.values_list("activity", "on", "at", "minutes"):
        ends = min(at.hour * 60 + at.minute + minutes, 24 * 60 - 1)
        for case in who[activity]:
            found[case][on.weekday()] |= bits(at, time(ends // 60, ends % 60))
    return found


#: What a place takes from its opening, in the order of `_place`; and where its workplace is, and whose.
_OPENING = (
    *("id", "workplace", "occupation", "swedish", "takes_language_support", "needs_licence", "hours_per_week"),
    *("weekdays", "day_from", "day_to", "from_on", "until", "supervision", "offers"),
)
_SITE = ("workplace__municipality", "workplace__municipality__county", "workplace__employer__sector")
_ANALYSIS = (*("workplace", "swedish", "needs_licence", "is_step_free", "has_lift", "physical", "social", "tempo"),)


#: Kept in each process for so many sets of units.
_MOST_KEPT = 16
_kept: dict[tuple[UUID, ...], tuple[str, date, Ground]] = {}


def fellow_units() -> tuple[UUID, ...]:
    """Return the units whose openings and analyses the acting user sees."""
    return tuple(sorted(database.call("lotsen_fellow_units") or ()))


def places_for(today: date) -> Ground:
    """Return what is known of the openings that the acting user sees and that are open on a day.

    Kept while nothing has changed in what places are made of, for those who see the same ones.
    """
    seen, version = fellow_units(), database.call("lotsen_places_version")
    kept = _kept.get(seen)
    if kept and kept[:2] == (version, today):
        return kept[2]
    with _uncollected():
        found = Ground(places(today))
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[seen] = (version, today, found)
    return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the collector wait: so many new objects would have it look through all others, several times over."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True)
class Then:
    """A moment of the past: how far each history had come, and the units whose openings and analyses were seen."""

    marks: Marks
    fellows: Sequence[UUID]


def places(today: date, openings: Any = None, then: Then | None = None) -> dict[UUID, Place]:
    """Return what is known of the openings that are open on a day, or of those given: three statements.

    With `then`, what was known at that moment: `openings` are rows of then, too.
    """
    marks, seen = (then.marks, {"unit__in": then.fellows}) if then else (None, {})
    found = rows_of(Opening, marks).filter(open_on(today), **seen) if openings is None else openings
    told = _where_they_were(found, marks) if marks is not None else found.order_by().values_list(*_OPENING, *_SITE)
    analyses: dict[UUID, tuple[Any, ...]] = {}
    held = rows_of(WorkplaceAnalysis, marks).filter(made_on__lte=today, holds_until__gte=today, **seen)
    for workplace, *known in held.order_by("made_on", "id").values_list(*_ANALYSIS):
        analyses[workplace] = tuple(known)
    women = _shares(marks)
    return {row[0]: _place(row, analyses.get(row[1], _UNANALYSED), women) for row in told}


def _where_they_were(openings: Any, marks: Marks) -> list[tuple[Any, ...]]:
    """Return rows of the past with the municipality, county and sector that their workplaces had then.

    From the histories alone: a workplace that was drawn together with another is gone since.
    """
    rows = list(openings.order_by().values_list(*_OPENING))
    workplaces = rows_of(Workplace, marks, id__in={row[1] for row in rows})
    sites = {row[0]: row[1:] for row in workplaces.values_list("id", "municipality", "employer")}
    employers = rows_of(Employer, marks, id__in={employer for _town, employer in sites.values()})
    sectors = dict(employers.values_list("id", "sector"))
    counties = dict(Municipality.objects.values_list("code", "county"))
    found = []
    for row in rows:
        town, employer = sites.get(row[1], ("", None))
        found.append((*row, town, counties.get(town, ""), sectors.get(employer, "")))
    return found


_UNANALYSED = ("", None, None, None, "", "", "")


def _place(row: tuple[Any, ...], analysis: tuple[Any, ...], women: dict[str, float]) -> Place:
    """Put together what an opening says, and where it says nothing, what the analysis of its workplace does."""
    (_key, _at, occupation, swedish, support, licence, hours, weekdays, day_from, day_to, first, last) = row[:12]
    supervision, offers, municipality, county, sector = row[12:]
    said_swedish, said_licence, is_step_free, has_lift, *demands = analysis
    taken = bits(day_from, day_to) if day_from and day_to else 0
    return Place(
        occupation=occupation,
        swedish=_LEVELS.get(swedish or said_swedish),
        takes_language_support=support,
        licence=said_licence if licence is None else licence,
        municipality=municipality,
        county=county,
        hours=hours,
        times=tuple(taken if day in weekdays else 0 for day in range(1, 8)),
        is_step_free=is_step_free,
        has_lift=has_lift,
        demands=(_DEMANDS.get(demands[0]), _DEMANDS.get(demands[1]), _DEMANDS.get(demands[2])),
        supervision=_DEMANDS.get(supervision),
        first=first.toordinal() if first else None,
        last=last.toordinal() if last else None,
        women=women.get(occupation),
        only_subsidised=_SECTORS.get(sector) if offers == [Offered.SUBSIDISED] else None,
    )


def _shares(marks: Marks | None) -> dict[str, float]:
    """Return the share of women in each occupation, by its newest figures."""
    rows = rows_of(OccupationSexes, marks).order_by("year").values_list("occupation", "women", "men")
    return {occupation: women / (women + men) for occupation, women, men in rows}


def trainings(today: date, then: Then | None = None) -> tuple[dict[UUID, TrainingOffer], Ground]:
    """Return the courses that one can still apply for, as places that ask for Swedish, a licence and a first day."""
    marks, seen = (then.marks, {"unit__in": then.fellows}) if then else (None, {})
    women = _shares(marks)
    offered = rows_of(TrainingOffer, marks).filter(offered_on(today), **seen).order_by("from_on", "id")
    offers = {offer.id: offer for offer in offered}
    there = {
        key: Place(
            *(offer.occupation, _LEVELS.get(offer.swedish), False, offer.needs_licence, "", "", None, (0,) * 7),
            *(None, None, (None, None, None), None, offer.from_on.toordinal(), None, women.get(offer.occupation), None),
        )
        for key, offer in offers.items()
    }
    return offers, Ground(there)
