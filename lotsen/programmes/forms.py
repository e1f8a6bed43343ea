"""The schema of the template file, version 1. docs/templates.md describes the file for those who write one."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

import lotsen.access
from lotsen.access.enums import OrganisationKind
from lotsen.core.datafiles import STORABLE, Code, Name, Part, Text, expected, parse_file
from lotsen.programmes.enums import (
    NOT_OF_CASES,
    CountsAs,
    Dimension,
    Fact,
    FundPeriod,
    HoursSigned,
    IndicatorCode,
    Outcome,
    PartnerRole,
    Sex,
    Source,
    Support,
)

SCHEMA_VERSION = 1
_MUNICIPALITIES = Path(lotsen.access.__file__).parent / "data" / "municipalities.csv"


@cache
def _municipalities() -> frozenset[str]:
    with _MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))


def _is_municipality(code: str) -> str:
    if not re.fullmatch(r"\d{4}", code):
        raise ValueError(expected(_("expected a municipality's four digits in quotation marks"), code))
    if code not in _municipalities():
        raise ValueError(_("there is no municipality with this code; see lotsen/access/data/municipalities.csv"))
    return code


Place = Annotated[str, AfterValidator(_is_municipality)]
Kronor = Annotated[int, Field(ge=0, le=10**12)]


class Period(Part):
    """From the first day to the last."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if self.end <= self.start:
            raise ValueError(
                _("the end (%(end)s) must lie after the start (%(start)s)") % {"end": self.end, "start": self.start}
            )
        return self


class UnitPart(Part):
    """A unit that takes part."""

    name: Name
    municipality: Place | None = None
    domain: Code


class PartnerPart(Part):
    """An organisation, its roles, and those of its units whose people may be cases."""

    organisation: Name
    kind: OrganisationKind
    municipality: Place | None = None
    roles: list[PartnerRole] = Field(min_length=1)
    units: list[UnitPart] = Field(default=[])


class Lead(Part):
    """The unit that leads the programme."""

    organisation: Name
    unit: Name


class FinancingPart(Part):
    """A part of the budget, in kronor."""

    source: Source
    organisation: Name | None = None
    amount: Kronor


class Budget(Part):
    """The whole sum in kronor if it is known, and where it comes from."""

    total: Kronor | None = None
    financing: list[FinancingPart] = Field(default=[])

    @model_validator(mode="after")
    def _adds_up(self) -> "Budget":
        parts = sum(part.amount for part in self.financing)
        if self.financing and self.total is not None and parts != self.total:
            raise ValueError(
                _("the parts of the financing add up to %(parts)s, the total is %(total)s")
                % {"parts": parts, "total": self.total}
            )
        return self


class Item(Part):
    """A line of a list: a code for files and addresses, a name for people."""

    code: Code
    name: Text


class PhasePart(Item):
    """A phase and what must be settled in it."""

    start: date
    end: date
    checklist: list[Text] = Field(default=[])


