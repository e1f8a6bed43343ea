"""The co-financing ledger: signed hours times unit cost, by month, unit and means of support; and staff hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lotsen.access.models import Unit, User
from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.funding.enums import CostOf
from lotsen.funding.models import RateTable
from lotsen.programmes.enums import Support
from lotsen.programmes.models import Programme


@dataclass(frozen=True)
class Rate:
    """One row of a table of unit costs: whose hour, by which means of support or function, from which age. In öre."""

    of: CostOf
    what: str
    age_from: int
    per_hour: int


class _BySupport:
    """What is of one means of support."""

    support: str

    @property
    def support_name(self) -> str:
        """The means of support in the language now in use; empty where it is not known."""
        return str(Support(self.support).label) if self.support else ""


@dataclass(frozen=True)
class Line(_BySupport):
    """One month of a unit by one means of support: participants, signed minutes, and their sum in öre.

    `without_rate` are the minutes that no unit cost holds for; their money is not known, and not nought.
    """

    month: date
    unit: Unit
    support: str
    participants: int
    minutes: int
    amount: int
    without_rate: int


@dataclass(frozen=True)
class Gap(_BySupport):
    """Hours that have no unit cost: by which means of support, in which months. Without one, it is not known."""

    support: str
    first: date
    last: date
    minutes: int


@dataclass(frozen=True)
class Ledger:
    """The ledger of some months."""

    lines: list[Line]

    @property
    def minutes(self) -> int:
        """All signed minutes."""
        return sum(line.minutes for line in self.lines)

    @property
    def amount(self) -> int | None:
        """The sum in öre; none where a unit cost is missing: a part of a sum is not the sum."""
        return None if self.gaps else sum(line.amount for line in self.lines)

    @property
    def gaps(self) -> list[Gap]:
        """What has no unit cost, by means of support."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            if line.without_rate:
                found.setdefault(line.support, []).append(line)
        return [
            Gap(support, lines[0].month, lines[-1].month, sum(line.without_rate for line in lines))
            for support, lines in sorted(found.items())
        ]

    def by(self, key: Callable[[Line], Any]) -> list[tuple[Any, int, int, int]]:
        """Return the sums of some parts of the ledger, in the order of its lines: part, minutes, öre, without rate."""
        found: dict[Any, list[Line]] = {}
        for line in self.lines:
            found.setdefault(key(line), []).append(line)
        return [
            (
                part,
                sum(line.minutes for line in lines),
                sum(line.amount for line in lines),
                sum(line.without_rate for line in lines),
            )
            for part, lines in found.items()
        ]


def ledger(programme: Programme, first: date, last: date) -> Ledger:
    """Return the ledger from a month to a month, over the units that the acting user sees."""
    units = {unit.pk: unit for unit in programme.units.select_related("organisation", "municipality")}
    rows = database.rows("lotsen_ledger", programme.pk, first, last)
    lines = [Line(month, units[unit], *rest) for month, unit, *rest in rows if unit in units]
    return Ledger(sorted(lines, key=lambda line: (line.month, line.unit.name, line.support)))


@dataclass(frozen=True)
class Row(_BySupport):
    """What a line consists of: one participant in a month, by one means of support. Öre; none without a unit cost."""

    case: Case | None
    unit: Unit
    month: date
    support: str
    minutes: int
    rate: int | None
    amount: int | None


def ledger_rows(programme: Programme, first: date, last: date, user: User) -> list[Row]:
    """Return the rows of the ledger, each krona's hours. Who is protected stands there without a case."""
    units = {unit.pk: unit for unit in programme.units.all()}
    found = database.rows("lotsen_ledger_rows", programme.pk, first, last)
    ids = {case for case, *_rest in found}
    cases = {case.pk: case for case in Case.objects.visible_to(user).filter(pk__in=ids).select_related("person")}
    rows = [
        Row(cases.get(case), units[unit], month, support, minutes, rate, amount)
        for case, unit, month, _sex, support, minutes, rate, amount in found
        if unit in units
    ]
    return sorted(rows, key=lambda row: (row.month, row.unit.name, row.case.list_name if row.case else "￿"))


@dataclass(frozen=True)
class StaffLine:
    """The hours of a member of staff in a month and a function: worked, counting by the caps, and their sum in öre."""

    user: User
    unit: Unit
    month: date
    function: str
    minutes: int
    eligible: int
    rate: int | None
    amount: int | None


def staff_ledger(programme: Programme, first: date, last: date) -> list[StaffLine]:
    """Return the staff hours from a month to a month, with what the caps let count."""
    found = database.rows("lotsen_staff_ledger", programme.pk, first, last)
    users = User.objects.in_bulk({user for user, *_rest in found})
    units: dict[UUID, Unit] = Unit.objects.in_bulk({unit for _user, unit, *_rest in found})
    lines = [
        StaffLine(users[user], units[unit], month, *rest)
        for user, unit, month, *rest in found
        if user in users and unit in units
    ]
    return sorted(lines, key=lambda line: (line.month, line.user.name, line.function))


def table_in_force(programme: Programme, month: date) -> RateTable | None:
    """Return the table of unit costs that holds for a month; none where none is loaded."""
    return programme.rate_tables.filter(since__lte=month).order_by("-since").first()
