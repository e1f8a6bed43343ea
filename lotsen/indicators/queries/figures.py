"""Figures, their breakdowns, and the lists behind them: three readings of one set.

The only raw SQL outside `definitions/` stands here: it wraps a definition's statement, and is made of constants.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from lotsen.core.refused import Refused
from lotsen.indicators.definitions import Definition, all_definitions
from lotsen.indicators.enums import Measure, Need, Part, Subject
from lotsen.programmes.enums import Dimension
from lotsen.programmes.models import Programme

from .groups import KEYS, Labels, group_labels, raw_key, written_key
from .needs import missing_needs

# Every row of the set, once for each wanted dimension (and target group) that it falls under. `all` is the whole.
_FACTS = """
with member as ({definition}),
fact as (
  select m.subject_id, m.case_id, m.value::numeric as value, d.dim, d.key, coalesce(nullif(c.sex, ''), 'unknown') as sex
  from member m
  left join cases_case c on c.id = m.case_id
  left join access_unit u on u.id = c.unit_id
  cross join lateral (
    -- What lies after the day of the figure has not happened yet.
    select case when c.started_on <= %(as_of)s then c.started_on end as started,
      case when c.closed_on <= %(as_of)s then c.closed_on end as closed
  ) day
  left join programmes_destination o on o.id = c.destination_id and day.closed is not null
  cross join lateral ({keys}) as d(dim, key)
)
"""

#: Where a subject comes in several rows, it counts once.
_COUNT_ONCE = "count(distinct subject_id), null::bigint, 0, null::numeric"
_AGGREGATES = {
    Measure.COUNT: "count(*), null::bigint, 0, null::numeric",
    Measure.SHARE: "count(*) filter (where value > 0), count(value), count(*) - count(value), null::numeric",
    Measure.SUM: "count(*), null::bigint, 0, sum(value)",
    Measure.MEDIAN: (
        "count(value), null::bigint, count(*) - count(value), "
        "percentile_cont(0.5) within group (order by value)::numeric"
    ),
}
# Each group as a whole (sex is null), and where it is asked for, each group by sex too.
_FIGURES = _FACTS + "select dim, key, null, {aggregates} from fact group by dim, key"  # noqa: S608 - constants only
_CROSSED = (
    _FACTS + "select dim, key, sex, {aggregates} from fact "  # noqa: S608 - constants only
    "group by grouping sets ((dim, key), (dim, key, sex))"
)
# Several groups as one: who is in two of them counts once.
_OVER = (
    _FACTS + "select {aggregates} from (select distinct subject_id, case_id, value from fact "  # noqa: S608 - constants only
    "where dim = %(dim)s and key = any(%(keys)s)) fact"
)
_MEMBERS = (
    _FACTS + "select distinct subject_id, value from fact "  # noqa: S608 - constants only
    "where dim = %(dim)s and key = %(key)s and %(sex)s in ('', sex) and {part}"
)
_PARTS = {
    Part.ALL: "true",
    Part.NUMERATOR: "value > 0",
    Part.DENOMINATOR: "value is not null",
    Part.UNKNOWN: "value is null",
}


@dataclass(frozen=True)
class Figure:
    """A number and what it rests on. A share is in per cent, of those about whom it is known."""

    value: Decimal | None
    numerator: int | None
    denominator: int | None
    unknown: int


@dataclass(frozen=True)
class Group:
    """The figure of one group of a breakdown, and of the women and men in it where they were asked for."""

    key: str
    label: str
    figure: Figure
    by_sex: dict[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """An indicator of a programme as of a day: the whole, and the groups of each breakdown asked for."""

    definition: Definition
    as_of: date
    total: Figure
    by: dict[Dimension, list[Group]] = field(default_factory=dict)
    target: Decimal | None = None
    #: What the figure needs and the programme has not. Then it is not counted, and its value is not known.
    lacks: frozenset[Need] = frozenset()

    @property
    def code(self) -> str:
        """The code, as in files and addresses."""
        return self.definition.code.value

    @property
    def name(self) -> str:
        """The name for people."""
        return str(self.definition.code.label)


def definition_of(code: str) -> Definition:
    """Return the definition with this code. Refuses one that there is not."""
    try:
        return all_definitions()[code]
    except KeyError:
        raise Refused(_("There is no indicator with the code %(code)s.") % {"code": code}) from None


def check_day(programme: Programme, as_of: date) -> None:
    """Refuse a day before the programme began, or so long after its end that nothing more can come in."""
    first, last = programme.starts_on, programme.counts_until
    if as_of < first:
        raise Refused(
            _("%(day)s lies before the project began (%(start)s). Choose a later day.")
            % {"day": as_of, "start": first},
            "as_of",
        )
    if as_of > last:
        raise Refused(
            _("%(day)s lies long after the project ended (%(end)s). Choose a day no later than %(last)s.")
            % {"day": as_of, "end": programme.ends_on, "last": last},
            "as_of",
        )


def calculate(
    programme: Programme,
    definition: Definition,
    as_of: date,
    dims: Sequence[Dimension] = (),
    labels: Any = None,
    *,
    crossed: bool = False,
) -> Indicator:
    """Count one indicator and the breakdowns asked for, in one statement, over what the acting user may see.

    `crossed` counts the women and men of each group as well.
    """
    labels = labels or group_labels(programme)
    wanted = _wanted(definition, dims)
    crossed = crossed and Dimension.SEX not in definition.not_by
    statement = _statement(_CROSSED if crossed else _FIGURES, definition)
    found: dict[tuple[str, str], Figure] = {}
    by_sex: dict[tuple[str, str], dict[str, Figure]] = {}
    for dim, key, sex, *numbers in _run(statement, programme, as_of, wanted):
        figure = _figure(definition.measure, *numbers)
        if sex is None:
            found[dim, key] = figure
        else:
            by_sex.setdefault((dim, key), {})[sex] = figure
    by = {
        dim: [
            Group(written_key(programme, dim, key), labels.of(dim, key), found[dim, key], by_sex.get((dim, key), {}))
            for key in labels.order(dim, [key for found_dim, key in found if found_dim == dim])
        ]
        for dim in wanted
    }
    return Indicator(definition, as_of, found.get(("all", ""), _figure(definition.measure, 0, 0, 0, None)), by)


def figure_over(programme: Programme, definition: Definition, as_of: date, dim: str, keys: Sequence[str]) -> Figure:
    """Count one indicator over some groups of a dimension together, or over the whole where there is no dimension."""
    if not dim:
        return calculate(programme, definition, as_of, labels=Labels({})).total
    raw = [raw_key(programme, dim, key) for key in keys]
    (numbers,) = _run(_statement(_OVER, definition), programme, as_of, [dim], dim=dim, keys=raw)
    return _figure(definition.measure, *numbers)


def _statement(shape: str, definition: Definition) -> str:
    aggregates = _COUNT_ONCE if definition.repeats else _AGGREGATES[definition.measure]
    return shape.format(definition=definition.sql, keys=KEYS, aggregates=aggregates)


def _wanted(definition: Definition, dims: Sequence[Dimension]) -> Sequence[Dimension]:
    """Return the breakdowns that an indicator has: only what belongs to cases has groups, and not all say something."""
    if definition.subject != Subject.CASE and not definition.repeats:
        return ()
    return [dim for dim in dims if dim not in definition.not_by]


def calculate_all(programme: Programme, as_of: date, dims: Sequence[Dimension] = ()) -> list[Indicator]:
    """Count every indicator of a programme. Targets are those of the goals over the whole.

    One that does not apply to the programme is there without being counted: its value is not known.
    """
    check_day(programme, as_of)
    labels = group_labels(programme)
    missing = missing_needs(programme)
    targets = {goal.indicator: goal.target for goal in programme.goals.all() if not goal.dimension}
    found = []
    for definition in all_definitions().values():
        lacks = missing[definition.code.value]
        if lacks:
            found.append(not_counted(definition, as_of, lacks, dims))
            continue
        result = calculate(programme, definition, as_of, dims, labels)
        found.append(Indicator(definition, as_of, result.total, result.by, targets.get(definition.code.value)))
    return found


def not_counted(
    definition: Definition, as_of: date, lacks: frozenset[Need], dims: Sequence[Dimension] = ()
) -> Indicator:
    """Return an indicator that does not apply to the programme: nothing is known, since nobody was asked."""
    by: dict[Dimension, list[Group]] = {dim: [] for dim in _wanted(definition, dims)}
    return Indicator(definition, as_of, Figure(None, None, None, 0), by, lacks=lacks)


def members(
    programme: Programme,
    definition: Definition,
    as_of: date,
    dim: str = "all",
    key: str = "",
    part: Part = Part.ALL,
    sex: str = "",
) -> dict[UUID, Decimal | None]:
    """Return the subjects behind a figure, or behind a group, part or sex of it, with their values."""
    sql = _MEMBERS.format(definition=definition.sql, keys=KEYS, part=_PARTS[part])
    dims = [dim] if dim in Dimension.values else []
    return dict(_run(sql, programme, as_of, dims, dim=dim, key=raw_key(programme, dim, key), sex=sex))


def _figure(measure: Measure, numerator: int, denominator: int | None, unknown: int, number: Any) -> Figure:
    if measure == Measure.COUNT:
        return Figure(Decimal(numerator), numerator, None, 0)
    if measure == Measure.SHARE:
        value = rounded(Decimal(100 * numerator) / denominator, 1) if denominator else None
        return Figure(value, numerator, denominator or 0, unknown)
    if measure == Measure.SUM:
        return Figure(rounded(Decimal(number or 0), 1), numerator, None, 0)
    return Figure(None if number is None else rounded(Decimal(number), 1), numerator, None, unknown)


def rounded(value: Decimal, places: int) -> Decimal:
    """Round half up, as people do."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _run(
    sql: str, programme: Programme, as_of: date, dims: Iterable[str], **more: str | list[str]
) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {
        "programme": programme.pk,
        "as_of": as_of,
        "dims": [str(dim) for dim in dims],
        "age_bounds": programme.age_bounds,
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
