"""The labour that employers need: by year, industry and occupation, with how many have answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from lotsen.core import database
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


def labour_needs(programme: Programme) -> LabourNeeds:
    """Sum what the employers of a programme have answered about the labour they need."""
    needs = [Need(*row) for row in database.rows("lotsen_labour_needs", programme.pk)]
    ((asked, answered),) = database.rows("lotsen_labour_asked", programme.pk)
    return LabourNeeds(needs, asked, answered)
