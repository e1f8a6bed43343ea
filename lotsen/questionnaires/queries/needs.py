"""The labour that employers need: by year, industry and occupation, with how many have answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from lotsen.core import database
from lotsen.core.text import number
from lotsen.employers.enums import classifications
from lotsen.programmes.models import Programme


@dataclass(frozen=True)
class Need:
    """How many are needed in an industry and an occupation in a year, and how many employers say so."""

    industry: str
    occupation: str
    year: int
    wanted: int
    employers: int


@dataclass(frozen=True)
class NeedRow:
    """What is needed of one industry or one occupation: by year, and in all."""

    code: str
    name: str
    by_year: list[int]

    @property
    def total(self) -> int:
        """All years together."""
        return sum(self.by_year)


@dataclass(frozen=True)
class Supply:
    """How many participants wish an occupation, are trained for it and were employed in it; courses and openings."""

    wishing: int = 0
    able: int = 0
    courses: int = 0
    places: int = 0
    recruited: int = 0


@dataclass(frozen=True)
class Balance:
    """An occupation: what is needed in a year on the average, and who is there."""

    code: str
    name: str
    needed: float
    supply: Supply

    @property
    def needed_words(self) -> str:
        """The need of a year, written with one decimal where it is no whole number."""
        return number(self.needed, 0 if self.needed == int(self.needed) else 1)

    @property
    def words(self) -> str:
        """Say where supply is missing, and where it waits."""
        there = max(self.supply.wishing, self.supply.able)
        if self.needed and not there:
            return _("Nobody wishes it, and nobody is trained for it.")
        if there > self.needed:
            return _("More people than are needed.") if self.needed else _("Nobody has said that it is needed.")
        return _("Fewer people than are needed.") if there < self.needed else _("As many as are needed.")


@dataclass(frozen=True)
class LabourNeeds:
    """The needs of a programme's employers. Who has not answered is in no figure, and is no need of nought."""

    needs: list[Need]
    asked: int
    answered: int

    @cached_property
    def years(self) -> list[int]:
        """The years that were asked for, in order."""
        return sorted({need.year for need in self.needs})

    @property
    def by_industry(self) -> list[NeedRow]:
        """The needs of each industry, the largest first."""
        return self._rows(classifications.INDUSTRY, lambda need: need.industry)

    @property
    def by_occupation(self) -> list[NeedRow]:
        """The needs of each occupation, the largest first."""
        return self._rows(classifications.OCCUPATION, lambda need: need.occupation)

    @property
    def by_year(self) -> list[int]:
        """All needs of each year."""
        return self._sums(self.needs)

    def _rows(self, kind: str, of: Callable[[Need], str]) -> list[NeedRow]:
        known = classifications.names(kind)
        found: dict[str, list[Need]] = {}
        for need in self.needs:
            found.setdefault(of(need), []).append(need)
        rows = [
            NeedRow(code, known.get(code) or code or _("Not known"), self._sums(needs)) for code, needs in found.items()
        ]
        return sorted(rows, key=lambda row: (-row.total, row.name))

    def _sums(self, needs: list[Need]) -> list[int]:
        return [sum(need.wanted for need in needs if need.year == year) for year in self.years]


def balances(found: LabourNeeds, programme: Programme, today: date) -> list[Balance]:
    """Set what is needed in a year on the average against what participants wish and can, the largest need first."""
    supply = {code: Supply(*rest) for code, *rest in database.rows("lotsen_labour_supply", programme.pk, today)}
    known = classifications.names(classifications.OCCUPATION)
    years = max(len(found.years), 1)
    needed = {row.code: row.total / years for row in found.by_occupation if row.code}
    rows = [
        Balance(code, known.get(code, code), needed.get(code, 0.0), supply.get(code, Supply()))
        for code in {**needed, **supply}
    ]
    return sorted(rows, key=lambda row: (-row.needed, -row.supply.wishing, row.name))


def labour_needs(programme: Programme) -> LabourNeeds:
    """Sum what the employers of a programme have answered about the labour they need."""
    needs = [Need(*row) for row in database.rows("lotsen_labour_needs", programme.pk)]
    ((asked, answered),) = database.rows("lotsen_labour_asked", programme.pk)
    return LabourNeeds(needs, asked, answered)
