"""The common indicators of the fund, over the same cases; and the Kolada definition of exits beside them.

Which indicators a programme period has, and what each counts, are dated rows in `data/fund_indicators.yaml`. Here
stand the facts that they ask about, each by one expression: what is not known is null, and is counted apart, never as a
no. The authority derives its own figures from registers, so these are a forecast.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.db import connection

from lotsen.core.text import local
from lotsen.programmes.models import Programme

DATA = Path(__file__).parents[1] / "data" / "fund_indicators.yaml"

# Each participant with the facts at entry, upon leaving and six months after. A re-entry is one participation, with the
# first start and the final exit (Guidance of the Commission; Regulation 1304/2013, Annex I).
#
# status: an employee of a unit is employed; who is registered with the employment service, or lives on what only
#   registered people get, is unemployed; who is on sickness or activity compensation or student finance is inactive,
#   and so is who is known not to be registered. long_term: more than six months under 25, else more than twelve.
# left_to: what somebody did within four weeks after the exit, by whereabouts, else by the exit's destination.
# lasting: whether work or studies lasted a month.
# in_work_later: the answer of the follow-up nearest to six months, between the fifth and the seventh.
_FACTS = """
with began as (
  select c.*, s.support,
    case when c.closing = 'exit' and c.closed_on <= %(as_of)s then c.closed_on end as left_on
  from cases_case c
  left join lateral (
    select e.support from cases_supportentry e where e.case_id = c.id order by e.since limit 1) s on true
  where c.programme_id = %(programme)s and c.started_on <= %(as_of)s),
at_entry as (
  select b.*, b.support = 'student_finance' as studies,
    case
      when b.employed_by_unit then 'employed'
      when b.registered_job_seeker or b.support in ('unemployment_benefit', 'activity_grant') then 'unemployed'
      when b.support in ('sickness_benefit', 'activity_compensation', 'student_finance') then 'inactive'
      when not b.registered_job_seeker then 'inactive'
    end as status,
    b.months_without_work > case when b.age < 25 then 6 else 12 end as long_term,
    case when b.born_abroad or b.reduced_work_ability then true
      when b.born_abroad is not null and b.reduced_work_ability is not null then false end as disadvantaged
  from began b),
fact as (
  select a.*, a.left_on is not null as has_left,
    coalesce(a.left_on + interval '6 months' <= %(as_of)s, false) as left_long_ago,
    case
      when w.whereabouts in ('work', 'studies') then w.whereabouts
      when d.outcome in ('work', 'studies') then d.outcome
      when l.support in ('unemployment_benefit', 'activity_grant') then 'job_search'
      when a.left_on is not null then 'other'
    end as left_to,
    f.in_work as in_work_later,
    case
      when d.outcome = 'other' then false
      when k.in_work or k.in_education then true
      when k.in_work is not null and k.in_education is not null then false
    end as lasting
  from at_entry a
  left join programmes_destination d on d.id = a.destination_id
  left join lateral (
    select e.whereabouts from cases_whereaboutsentry e where e.case_id = a.id and e.since <= a.left_on + 28
    order by e.since desc limit 1) w on a.left_on is not null
  left join lateral (
    select e.support from cases_supportentry e where e.case_id = a.id and e.since <= a.left_on + 28
    order by e.since desc limit 1) l on a.left_on is not null
  left join lateral (
    select u.in_work from cases_followup u where u.case_id = a.id and u.answered and u.done_on <= %(as_of)s
      and u.day between 150 and 210
    order by abs(u.day - 182) limit 1) f on a.left_on is not null
  left join lateral (
    select u.in_work, u.in_education from cases_followup u where u.case_id = a.id and u.answered
      and u.done_on <= %(as_of)s and u.day >= 30
    order by u.day limit 1) k on a.left_on is not null)
"""
#: The facts that a condition may ask about: columns of what stands above.
FACTS = frozenset(
    {
        *("age", "has_upper_secondary", "born_abroad", "reduced_work_ability", "status", "studies"),
        *("long_term", "disadvantaged", "left_to", "in_work_later"),
    }
)
#: Whom an indicator looks at.
_AT = {"entry": "true", "leaving": "has_left", "six_months": "left_long_ago"}
_FIGURES = (
    _FACTS
    + """
select v.code, coalesce(nullif(fact.sex, ''), 'unknown'), count(*), count(*) filter (where v.holds),
  count(*) filter (where v.holds is null)
