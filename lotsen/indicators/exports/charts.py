"""Figures as charts, each with the rows of the table beside it. Every number leads to the list behind it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotsen.core import charts
from lotsen.core.text import number
from lotsen.indicators.enums import GoalState, Measure, Part
from lotsen.indicators.exports.files import show, unknown_text
from lotsen.indicators.queries import UNKNOWN, Figure, GoalStatus, Group, Indicator
from lotsen.programmes.enums import Dimension, Outcome, Sex

#: Gives the address of a list: `link(code, part=, by=, key=, page=)`.
Link = Callable[..., str]

#: What the overview counts, and by what.
OVERVIEW: dict[str, list[Dimension]] = {
    "referred": [],
    "participants": [Dimension.START_MONTH],
    "active": [],
    "ended": [Dimension.OUTCOME, Dimension.CLOSE_MONTH],
    "transferred": [Dimension.CLOSE_MONTH],
    "share_ended_in_work_or_studies": [],
    "median_days_in_programme": [],
}
KEY_FIGURES = ("participants", "active", "ended", "share_ended_in_work_or_studies", "median_days_in_programme")

#: What a breakdown is called above its chart.
HEADINGS = {
    Dimension.SEX: gettext_lazy("By sex"),
    Dimension.AGE: gettext_lazy("By age at start"),
    Dimension.BORN_ABROAD: gettext_lazy("Born abroad or not"),
    Dimension.REDUCED_WORK_ABILITY: gettext_lazy("With and without a reduced work ability"),
    Dimension.MUNICIPALITY: gettext_lazy("By municipality"),
    Dimension.TARGET_GROUP: gettext_lazy("By target group"),
    Dimension.START_YEAR: gettext_lazy("By year of start"),
    Dimension.OUTCOME: gettext_lazy("By outcome"),
    Dimension.START_MONTH: gettext_lazy("By month of start"),
    Dimension.CLOSE_MONTH: gettext_lazy("By month of closing"),
}
#: A share or a median of fewer people than this is no message.
FEW = 5

GOALS_A_CHART = 3

#: How wide a chart is drawn that stands beside others, or on a phone.
NARROW = 400
#: How wide bars are drawn for a phone, so that their words keep their size.
PHONE = 300
#: How wide one is drawn that has its panel for itself, and one that shares it with a state.
WIDE, BESIDE_A_TAG = 830, 700

STATE_COLORS = {
    GoalState.REACHED: "success",
    GoalState.ON_TRACK: "info",
    GoalState.BEHIND: "warning",
    GoalState.NOT_REACHED: "danger",
    GoalState.NO_DATA: "neutral",
    GoalState.IN_WORDS: "neutral",
}


@dataclass(frozen=True)
class GoalRow:
    """A goal as a row of a list."""

    status: GoalStatus
    #: For wide pages and for narrow ones.
    charts: list[SafeString]
    value: str
    target: str
    projected: str
    unknown: str
    href: str
    color: str


def goal_row(status: GoalStatus, link: Link) -> GoalRow:
    """Return a goal with its chart, its numbers in words and the address of its indicator."""
    code = status.goal.indicator
    drawn = [
        charts.bullets(
            [_bullet(status, link)],
            ident=f"goal-{status.goal.code}-{w}",
            title=status.goal.name,
            desc=goals_words([status]),
            w=w,
            has_legend=False,
        )
        for w in (BESIDE_A_TAG, PHONE)
    ]
    return GoalRow(
        status=status,
        charts=drawn if code else [],
        value=value_text(status),
        target=target_text(status),
        projected=_number_text(status, status.projected),
        unknown=unknown_text(status.indicator.measure, status.figure) if status.indicator and status.figure else "–",
        href=link(code, page="indicator_detail") if code else "",
        color=STATE_COLORS[status.state],
    )


def value_text(status: GoalStatus) -> str:
    """Return the outcome of a goal in words."""
    return _number_text(status, status.figure.value if status.figure else None, decimals=1)


def target_text(status: GoalStatus) -> str:
    """Return the target of a goal in words."""
    return _number_text(status, status.goal.target)


def _number_text(status: GoalStatus, value: Decimal | None, decimals: int = 0) -> str:
    """Write a number of a goal. What is counted as a share has a decimal, as it has everywhere; targets are round."""
    if value is None or status.indicator is None:
        return "–"
    unit = _unit(status)
    decimals = decimals if unit and value == value.to_integral_value() else int(value != value.to_integral_value())
    return f"{number(value, decimals)}\u00a0{unit}" if unit else number(value, decimals)


def _unit(status: GoalStatus) -> str:
    return "%" if status.indicator and status.indicator.measure == Measure.SHARE else ""


def goals(statuses: list[GoalStatus]) -> list[tuple[SafeString, str]]:
    """Draw each measured goal as a bar against its target, for documents, and say it in words.

    A few goals to a chart: a picture is not parted, and a large one would leave half a page empty.
    """
    measured = [status for status in statuses if status.indicator]
    parts = [measured[start : start + GOALS_A_CHART] for start in range(0, len(measured), GOALS_A_CHART)]
    return [
        (
            charts.bullets(
                [_bullet(status, None) for status in part],
                ident=f"goals-{place}",
                title=_("Goals against outcome"),
                desc=goals_words(part),
            ),
            goals_words(part),
        )
        for place, part in enumerate(parts)
    ]


def _bullet(status: GoalStatus, link: Link | None) -> charts.Bullet:
    value = status.figure.value if status.figure else None
    projected = status.projected if status.state in {GoalState.ON_TRACK, GoalState.BEHIND} else None
    return charts.Bullet(
        label=status.goal.name,
        value=_float(value),
        target=_float(status.goal.target),
        projected=_float(projected) if projected != value else None,
        unit=_unit(status),
        href=link(status.goal.indicator, page="indicator_detail") if link and status.indicator else "",
        shown=value_text(status),
    )


def goals_words(statuses: list[GoalStatus]) -> str:
    """Say in words what the chart of goals shows."""
    parts = [
        _("%(goal)s: %(value)s of %(target)s")
        % {"goal": status.goal.name, "value": value_text(status), "target": target_text(status)}
        for status in statuses
        if status.indicator
    ]
    return ". ".join(parts) + "." if parts else ""


def goals_headline(statuses: list[GoalStatus]) -> str:
    """Say how many of the measured goals are reached."""
    measured = [status for status in statuses if status.indicator]
    reached = [status for status in measured if status.state == GoalState.REACHED]
    return _("%(reached)s of %(all)s measured goals are reached") % {"reached": len(reached), "all": len(measured)}


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


#: The colour of each end of the flow, by its place in the palette.
_COLOURS = {"work": 1, "studies": 2, "other": 5, "transferred": 3, "active": 4}


def _ends(figures: dict[str, Indicator], link: Link) -> Iterator[tuple[str, str, int, str]]:
    """Yield code, label, number and address of each end of the way."""
    for group in figures["ended"].by[Dimension.OUTCOME]:
        label = str(Outcome(group.key).label) if group.key != UNKNOWN else group.label
        yield group.key, label, group.figure.numerator or 0, link("ended", by="outcome", key=group.key)
    for code in ("transferred", "active"):
        yield code, figures[code].name, figures[code].total.numerator or 0, link(code)


def flow(figures: dict[str, Indicator], link: Link, w: int = WIDE) -> SafeString:
    """Draw the way from referral over start to where each case is."""
    referred, started = (figures[code].total.numerator or 0 for code in ("referred", "participants"))
    if not started:
        return SafeString("")
    ends = [end for end in _ends(figures, link) if end[2]]
    waiting = referred - started
    nodes = [
        [charts.Node("referred", figures["referred"].name, 1, link("referred"))],
        [charts.Node("participants", figures["participants"].name, 1, link("participants"))],
        [charts.Node(code, label, _COLOURS.get(code, 5), href) for code, label, _n, href in ends],
    ]
    streams = [charts.Stream("referred", "participants", started, link("participants"))]
    streams += [charts.Stream("participants", code, count, href) for code, _label, count, href in ends]
    if waiting:
        nodes[1].append(charts.Node("waiting", _("Not started"), 4))
        streams.append(charts.Stream("referred", "waiting", waiting))
    return charts.flow(
        nodes, streams, ident=f"flow-{w}", w=w, title=_("From referral to outcome"), desc=flow_words(figures, link)
    )


def flow_words(figures: dict[str, Indicator], link: Link) -> str:
    """Say in words what the chart of the flow shows."""
    ends = ", ".join(f"{label.lower()} {count}" for _code, label, count, _href in _ends(figures, link) if count)
    counts = {code: figures[code].total.numerator or 0 for code in ("referred", "participants")}
    return _("%(referred)s referred, %(started)s started; of them: %(ends)s.") % {
        "referred": counts["referred"],
        "started": counts["participants"],
        "ends": ends,
    }


def flow_rows(figures: dict[str, Indicator], link: Link) -> list[tuple[str, int, str]]:
    """Return label, number and address of each station, for the table."""
    rows = [(figures[c].name, figures[c].total.numerator or 0, link(c)) for c in ("referred", "participants")]
    return rows + [(label, count, href) for _code, label, count, href in _ends(figures, link)]


def months_rows(figures: dict[str, Indicator], link: Link) -> list[tuple[str, list[charts.Datum]]]:
    """Return each month from the first to the last: started, ended and transferred, each with its list."""
    found = [
        (code, dim, {group.key: group.figure.numerator or 0 for group in figures[code].by[dim]})
        for code, dim in (
            ("participants", Dimension.START_MONTH),
            ("ended", Dimension.CLOSE_MONTH),
            ("transferred", Dimension.CLOSE_MONTH),
        )
    ]
    keys = sorted({key for _code, _dim, counts in found for key in counts} - {UNKNOWN})
    if not keys:
        return []
    year, month = map(int, keys[0].split("-"))
    months = []
    while (key := f"{year}-{month:02}") <= keys[-1]:
        numbers = [charts.Datum(counts.get(key, 0), link(code, by=dim.value, key=key)) for code, dim, counts in found]
        months.append((key, numbers))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months


def months(figures: dict[str, Indicator], link: Link, w: int = WIDE) -> SafeString:
    """Draw starts, exits and transfers by month."""
    found = months_rows(figures, link)
    if not found:
        return SafeString("")
    names = [_("Started"), _("Ended"), _("Transferred")]
    series = [charts.Row(name, [numbers[place] for _month, numbers in found]) for place, name in enumerate(names)]
    return charts.columns(
        [month for month, _numbers in found],
        [row for row in series if any(datum.value for datum in row.data)],
        ident=f"months-{w}",
        w=w,
        title=_("Starts and closings by month"),
        desc=_("From %(first)s to %(last)s.") % {"first": found[0][0], "last": found[-1][0]},
    )


@dataclass(frozen=True)
class Breakdown:
    """One breakdown of an indicator: what it is by, its message, charts, their words, and the rows of a table."""

    dimension: Dimension
    title: str
    heading: str
    message: str
    #: For wide pages and for narrow ones.
    charts: list[SafeString]
    words: str
    rows: list[dict[str, Any]]


def breakdown(item: Indicator, dim: Dimension, groups: list[Group], link: Link | None) -> Breakdown:
    """Draw one breakdown: counts as bars, shares and medians as bars against the whole."""
    rows = [_group_row(item, dim, group, link) for group in groups]
    words = (
        ", ".join(
            " ".join(filter(None, [row["label"], row["value"], f"({row['rests_on']})" if row["rests_on"] else ""]))
            for row in rows
        )
        + "."
    )
    bars = [
        charts.Bullet(
            label=row["label"],
            value=_float(row["figure"].value),
            target=None,
            unit="%" if item.definition.measure == Measure.SHARE else "",
            href=row["href"],
            shown=row["value"],
            note=row["rests_on"],
        )
        for row in rows
    ]
    title = f"{item.name}: {Dimension(dim).label.lower()}"
    drawn = [charts.bullets(bars, ident=f"by-{dim}-{w}", title=title, desc=words, w=w) for w in (NARROW, PHONE)]
    return Breakdown(dim, str(Dimension(dim).label), str(HEADINGS[dim]), _message(item, groups), drawn, words, rows)


def _message(item: Indicator, groups: list[Group]) -> str:
    """Say which group has most and which least. A group of a few people says too little to be named."""
    is_count = item.definition.measure in {Measure.COUNT, Measure.SUM}
    found = [
        (group.figure.value, group)
        for group in groups
        if group.key != UNKNOWN and group.figure.value is not None and (is_count or _known(group) >= FEW)
    ]
    if len({value for value, _group in found}) < 2:
        return item.name
    (_least, least), (_most, most) = (pick(found, key=lambda pair: pair[0]) for pick in (min, max))
    names = {"most": f"{most.label} {show(item, most.figure)}", "least": f"{least.label} {show(item, least.figure)}"}
    return (
        _("Most: %(most)s. Least: %(least)s.") % names
        if is_count
        else _("Highest: %(most)s. Lowest: %(least)s.") % names
    )


def _known(group: Group) -> int:
    return group.figure.denominator or group.figure.numerator or 0


def rests_on(figure: Figure) -> str:
    """Say of how many a figure is, and how many did not answer: `9 of 19, 9 no answer`. Nothing for counts and sums."""
    parts = []
    if figure.denominator is not None:
        counts = {"n": number(figure.numerator), "of": number(figure.denominator)}
        parts.append(_("%(n)s of %(of)s") % counts)
    if figure.unknown:
        parts.append(_("%(n)s no answer") % {"n": number(figure.unknown)})
    return ", ".join(parts)


def main_part(measure: Measure) -> str:
    """Return which part of a figure its number opens: of a share those who count, of a median those measured."""
    return {Measure.SHARE: Part.NUMERATOR.value, Measure.MEDIAN: Part.DENOMINATOR.value}.get(measure, "")


def _group_row(item: Indicator, dim: Dimension, group: Group, link: Link | None) -> dict[str, Any]:
    """Return a row of a breakdown's table: the group, and its women and men, each with the address of its list."""
    shown = main_part(item.definition.measure)

    def to(part: str, sex: str = "") -> str:
        return link(item.code, part=part, by=dim.value, key=group.key, sex=sex) if link else ""

    sexes = [] if dim == Dimension.SEX else [sex.value for sex in Sex]
    return {
        "label": group.label,
        "figure": group.figure,
        "value": show(item, group.figure),
        "rests_on": rests_on(group.figure),
        "href": to(shown),
        "sexes": [
            (show(item, group.by_sex[sex]), to(shown, sex)) if sex in group.by_sex else ("–", "") for sex in sexes
        ],
        "denominator_href": to("denominator"),
        "unknown_href": to("unknown"),
    }
