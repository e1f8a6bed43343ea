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
from lotsen.programmes.enums import Category, CountsAs, Dimension, Outcome, Sex
from lotsen.programmes.models import Goal, Programme

from .definitions import Definition, all_definitions
from .enums import GoalState, Measure, Need, Part, Subject

#: The key of those about whom a fact is not known.
UNKNOWN = "unknown"

# Every row of the set, once for each wanted dimension (and target group) that it falls under. `all` is the whole.
_FACTS = """
with member as ({definition}),
fact as (
  select m.subject_id, m.value::numeric as value, d.dim, d.key, coalesce(nullif(c.sex, ''), 'unknown') as sex
  from member m
  left join cases_case c on c.id = m.case_id
  left join access_unit u on u.id = c.unit_id
  cross join lateral (
    -- What lies after the day of the figure has not happened yet.
    select case when c.started_on <= %(as_of)s then c.started_on end as started,
      case when c.closed_on <= %(as_of)s then c.closed_on end as closed
  ) day
  left join programmes_destination o on o.id = c.destination_id and day.closed is not null
  cross join lateral (
    select 'all', ''
    union all select 'sex', coalesce(nullif(c.sex, ''), 'unknown') where 'sex' = any(%(dims)s)
    union all select 'age',
      case when c.age >= (%(age_bounds)s::int[])[1] then width_bucket(c.age, %(age_bounds)s::int[])::text
      else 'unknown' end where 'age' = any(%(dims)s)
    union all select 'born_abroad', coalesce(c.born_abroad::text, 'unknown') where 'born_abroad' = any(%(dims)s)
    union all select 'reduced_work_ability', coalesce(c.reduced_work_ability::text, 'unknown')
      where 'reduced_work_ability' = any(%(dims)s)
    union all select 'municipality', coalesce(u.municipality_id, 'unknown') where 'municipality' = any(%(dims)s)
    union all select 'start_year', coalesce(extract(year from day.started)::text, 'unknown')
      where 'start_year' = any(%(dims)s)
    union all select 'start_month', coalesce(to_char(day.started, 'YYYY-MM'), 'unknown')
      where 'start_month' = any(%(dims)s)
    union all select 'close_month', coalesce(to_char(day.closed, 'YYYY-MM'), 'unknown')
      where 'close_month' = any(%(dims)s)
    union all select 'outcome', coalesce(o.outcome, 'unknown') where 'outcome' = any(%(dims)s)
    union all select 'target_group', g.code
      from cases_casetargetgroup cg join programmes_targetgroup g on g.id = cg.target_group_id
      where cg.case_id = c.id and 'target_group' = any(%(dims)s)
  ) as d(dim, key)
)
"""

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


@dataclass(frozen=True)
class GoalStatus:
    """A goal, its figure, and where it leads if things go on as they have."""

    goal: Goal
    indicator: Definition | None
    figure: Figure | None
    projected: Decimal | None
    state: GoalState

    @property
    def dimension(self) -> str:
        """The breakdown whose group the goal is over, or the whole."""
        return self.goal.dimension or "all"


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
            _("%(day)s lies before the programme began (%(start)s). Choose a later day.")
            % {"day": as_of, "start": first},
            "as_of",
        )
    if as_of > last:
        raise Refused(
            _("%(day)s lies long after the programme ended (%(end)s). Choose a day no later than %(last)s.")
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
    aggregates = _AGGREGATES[definition.measure]
    if definition.repeats:
        aggregates = aggregates.replace("count(*)", "count(distinct subject_id)")
    statement = (_CROSSED if crossed else _FIGURES).format(definition=definition.sql, aggregates=aggregates)
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
            Group(_key(programme, dim, key), labels.of(dim, key), found[dim, key], by_sex.get((dim, key), {}))
            for key in labels.order(dim, [key for found_dim, key in found if found_dim == dim])
        ]
        for dim in wanted
    }
    return Indicator(definition, as_of, found.get(("all", ""), _figure(definition.measure, 0, 0, 0, None)), by)


def _wanted(definition: Definition, dims: Sequence[Dimension]) -> Sequence[Dimension]:
    """Return the breakdowns that an indicator has: only what belongs to cases has groups."""
    return dims if definition.subject == Subject.CASE or definition.repeats else ()


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


def missing_needs(programme: Programme) -> dict[str, frozenset[Need]]:
    """Return by code what each indicator needs and the programme has not. What a goal is set over is always asked."""
    outcomes = {destination.outcome for destination in programme.destinations.all()}
    kinds = list(programme.kinds.all())
    counted = {kind.counts_as for kind in kinds}
    placements = any(kind.category == Category.PLACEMENT for kind in kinds)
    there = {
        Need.WAY_TO_WORK: bool(outcomes & {Outcome.WORK, Outcome.STUDIES}),
        Need.FOLLOW_UP_90: 90 in programme.follow_up_days,
        Need.PLACEMENTS: placements,
        Need.EMPLOYERS: placements or any(group.is_of_employers for group in programme.targetgroups.all()),
        Need.GROUPS: bool(counted & {CountsAs.STEERING_GROUP, CountsAs.PROJECT_GROUP}),
        Need.EQUALITY_TRAINING: CountsAs.EQUALITY_TRAINING in counted,
        Need.STAFF_NETWORK: CountsAs.STAFF_NETWORK in counted,
    }
    aimed = {goal.indicator for goal in programme.goals.all()}
    return {
        code: frozenset() if code in aimed else frozenset(need for need in definition.needs if not there[need])
        for code, definition in all_definitions().items()
    }


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
    sql = _MEMBERS.format(definition=definition.sql, part=_PARTS[part])
    dims = [dim] if dim in Dimension.values else []
    return dict(_run(sql, programme, as_of, dims, dim=dim, key=raw_key(programme, dim, key), sex=sex))


