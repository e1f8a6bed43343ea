"""Employers, workplaces and placements of one programme."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from lotsen.access.models import Municipality, Unit
from lotsen.cases.actions import enter_step, enter_whereabouts
from lotsen.cases.enums import Whereabouts
from lotsen.cases.models import Case
from lotsen.employers.actions import keep_analysis, log_contact, register_workplace
from lotsen.employers.enums import ContactKind, Demand, Sector, Size, Swedish
from lotsen.employers.models import Workplace
from lotsen.employers.queries import analysis_of
from lotsen.placements.actions import begin_placement, end_placement
from lotsen.programmes.enums import Category
from lotsen.programmes.models import Programme

#: Days that a stay must have to hold a plan and a placement.
SHORTEST = 60
NAMES = Path(__file__).parents[1] / "data" / "names.yaml"


#: Industries by SNI 2007 with their weights: most people are needed in manufacturing and in health and care.
_INDUSTRIES = {"25": 9, "16": 5, "87": 8, "88": 4, "47": 4, "41": 4, "56": 3, "85": 3, "49": 2, "81": 2, "02": 2}
#: How employers were met; surveys come with the answers.
_KINDS = [kind for kind in ContactKind if kind != ContactKind.SURVEY]
_SIZES = {Size.MICRO: 8, Size.SMALL: 6, Size.MEDIUM: 3, Size.LARGE: 1}


def _facts(place: int) -> dict[str, Any]:
    """Return the industry and the size of an employer, by a lot of its own."""
    rng = random.Random(place)  # noqa: S311 - made-up employers
    return {
        "industry": rng.choices(list(_INDUSTRIES), list(_INDUSTRIES.values()))[0],
        "size": rng.choices(list(_SIZES), list(_SIZES.values()))[0],
    }


class PlaceMaker:
    """Meets as many employers, and matches as many workplaces, as the plan says."""

    def __init__(self, programme: Programme, plan: dict[str, Any], rng: random.Random) -> None:
        """Take the programme's units, in turn."""
        self.programme, self.plan, self.rng = programme, plan, rng
        self.names = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
        self.units = list(programme.units.select_related("municipality").order_by("name"))

    def make(self, cases: list[Case]) -> None:
        """Register the employers with a contact each, then place people until each chosen workplace has somebody."""
        workplaces = [self._workplace(place) for place in range(self.plan["employers"])]
        by_unit: dict[Unit, list[Workplace]] = {}
        for place, workplace in enumerate(workplaces[: self.plan["workplaces"]]):
            by_unit.setdefault(self.units[place % len(self.units)], []).append(workplace)
        self._place(cases, by_unit)

    def _workplace(self, place: int) -> Workplace:
        unit = self.units[place % len(self.units)]
        municipality = unit.municipality or Municipality.objects.first()
        kinds, places = self.names["workplace"], self.names["place"]
        name = f"{places[place // len(kinds) % len(places)]} {kinds[place % len(kinds)].lower()}"
        workplace = register_workplace(
            employer_name=f"{name} i {municipality} {self.programme.starts_on.year}",
            sector=self.rng.choices(list(Sector), [6, 3, 1])[0],
            name=f"{name}, {municipality}",
            municipality=municipality,  # type: ignore[arg-type]  # the list is never empty
            **_facts(place),
        )
        days = (self.programme.ends_on - self.programme.starts_on).days
        log_contact(
            employer=workplace.employer,
            programme=self.programme,
            unit=unit,
            kind=self.rng.choice(_KINDS),
            on=self.programme.starts_on + timedelta(days=self.rng.randint(30, days * 3 // 4)),
        )
        return workplace

    def _place(self, cases: list[Case], by_unit: dict[Unit, list[Workplace]]) -> None:
        kinds = {kind.code: kind for kind in self.programme.kinds.filter(category=Category.PLACEMENT)}
        weights = self.plan.get("kinds", {})
        for unit, workplaces in by_unit.items():
            own = [case for case in cases if case.unit_id == unit.pk and self._stays_long(case)]
            share = max(len(workplaces), self.plan["placed"] * len(own) // len(cases))
            chosen = own if share >= len(own) else self.rng.sample(own, share)
            for place in range(max(len(workplaces), len(chosen))):
                case, turn = chosen[place % len(chosen)], place // len(chosen)
                (code,) = self.rng.choices(list(weights), list(weights.values()))
                self._stay(case, workplaces[place % len(workplaces)], kinds[code], turn)

    def _stays_long(self, case: Case) -> bool:
        """Tell whether there is time for a plan and a placement."""
        return (case.days(self.programme.ends_on) or 0) >= SHORTEST

    def _stay(self, case: Case, workplace: Workplace, kind: Any, turn: int) -> None:
        """Place somebody for up to ten weeks, after the plan; a second time after the first."""
        started = case.started_on or case.referred_on
        closed = case.closed_on or self.programme.ends_on
        planned = case.plans.get().agreed_on or started
        # Some activity comes before the first workplace.
        active = min(entry.since for entry in case.whereaboutsentrys.all())
        soonest = max(started + timedelta(days=20), planned + timedelta(days=7), active) + timedelta(days=75 * turn)
        began = min(soonest, closed - timedelta(days=1) - timedelta(days=turn == 0))
        ended = max(min(began + timedelta(days=70), closed), began)
        # Where the second stay begins before the first was meant to end, the first has ended earlier.
        case.placements.filter(ended_on__gt=began).update(ended_on=began)
        self._analyse(case.unit, workplace, began)
        end_placement(placement=begin_placement(case=case, workplace=workplace, kind=kind, on=began), on=ended)
        # A job with a subsidy is work; everything else at a workplace is practice.
        where = Whereabouts.WORK if "employment" in kind.code else Whereabouts.INTERNSHIP
        enter_whereabouts(case=case, whereabouts=where, since=began)
        if ended < closed:
            enter_whereabouts(case=case, whereabouts=Whereabouts.ACTIVITY, since=ended)
        if turn == 0:
            self._climb(case, planned, began)

    def _analyse(self, unit: Unit, workplace: Workplace, began: date) -> None:
        """Look at the workplace before somebody begins there, where no analysis holds."""
        if not analysis_of(workplace, began):
            made_on = began - timedelta(days=7)
            told: dict[str, Any] = {
                "tasks": "Enkla arbetsuppgifter tillsammans med en kollega.",
                "physical": Demand.SOME,
            }
            told |= {"social": Demand.SOME, "tempo": Demand.LOW, "swedish": Swedish.A2}
            holds: dict[str, Any] = {"made_on": made_on, "holds_until": made_on + timedelta(days=365)}
            keep_analysis(workplace=workplace, unit=unit, by=None, **holds, **told)

    def _climb(self, case: Case, planned: date, began: date) -> None:
        """Come onto the steps that a placement takes, the last of them on its first day."""
        codes = self.plan.get("steps_at_placement", ())
        steps = {step.code: step for step in self.programme.steps.all()}
        for place, code in enumerate(codes, start=1):
            since = planned + (began - planned) * place // len(codes)
            enter_step(case=case, step=steps[code], since=since)