class Condition(Part):
    """One condition of a target-group rule. Exactly one of `is`, `in` and `from`/`to`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    fact: Fact
    is_: bool | Sex | None = Field(default=None, alias="is")
    in_: list[Support] | None = Field(default=None, alias="in", min_length=1)
    from_: int | None = Field(default=None, alias="from")
    to: int | None = None

    @model_validator(mode="after")
    def _one_test(self) -> "Condition":
        span = self.from_ is not None or self.to is not None
        if [self.is_ is not None, self.in_ is not None, span].count(True) != 1:
            raise ValueError(_("give one of `is`, `in` and `from`/`to`"))
        fits = {Fact.AGE: span, Fact.MONTHS_WITHOUT_WORK: span, Fact.SUPPORT: self.in_ is not None}
        kind = Sex if self.fact == Fact.SEX else bool
        if not fits.get(self.fact, isinstance(self.is_, kind)):
            raise ValueError(
                _("the fact %(fact)s cannot be asked in this way; see docs/templates.md") % {"fact": self.fact.value}
            )
        return self


class TargetGroupPart(Item):
    """Who the programme is for: persons who meet every condition, or employers."""

    rule: list[Condition] = Field(default=[])
    of: Literal["persons", "employers"] = "persons"


class StepPart(Item):
    """A stage of the way, how many weeks it may take, and what must be there before the next."""

    weeks: int | None = Field(default=None, ge=1, le=520)
    weeks_at_most: int | None = Field(default=None, ge=1, le=520)
    requires: list[Text] = Field(default=[])

    @model_validator(mode="after")
    def _in_order(self) -> "StepPart":
        if self.weeks and self.weeks_at_most and self.weeks_at_most < self.weeks:
            raise ValueError(
                _("`weeks_at_most` (%(most)s) must not be less than `weeks` (%(weeks)s)")
                % {"most": self.weeks_at_most, "weeks": self.weeks}
            )
        return self


class ActivityPart(Item):
    """A kind of activity, and what it means to the indicators if it means something."""

    counts_as: CountsAs | None = None

    @field_validator("counts_as")
    @classmethod
    def _of_activities(cls, value: CountsAs | None) -> CountsAs | None:
        if value == CountsAs.EMPLOYMENT:
            raise ValueError(_("`employment` is a kind of placement, not of activity"))
        return value


class PlacementPart(Item):
    """A kind of placement; whether it is an employment, which needs no workplace analysis and no agreement of ours.

    `visits` are the days after the first one on which it is followed up.
    """

    counts_as: Literal[CountsAs.EMPLOYMENT] | None = None
    visits: Annotated[list[Annotated[int, Field(ge=1, le=1000)]], Field(max_length=20, default_factory=list)]

    @field_validator("visits")
    @classmethod
    def _in_order(cls, value: list[int]) -> list[int]:
        if value != sorted(set(value)):
            raise ValueError(expected(_("expected days in their order, each once, as [3, 10, 30]"), str(value)))
        return value


class DestinationPart(Item):
    """Where an exit leads."""

    outcome: Outcome


class Exits(Part):
    """The programme's own destinations and reasons."""

    destinations: list[DestinationPart] = Field(min_length=1)
    reasons: list[Item] = Field(min_length=1)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class GoalPart(Item):
    """A target over an indicator; for shares in per cent."""

    indicator: IndicatorCode | None = None
    target: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)] | None = None
    where: dict[Dimension, Annotated[list[str], BeforeValidator(_as_list), Field(min_length=1)]] = Field(
        default={}, max_length=1
    )

    @model_validator(mode="after")
    def _whole(self) -> "GoalPart":
        if (self.indicator is None) != (self.target is None):
            raise ValueError(_("`indicator` and `target` go together; a goal judged in words has neither"))
        if self.where and (self.indicator is None or self.indicator in NOT_OF_CASES):
            raise ValueError(_("`where` needs an indicator that counts cases"))
        return self