def goal_statuses(programme: Programme, as_of: date) -> list[GoalStatus]:
    """Return how each goal of the programme stands.

    A count is projected by the time that has passed, a share as it is; nothing is when the programme is over.
    """
    labels = group_labels(programme)
    counted: dict[tuple[str, str], Indicator] = {}
    statuses = []
    for goal in programme.goals.all():
        if not goal.indicator:
            statuses.append(GoalStatus(goal, None, None, None, GoalState.IN_WORDS))
            continue
        asked = (goal.indicator, goal.dimension)
        if asked not in counted:
            dims = [Dimension(goal.dimension)] if goal.dimension else []
            counted[asked] = calculate(programme, definition_of(goal.indicator), as_of, dims, labels)
        statuses.append(_status(programme, goal, counted[asked]))
    return statuses


def _status(programme: Programme, goal: Goal, indicator: Indicator) -> GoalStatus:
    definition = indicator.definition
    figure = indicator.total
    if goal.dimension:
        groups = {group.key: group.figure for group in indicator.by[Dimension(goal.dimension)]}
        figure = groups.get(goal.key, _figure(definition.measure, 0, 0, 0, None))
    assert goal.target is not None, "A goal with an indicator has a target."
    is_over = indicator.as_of >= programme.ends_on
    projected = None if is_over else _project(programme, definition, figure, indicator.as_of)
    state = _state(figure.value, projected, goal.target, is_over=is_over)
    return GoalStatus(goal, definition, figure, projected, state)


def _state(value: Decimal | None, projected: Decimal | None, target: Decimal, *, is_over: bool) -> GoalState:
    if value is None:
        return GoalState.NO_DATA
    if value >= target:
        return GoalState.REACHED
    if is_over:
        return GoalState.NOT_REACHED
    return GoalState.ON_TRACK if projected is not None and projected >= target else GoalState.BEHIND


def _project(programme: Programme, definition: Definition, figure: Figure, as_of: date) -> Decimal | None:
    """Where a figure ends with the programme: counts and sums grow with time, shares and medians stay."""
    if figure.value is None or definition.measure in {Measure.SHARE, Measure.MEDIAN}:
        return figure.value
    whole = (programme.ends_on - programme.starts_on).days
    passed = min(max((as_of - programme.starts_on).days, 1), whole)
    return _round(figure.value * whole / passed, 0)


def _figure(measure: Measure, numerator: int, denominator: int | None, unknown: int, number: Any) -> Figure:
    if measure == Measure.COUNT:
        return Figure(Decimal(numerator), numerator, None, 0)
    if measure == Measure.SHARE:
        value = _round(Decimal(100 * numerator) / denominator, 1) if denominator else None
        return Figure(value, numerator, denominator or 0, unknown)
    if measure == Measure.SUM:
        return Figure(_round(Decimal(number or 0), 1), numerator, None, 0)
    return Figure(None if number is None else _round(Decimal(number), 1), numerator, None, unknown)


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _run(sql: str, programme: Programme, as_of: date, dims: Iterable[str], **more: str) -> list[tuple[Any, ...]]:
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


@dataclass(frozen=True)
class Labels:
    """The words for the keys of each dimension, in the order in which they are shown."""

    words: dict[str, dict[str, str]]

    def of(self, dim: str, key: str) -> str:
        """Return the word for a key."""
        return self.words.get(dim, {}).get(key) or (_("Not known") if key == UNKNOWN else key)

    def order(self, dim: str, keys: Iterable[str]) -> list[str]:
        """Sort keys as their list has them; others by themselves; the unknown last."""
        rank = {key: place for place, key in enumerate(self.words.get(dim, {}))}
        return sorted(keys, key=lambda key: (key == UNKNOWN, rank.get(key, len(rank)), key))


def group_labels(programme: Programme) -> Labels:
    """Return the words of a programme's groups: two queries, whatever the number of figures."""
    yes_no = {"true": _("Yes"), "false": _("No")}
    units = programme.units.exclude(municipality=None).select_related("municipality")
    return Labels(
        {
            Dimension.SEX: {sex.value: str(sex.label) for sex in Sex},
            Dimension.AGE: {str(place + 1): band for place, band in enumerate(programme.age_bands)},
            Dimension.BORN_ABROAD: yes_no,
            Dimension.REDUCED_WORK_ABILITY: yes_no,
            Dimension.MUNICIPALITY: {u.municipality_id or "": str(u.municipality) for u in units},
            Dimension.TARGET_GROUP: {group.code: group.name for group in programme.targetgroups.all()},
            Dimension.OUTCOME: {outcome.value: str(outcome.label) for outcome in Outcome},
        }
    )


def _key(programme: Programme, dim: str, raw: str) -> str:
    """Turn the statement's key into the one of files and addresses: `2` -> `25-64`, `true` -> `yes`."""
    if dim == Dimension.AGE and raw != UNKNOWN:
        return programme.age_bands[int(raw) - 1]
    return {"true": "yes", "false": "no"}.get(raw, raw)


def raw_key(programme: Programme, dim: str, key: str) -> str:
    """Turn the key of files and addresses back into the statement's."""
    if dim == Dimension.AGE and key in programme.age_bands:
        return str(programme.age_bands.index(key) + 1)
    return {"yes": "true", "no": "false"}.get(key, key)
