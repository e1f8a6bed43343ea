"""Employers, workplaces and placements of one programme."""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from lotsen.access.models import Municipality, Unit
from lotsen.cases.models import Case
from lotsen.employers.actions import log_contact, register_workplace
from lotsen.employers.enums import ContactKind, Sector
from lotsen.employers.models import Workplace
from lotsen.placements.actions import begin_placement, end_placement
from lotsen.programmes.enums import Category
from lotsen.programmes.models import Programme

NAMES = Path(__file__).parents[1] / "data" / "names.yaml"


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
        )
        days = (self.programme.ends_on - self.programme.starts_on).days
        log_contact(
            employer=workplace.employer,
            programme=self.programme,
            unit=unit,
            kind=self.rng.choice(list(ContactKind)),
            on=self.programme.starts_on + timedelta(days=self.rng.randint(30, days * 3 // 4)),
        )
        return workplace

    def _place(self, cases: list[Case], by_unit: dict[Unit, list[Workplace]]) -> None:
        kinds = list(self.programme.kinds.filter(category=Category.PLACEMENT))
        placed = 0
        for unit, workplaces in by_unit.items():
            own = [case for case in cases if case.unit_id == unit.pk and case.days(self.programme.ends_on)]
            share = max(len(workplaces), self.plan["placed"] * len(own) // len(cases))
            chosen = own if share >= len(own) else self.rng.sample(own, share)
            for place in range(max(len(workplaces), len(chosen))):
                case, turn = chosen[place % len(chosen)], place // len(chosen)
                self._stay(case, workplaces[place % len(workplaces)], self.rng.choice(kinds), turn)
                placed += 1

    def _stay(self, case: Case, workplace: Workplace, kind: Any, turn: int) -> None:
        """Place somebody for up to ten weeks, a second time after the first."""
        started = case.started_on or case.referred_on
        closed = case.closed_on or self.programme.ends_on
        began = min(started + timedelta(days=20 + 75 * turn), closed - timedelta(days=1) - timedelta(days=turn == 0))
        placement = begin_placement(case=case, workplace=workplace, kind=kind, on=max(began, started + timedelta(turn)))
        end_placement(placement=placement, on=max(min(began + timedelta(days=70), closed), placement.began_on))