class Template(Part):
    """The whole file."""

    lotsen: Literal[1]
    code: Annotated[Code, StringConstraints(max_length=40)]
    name: Text
    summary: Text
    period: Period
    fund: Text
    fund_period: FundPeriod | None = None
    hours_signed: HoursSigned = HoursSigned.HERE
    reference: Annotated[str, StringConstraints(max_length=40, pattern=STORABLE)] = ""
    lead: Lead
    partners: list[PartnerPart] = Field(min_length=1)
    area: list[Place] = Field(min_length=1)
    budget: Budget = Budget()
    phases: list[PhasePart] = Field(default=[])
    age_bands: list[Annotated[int, Field(ge=0, le=120)]] = Field(min_length=1)
    target_groups: list[TargetGroupPart] = Field(min_length=1)
    steps: list[StepPart] = Field(min_length=1)
    activities: list[ActivityPart] = Field(default=[])
    measures: list[Item] = Field(default=[])
    placements: list[PlacementPart] = Field(default=[])
    exits: Exits
    follow_up_days: list[Annotated[int, Field(ge=1, le=1000)]] = Field(default=[])
    goals: list[GoalPart] = Field(default=[])

    @model_validator(mode="after")
    def _hangs_together(self) -> "Template":
        faults = [*self._code_faults(), *self._partner_faults(), *self._period_faults(), *self._goal_faults()]
        if faults:
            raise PydanticCustomError("faults", "several", {"faults": faults})
        return self

    def _code_faults(self) -> Iterator[tuple[str, str]]:
        """Codes are names: each stands once in its list."""
        for name, items in self.lists():
            codes = [item.code for item in items]
            for place, code in enumerate(codes):
                if code in codes[:place]:
                    yield f"{name}.{place + 1}.code", _("the code %(code)s stands twice") % {"code": code}

    def _partner_faults(self) -> Iterator[tuple[str, str]]:
        """Who leads and pays is among the partners, and each organisation has one line."""
        names = [partner.organisation for partner in self.partners]
        if self.lead.organisation not in names:
            yield "lead.organisation", _no_partner(self.lead.organisation)
        for place, name in enumerate(names):
            if name in names[:place]:
                said = _("%(name)s stands twice; give it one line with several roles") % {"name": name}
                yield f"partners.{place + 1}", said
        for place, part in enumerate(self.budget.financing):
            if part.organisation and part.organisation not in names:
                yield f"budget.financing.{place + 1}", _no_partner(part.organisation)

    def _period_faults(self) -> Iterator[tuple[str, str]]:
        """Phases lie within the period, and age bands begin one above the other."""
        for place, phase in enumerate(self.phases):
            if not self.period.start <= phase.start <= phase.end <= self.period.end:
                yield f"phases.{place + 1}", _("must lie within the period, its end not before its start")
        if list(self.age_bands) != sorted(set(self.age_bands)):
            yield "age_bands", _("each band must begin higher than the one before")

    def _goal_faults(self) -> Iterator[tuple[str, str]]:
        """A goal over a group is over one that there is."""
        for place, goal in enumerate(self.goals):
            for dimension, keys in goal.where.items():
                known = self._groups(dimension)
                for key in keys:
                    if key not in known or keys.count(key) > 1:
                        yield f"goals.{place + 1}.where.{dimension.value}", _no_group(dimension, key, known)

    def _groups(self, dimension: Dimension) -> list[str]:
        """Return the groups that a goal may be over."""
        bands = [f"{low}-{high - 1}" for low, high in pairwise(self.age_bands)]
        years = range(self.period.start.year, self.period.end.year + 1)
        groups: dict[Dimension, list[str]] = {
            Dimension.SEX: Sex.values,
            Dimension.AGE: [*bands, f"{self.age_bands[-1]}-"],
            Dimension.BORN_ABROAD: ["yes", "no"],
            Dimension.REDUCED_WORK_ABILITY: ["yes", "no"],
            Dimension.MUNICIPALITY: list(self.area),
            Dimension.TARGET_GROUP: [group.code for group in self.target_groups],
            Dimension.START_YEAR: [str(year) for year in years],
            Dimension.OUTCOME: Outcome.values,
        }
        return groups.get(dimension, [])

    def lists(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield the programme's own lists by name."""
        for name in ("phases", "target_groups", "steps", "activities", "measures", "placements", "goals"):
            yield name, getattr(self, name)
        yield "exits.destinations", self.exits.destinations
        yield "exits.reasons", self.exits.reasons


def _no_partner(name: str) -> str:
    return _("%(name)s is not among the partners") % {"name": name}


def _no_group(dimension: Dimension, key: str, known: list[str]) -> str:
    if key in known:
        return _("the group %(key)s stands twice") % {"key": key}
    if not known:
        return _("no goal can be over a group of %(dimension)s") % {"dimension": dimension.value}
    return _("%(key)s is no group of %(dimension)s; there are: %(known)s") % {
        "key": key,
        "dimension": dimension.value,
        "known": ", ".join(known),
    }


def parse_template(text: bytes, file: str) -> Template:
    """Read a template file. Raises `FileFaults` with file, line, field and what was expected."""
    return parse_file(text, file, Template)