from fact cross join lateral (values {lines}) v(code, counts, holds) where v.counts group by 1, 2
"""
)
_MEMBERS = _FACTS + "select id from fact where {counts} and {holds}"  # noqa: S608 - of our own conditions
# Ended, and in work or studies that lasted a month (RKA, U40455): as the first follow-up after thirty days says. Work
# for the municipality as a measure does not count there; it is not told apart here.
_KOLADA = _FACTS + "select count(*) filter (where lasting), count(lasting), count(*) from fact where has_left"  # noqa: S608 - the same


@dataclass(frozen=True)
class CommonIndicator:
    """A common indicator as the fund names it: what it counts, when, and what Lotsen lacks for it."""

    code: str
    names: dict[str, str]
    at: str
    when: list[dict[str, Any]]
    lacks: dict[str, str]
    is_sensitive: bool

    @property
    def name(self) -> str:
        """The name in the language now in use."""
        return local(self.names)

    @property
    def lacking(self) -> str:
        """What is not kept, in words; empty where nothing is lacking."""
        return local(self.lacks)


@dataclass(frozen=True)
class CommonFigure:
    """An indicator with its figure by sex, out of how many, and of how many it is not known. None where it has none."""

    indicator: CommonIndicator
    women: int | None
    men: int | None
    total: int | None
    of: int
    unknown: int


@dataclass(frozen=True)
class Common:
    """The common indicators of a programme as of a day."""

    figures: list[CommonFigure]
    #: All participants; the sum of those that must add up to them; and how many have no known status.
    participants: int
    summed: int
    without_status: int
    #: In lasting work or studies; ended and known; and ended, by the Kolada definition.
    kolada: tuple[int, int, int]


@cache
def _periods() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))["periods"]
    return found


def common_indicators(programme: Programme, as_of: date) -> tuple[list[CommonIndicator], list[str]]:
    """Return the indicators of a programme's fund on a day, and those that add up to all; none for other funds."""
    rows = [row for row in _periods() if row["fund_period"] == programme.fund_period and row["valid_from"] <= as_of]
    if not rows:
        return [], []
    row = max(rows, key=lambda each: each["valid_from"])
    return [
        CommonIndicator(
            code=line["code"],
            names=line["name"],
            at=line["at"],
            when=line.get("when", []),
            lacks=line.get("lacks", {}),
            is_sensitive=line.get("sensitive", False),
        )
        for line in row["indicators"]
    ], row["total_of"]


def _holds(indicator: CommonIndicator, told: dict[str, Any]) -> str:
    """Return the conditions as one expression that is null where it is not known. What is compared goes into `told`."""
    parts = []
    for condition in indicator.when:
        fact = condition["fact"]
        if fact not in FACTS:
            raise ValueError(fact)
        for word, operator in (
            ("is", "= %({0})s"),
            ("in", "= any(%({0})s)"),
            ("from", ">= %({0})s"),
            ("to", "<= %({0})s"),
        ):
            if word in condition:
                name = f"v{len(told)}"
                told[name] = condition[word]
                parts.append(f"{fact} {operator.format(name)}")
    return f"({' and '.join(parts)})" if parts else "true"


def common_figures(programme: Programme, as_of: date) -> Common | None:
    """Count the common indicators of a programme, by sex. None where its fund has none."""
    indicators, total_of = common_indicators(programme, as_of)
    if not indicators:
        return None
    told: dict[str, Any] = {"programme": programme.pk, "as_of": as_of}
    lines = []
    for place, each in enumerate(indicators):
        told[f"c{place}"] = each.code
        holds = "false" if each.lacks else _holds(each, told)
        lines.append(f"(%(c{place})s::text, {_AT[each.at]}, {holds})")
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES.format(lines=", ".join(lines)), told)
        found = {(code, sex): counts for code, sex, *counts in cursor.fetchall()}
        cursor.execute(_KOLADA, told)
        kolada = cursor.fetchone()
    figures = [_figure(each, found) for each in indicators]
    by_code = {figure.indicator.code: figure for figure in figures}
    whole = figures[0].of
    return Common(
        figures,
        participants=whole,
        summed=sum(by_code[code].total or 0 for code in total_of),
        without_status=by_code[total_of[0]].unknown,
        kolada=(kolada[0], kolada[1], kolada[2]),
    )


def _figure(indicator: CommonIndicator, found: dict[tuple[str, str], list[int]]) -> CommonFigure:
    rows = {sex: found.get((indicator.code, sex), [0, 0, 0]) for sex in ("woman", "man", "unknown")}
    of = sum(row[0] for row in rows.values())
    if indicator.lacks:
        return CommonFigure(indicator, None, None, None, of, of)
    women, men = rows["woman"][1], rows["man"][1]
    total, unknown = (sum(row[place] for row in rows.values()) for place in (1, 2))
    return CommonFigure(indicator, women, men, total, of, unknown)


def common_members(programme: Programme, code: str, as_of: date, *, unknown: bool) -> list[UUID] | None:
    """Return the cases that an indicator counts, or those of which it is not known. None where there is no such one."""
    indicators, _total_of = common_indicators(programme, as_of)
    indicator = next((each for each in indicators if each.code == code and not each.lacks), None)
    if indicator is None:
        return None
    told: dict[str, Any] = {"programme": programme.pk, "as_of": as_of}
    holds = _holds(indicator, told)
    statement = _MEMBERS.format(counts=_AT[indicator.at], holds=f"{holds} is null" if unknown else holds)
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return [row[0] for row in cursor.fetchall()]
