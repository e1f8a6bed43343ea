"""Subsidised employments by dated rules (`data/subsidies.yaml`): who may have one, when, and for how long."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotsen.core.datafiles import Code, Part, Text, parse_file
from lotsen.core.text import local
from lotsen.employers.enums import Sector

_FILE = Path(__file__).parents[1] / "data" / "subsidies.yaml"
#: Away from work for so many months is long, as the employment service counts: more than half a year under 25.
_LONG, _LONG_UNDER_25 = 12, 6
Fact = Literal["newly_arrived", "reduced_work_ability", "registered_job_seeker", "long_without_work"]


class Months(Part):
    """So many months, for those of an age."""

    from_age: int
    to_age: int = 200
    months: int
    within: int | None = None

    def holds_for(self, age: int) -> bool:
        """Tell whether the line is for this age."""
        return self.from_age <= age <= self.to_age


class Subsidy(Part):
    """A subsidised employment as its rules were between two days."""

    code: Code
    name: Text
    since: date
    until: date | None = None
    source: Text
    confirmed: bool
    months_away: tuple[Months, ...] = ()
    most_months: tuple[Months, ...] = ()
    one_of: tuple[Fact, ...] = ()
    all_of: tuple[Fact, ...] = ()
    sectors: tuple[Sector, ...] = ()

    @property
    def label(self) -> str:
        """The name in the language now in use."""
        return local(self.name.model_dump())

    @property
    def law(self) -> str:
        """The source in the language now in use."""
        return local(self.source.model_dump())

    def holds_on(self, on: date) -> bool:
        """Tell whether one may begin on a day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def most_for(self, age: int) -> int | None:
        """Return for how many months at most; none where the rules do not say."""
        return next((line.months for line in self.most_months if line.holds_for(age)), None)


class _File(Part):
    subsidies: list[Subsidy]


@cache
def subsidies() -> tuple[Subsidy, ...]:
    """Return all of them, also those of earlier days."""
    return tuple(parse_file(_FILE.read_bytes(), _FILE.name, _File).subsidies)


def subsidy_names() -> dict[str, str]:
    """Return the name of each by its code."""
    return {each.code: each.label for each in subsidies()}


@dataclass(frozen=True)
class Facts:
    """What is known of a participant and a place when somebody asks whether a subsidy may be had; none: not known."""

    age: int | None
    months_without_work: int | None
    newly_arrived: bool | None
    reduced_work_ability: bool | None
    registered_job_seeker: bool | None
    sector: str

    @property
    def long_without_work(self) -> bool | None:
        """Whether it is long since there was work."""
        if self.months_without_work is None or self.age is None:
            return None
        return self.months_without_work >= (_LONG_UNDER_25 if self.age < 25 else _LONG)


@dataclass(frozen=True)
class Rule:
    """One rule in words, and whether it is met; none: nobody knows yet."""

    words: str
    is_met: bool | None


def rules_for(subsidy: Subsidy, facts: Facts, first: date, months: int | None) -> list[Rule]:
    """Return what the rules of a subsidy say of one who would begin on a day, for so many months."""
    return [rule for check in _CHECKS for rule in check(subsidy, facts, first, months)]


@lru_cache(maxsize=10_000)
def allows_one(facts: Facts, on: date) -> bool | None:
    """Tell whether the rules of any subsidy of a day allow one; none where that hangs on what nobody knows.

    A rule that nobody has confirmed in its source can say no, but not yes.
    """
    said = [_allows(each, facts, on) for each in subsidies() if each.holds_on(on)]
    return _any(said)


def _allows(subsidy: Subsidy, facts: Facts, on: date) -> bool | None:
    met = [rule.is_met for rule in rules_for(subsidy, facts, on, months=1)]
    return False if False in met else None if None in met or not subsidy.confirmed else True


def _day(subsidy: Subsidy, facts: Facts, first: date, months: int | None) -> Iterable[Rule]:
    if subsidy.until:
        yield Rule(_("It could begin until %(day)s.") % {"day": subsidy.until}, subsidy.holds_on(first))
    elif not subsidy.holds_on(first):
        yield Rule(_("It can begin from %(day)s.") % {"day": subsidy.since}, is_met=False)


def _age(subsidy: Subsidy, facts: Facts, first: date, months: int | None) -> Iterable[Rule]:
    ages = [line.from_age for line in (*subsidy.months_away, *subsidy.most_months)]
    if ages:
        words = _("The participant has turned %(age)s.") % {"age": min(ages)}
        yield Rule(words, None if facts.age is None else facts.age >= min(ages))


def _away(subsidy: Subsidy, facts: Facts, first: date, months: int | None) -> Iterable[Rule]:
    if not subsidy.months_away and not subsidy.one_of:
        return
    met = [getattr(facts, fact) for fact in subsidy.one_of]
    words = [_words_of(fact) for fact in subsidy.one_of]
    line = next((each for each in subsidy.months_away if facts.age and each.holds_for(facts.age)), None)
    if subsidy.months_away and (line or facts.age is None):
        away = facts.months_without_work
        met.append(None if line is None or away is None else away >= line.months)
        words.append(_time_away(line or subsidy.months_away[-1]))
    yield Rule(_(" or ").join(words).capitalize() + ".", _any(met))


def _time_away(line: Months) -> str:
    told = {"n": line.months, "within": line.within}
    if line.within:
        return _("without work for %(n)s of the last %(within)s months") % told
    return ngettext("without work for %(n)s month", "without work for %(n)s months", line.months) % told


def _any(met: list[bool | None]) -> bool | None:
    return True if True in met else None if None in met else False


def _facts(subsidy: Subsidy, facts: Facts, first: date, months: int | None) -> Iterable[Rule]:
    for fact in subsidy.all_of:
        yield Rule(_words_of(fact).capitalize() + ".", getattr(facts, fact))


def _sector(subsidy: Subsidy, facts: Facts, first: date, months: int | None) -> Iterable[Rule]:
    if subsidy.sectors:
        allowed = _(" or ").join(str(sector.label).lower() for sector in subsidy.sectors)
        yield Rule(_("The employer is: %(sectors)s.") % {"sectors": allowed}, facts.sector in subsidy.sectors)


def _length(subsidy: Subsidy, facts: Facts, first: date, months: int | None) -> Iterable[Rule]:
    most = None if facts.age is None else subsidy.most_for(facts.age)
    if most:
        words = ngettext("At most %(n)s month in all.", "At most %(n)s months in all.", most) % {"n": most}
        yield Rule(words, None if months is None else months <= most)


def _words_of(fact: str) -> str:
    return {
        "newly_arrived": _("newly arrived"),
        "reduced_work_ability": _("reduced work ability"),
        "registered_job_seeker": _("registered with the employment service"),
        "long_without_work": _("long without work"),
    }[fact]


_CHECKS: tuple[Callable[[Subsidy, Facts, date, int | None], Iterable[Rule]], ...] = (
    *(_day, _age, _away, _facts, _sector, _length),
)
