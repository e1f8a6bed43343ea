"""Public statistics that are made up; what people wish, learn and were employed as; how placements were followed up."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lotsen.access.models import Unit, User
from lotsen.cases.models import Case
from lotsen.core.cubes import read_cube
from lotsen.employers.actions import load_table
from lotsen.employers.enums import Swedish
from lotsen.placements.actions import keep_employment, keep_training, take_training, visit
from lotsen.placements.enums import EmployedAs, TrainingKind, TrainingState, VisitWay
from lotsen.placements.models import Placement
from lotsen.profiles.actions import add_wish, keep_competence
from lotsen.profiles.enums import CompetenceKind, Validation
from lotsen.programmes.enums import Outcome
from lotsen.programmes.models import Programme

DATA = Path(__file__).parents[1] / "data"
#: What is done at a workplace, by the industry of its employer: occupations of SSYK 2012.
WORK = {
    "25": "7223",
    "16": "9331",
    "87": "5330",
    "88": "5330",
    "47": "5222",
    "41": "7111",
    "56": "9411",
    "85": "5311",
    "49": "8332",
    "81": "9111",
    "02": "6210",
}
#: What somebody says who wants to work with it.
_WISHES = {
    "5330": "Jag vill hjälpa äldre människor.",
    "5321": "Jag vill bli undersköterska.",
    "7223": "Jag tycker om maskiner.",
    "8332": "Jag vill köra lastbil.",
    "9411": "Jag vill laga mat.",
    "5222": "Jag vill arbeta i butik.",
    "9111": "Jag vill ha ett jobb nära hemma.",
    "7111": "Jag kan bygga.",
}


def know_statistics(today: date) -> None:
    """Load a forecast of the population, women and men by occupation, and minutes by bus. All are made up."""
    spread, bus = "Påhittad fördelning av kvinnor och män", "Påhittad tidtabell för buss och tåg"
    for file, source in (("population.json", ""), ("occupations.csv", spread), ("ways.csv", bus)):
        load_table(cube=read_cube((DATA / file).read_bytes(), source), on=today)


def wish(cases: Sequence[Case], seed: int) -> None:
    """Write down what some people want to work with, and what a few are trained for."""
    rng = random.Random(seed)  # noqa: S311 - made-up people, the same each time
    for case in cases:
        code = rng.choice(list(_WISHES))
        if rng.random() < 0.6:
            add_wish(case=case, words=_WISHES[code], occupation=code)
        if rng.random() < 0.15:
            told: dict[str, Any] = {"kind": CompetenceKind.OCCUPATION, "name": "Yrkesutbildning", "occupation": code}
            keep_competence(case=case, validation=Validation.NONE, validated_on=None, **told)


def offer_training(programme: Programme, cases: Sequence[Case]) -> None:
    """Offer what the needs led to: a course for industry, and one for care adapted to people who learn Swedish."""
    unit = programme.units.order_by("name")[0]
    first = programme.ends_on - timedelta(days=400)
    told: dict[str, Any] = {"unit": unit, "provider": "Lärcentrum", "from_on": first, "until": programme.ends_on}
    industry = keep_training(
        kind=TrainingKind.APPRENTICESHIP,
        title="Industriteknik",
        occupation="7223",
        places=12,
        swedish=Swedish.A2,
        **told,
    )
    care = keep_training(
        kind=TrainingKind.COURSE,
        title="Vårdbiträde med språkstöd",
        occupation="5330",
        places=15,
        swedish=Swedish.A2,
        **{**told, "about": "Yrket och svenskan läses tillsammans."},
    )
    there = [case for case in cases if case.started_on and case.started_on <= first]
    for place, case in enumerate([case for case in there if not case.closed_on or case.closed_on > first][:20]):
        state = TrainingState.LEFT if place % 7 == 6 else TrainingState.COMPLETED
        take_training(offer=(industry, care)[place % 2], case=case, state=state, since=first)


def follow_placements(programme: Programme, cases: Sequence[Case], staff: dict[Unit, User], seed: int) -> None:
    """Say what was done on placements, follow most of them up in time, and write down the work that followed."""
    rng = random.Random(seed)  # noqa: S311 - made-up people, the same each time
    by_unit = {unit.pk: user for unit, user in staff.items()}
    found = Placement.objects.filter(case__programme=programme).select_related("workplace__employer", "kind")
    for placement in found.order_by("began_on", "case__number"):
        began, ended = placement.began_on, placement.ended_on
        placement.occupation = WORK.get(placement.workplace.employer.industry, "")
        placement.save(update_fields=["occupation"])
        day = (placement.kind.visits or [3])[0] + (rng.randint(0, 7) if rng.random() < 0.8 else 14)
        if began and ended and began + timedelta(days=day) < ended:
            on = began + timedelta(days=day)
            told: dict[str, Any] = {
                "by": by_unit[placement.case.unit_id],
                "today": on,
                "way": rng.choice(list(VisitWay)),
            }
            visit(placement=placement, on=on, **told)
    for case in cases:
        if case.destination and case.destination.outcome == Outcome.WORK and case.closed_on:
            _employ(case, case.closed_on, rng)


def _employ(case: Case, on: date, rng: random.Random) -> None:
    """Write down where somebody who left for work was employed: at the last placement, or elsewhere."""
    last = case.placements.order_by("-ended_on").select_related("workplace__employer").first()
    stays = last is not None and rng.random() < 0.5
    told: dict[str, Any] = {
        "employed_as": rng.choice([EmployedAs.PERMANENT, EmployedAs.TEMPORARY, EmployedAs.PROBATION]),
        "extent": rng.choice([50, 75, 100, 100]),
        "subsidy": "new-start" if rng.random() < 0.3 else "",
        "is_municipal_measure": rng.random() < 0.1,
        "employer_name": last.workplace.employer.name if last and stays else "En arbetsgivare på orten",
        "occupation": last.occupation if last and stays else "",
    }
    keep_employment(case=case, placement=last if stays else None, from_on=on, **told)
