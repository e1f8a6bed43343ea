"""Made-up people: official test identity numbers, and names put together at random."""

import random
from collections import defaultdict
from datetime import date
from pathlib import Path

import yaml

from lotsen.access.models import Unit
from lotsen.core.dates import age_on
from lotsen.people.actions import register_person
from lotsen.people.models import Person
from lotsen.people.queries import told_by


class PeopleMaker:
    """Gives out each test number once."""

    def __init__(self, data: Path) -> None:
        """Read the numbers and the names."""
        self.names = yaml.safe_load((data / "names.yaml").read_text(encoding="utf-8"))
        self.numbers: dict[tuple[int, str], list[str]] = defaultdict(list)
        for number in (data / "test-personnummer.txt").read_text().split():
            birth, sex = told_by(number)
            self.numbers[birth.year, sex].append(number)

    def make(self, rng: random.Random, unit: Unit, sex: str, ages: tuple[int, int], on: date) -> tuple[Person, int]:
        """Register somebody whose age on the day lies within `ages`; return the person and the age."""
        number, birth = self.number(rng, sex, ages, on)
        person = register_person(
            unit=unit,
            given_name=rng.choice(self.names[sex]),
            family_name=rng.choice(self.names["family"]),
            birth_date=birth,
            sex=sex,
            identity_number=number,
        )
        return person, age_on(birth, on)

    def number(self, rng: random.Random, sex: str, ages: tuple[int, int], on: date) -> tuple[str, date]:
        """Give out a number of somebody whose age on the day lies within `ages`, with the day of birth."""
        years = list(range(on.year - ages[1] - 1, on.year - ages[0] + 1))
        rng.shuffle(years)
        for year in years:
            for number in self.numbers[year, sex]:
                birth, _ = told_by(number)
                if ages[0] <= age_on(birth, on) <= ages[1]:
                    self.numbers[year, sex].remove(number)
                    return number, birth
        raise LookupError(f"no test number is left for a {sex} aged {ages}")
