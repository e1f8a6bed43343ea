"""A questionnaire as the file that loads to the same; answers as charts with their tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotsen.core import charts
from lotsen.core.pages import Column
from lotsen.core.text import local, number

from .definitions import Question
from .enums import QuestionKind
from .models import Version
from .queries import AreaChange, Cell, Result, Told, WheelOver, definition_of

#: Widths of a chart, for wide pages and for phones.
WIDE, WHEEL, PHONE = 640, 520, 320


NEED_COLUMNS = (
    Column("SNI", lambda need: need.industry),
    Column("SSYK", lambda need: need.occupation),
    Column(gettext_lazy("Year"), lambda need: need.year, is_number=True),
    Column(gettext_lazy("Needed"), lambda need: need.wanted, is_number=True),
    Column(gettext_lazy("Employers"), lambda need: need.employers, is_number=True),
)


def export_questionnaire(version: Version) -> str:
    """Write a version as a questionnaire file."""
    return yaml.safe_dump(definition_of(version).as_data(), allow_unicode=True, sort_keys=False, width=120)


@dataclass(frozen=True)
class DrawnWheel:
    """A wheel of the last time and the one before it, with the table of all."""

    name: str
    title: str
    charts: list[SafeString]
    days: list[str]
    rows: list[tuple[str, list[tuple[int | None, int | None]]]]


@dataclass(frozen=True)
class Drawn:
    """What one voice has answered to one version, ready for a page."""

    told: Told
    wheel: DrawnWheel | None


def draw(told: Told) -> Drawn:
    """Prepare what was answered over time."""
    found = told.wheel
    return Drawn(told, draw_wheel(found, told) if found else None)


def draw_wheel(found: WheelOver, told: Told) -> DrawnWheel:
    """Draw a wheel: how it was the time before, and how it is; or, of one time, how it is wished and how it is."""
    days = [formats.date_format(day, "DATE_FORMAT") for day, _now, _wished in found.rounds]
    codes = [code for code, _name in found.areas]
    last = found.rounds[-1]
    if len(found.rounds) > 1:
        before = found.rounds[-2]
        shown = [(days[-2], before[1]), (days[-1], last[1])]
    else:
        shown = [(_("As wished"), last[2]), (days[-1], last[1])] if last[2] else [(days[-1], last[1])]
    rounds = [charts.Round(label, [steps.get(code) for code in codes]) for label, steps in shown]
    title = _wheel_message(found)
    names = [name for _code, name in found.areas]
    desc = "; ".join(
        f"{label}: "
        + ", ".join(f"{name} {step if step is not None else '–'}" for name, step in zip(names, steps, strict=True))
        for label, steps in rounds
    )
    ident = f"wheel-{told.version.pk}-{told.voice.value}"
    drawings = [
        charts.wheel(names, rounds, found.steps, ident=f"{ident}-{w}", title=title, desc=desc, w=w)
        for w in (WHEEL, PHONE)
    ]
    return DrawnWheel(told.version.questionnaire.title, title, drawings, days, found.rows)


def _wheel_message(found: WheelOver) -> str:
    """Say what has changed most, or where it is lowest."""
    names = dict(found.areas)
    _day, now, _wished = found.rounds[-1]
    if len(found.rounds) > 1:
        before = found.rounds[-2][1]
        risen = {code: now[code] - before[code] for code in names if code in now and code in before}
        if risen and max(risen.values()) > 0:
            most = max(risen.values())
            return _("Most has happened in: %(areas)s") % {
                "areas": ", ".join(names[code] for code, step in risen.items() if step == most)
            }
        return _("No area has risen since the last time")
    lowest = min(now.values()) if now else 0
    return _("Lowest: %(areas)s") % {"areas": ", ".join(names[code] for code, step in now.items() if step == lowest)}


@dataclass(frozen=True)
class Spread:
    """How the answers to one question spread, as bars and as a table."""

    text: str
    svg: list[SafeString]
    headings: list[str]
    rows: list[tuple[str, list[int], int]]


def spreads(result: Result) -> list[tuple[str, list[Spread]]]:
    """Draw a wave's answers, section by section."""
    found = []
    for section in result.definition.sections:
        shown = [each for question in section.questions if (each := _spread(question, result))]
        if shown:
            found.append((local(section.text), shown))
    return found


def _spread(question: Question, result: Result) -> Spread | None:
    lines = [
        (local(text), cell)
        for text, item in ([(row.text, row.code) for row in question.rows] or [(question.text, "")])
        if (cell := result.whole.get((question.code, item)))
    ]
    values: list[tuple[Any, str]] = [(float(step), str(step)) for step in question.steps]
    values = values or [(option.code, local(option.text)) for option in question.options]
    if not lines or not values:
        return None
    rows = [(label, [cell.counts[value] for value, _name in values], cell.declined) for label, cell in lines]
    headings = [name for _value, name in values]
    return Spread(local(question.text), _bars(question, rows, headings), headings, rows)


def _bars(question: Question, rows: list[tuple[str, list[int], int]], headings: list[str]) -> list[SafeString]:
    """Draw scales of few steps as stacked bars, and choices as one bar each."""
    title = local(question.text)
    desc = "; ".join(
        f"{label}: " + ", ".join(f"{h} {n}" for h, n in zip(headings, counts, strict=True))
        for label, counts, _d in rows
    )
    if question.kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}:
        bars = [charts.Bullet(label=h, value=n, target=None) for h, n in zip(headings, rows[0][1], strict=True)]
        return [
            charts.bullets(bars, ident=f"q-{question.code}-{w}", title=title, desc=desc, w=w) for w in (WIDE, PHONE)
        ]
    if len(headings) > charts.COLOURS:
        return []
    stacked = [charts.Row(label, [charts.Datum(n) for n in counts]) for label, counts, _declined in rows]
    return [
        charts.stacked(stacked, headings, ident=f"q-{question.code}-{w}", title=title, desc=desc, w=w)
        for w in (WIDE, PHONE)
    ]


#: A wave's answers as a file: unit, question, row of a grid, answer, and how many gave it.
WAVE_COLUMNS = [
    Column(gettext_lazy("Unit"), lambda row: row[0]),
    Column(gettext_lazy("Question"), lambda row: row[1]),
    Column(gettext_lazy("Row"), lambda row: row[2]),
    Column(gettext_lazy("Answer"), lambda row: row[3]),
    Column(gettext_lazy("Number"), lambda row: row[4], is_number=True),
]


def wave_rows(result: Result, texts: list[tuple[Question, list[str]]]) -> Iterator[tuple[Any, ...]]:
    """Yield what a wave's file holds: counts of all and of the units told apart, then the free texts."""
    groups = [(_("All"), result.whole), *((result.names[unit], cells) for unit, cells in result.units.items())]
    for name, cells in groups:
        for question in result.definition.questions.values():
            items = [(local(row.text), row.code) for row in question.rows] or [("", "")]
            for text, item in items:
                cell = cells.get((question.code, item))
                yield from _lines_of(name, question, text, cell) if cell else ()
    for question, said in texts:
        yield from ((_("All"), local(question.text), "", text, 1) for text in said)


def _lines_of(group: str, question: Question, row: str, cell: Cell) -> Iterator[tuple[Any, ...]]:
    names = {option.code: local(option.text) for option in question.options}
    for value, n in sorted(cell.counts.items()):
        said = int(value) if isinstance(value, float) and value.is_integer() else names.get(value, value)
        yield group, local(question.text), row, said, n
    if cell.declined:
        yield group, local(question.text), row, _("Would rather not say"), cell.declined


@dataclass(frozen=True)
class Area:
    """The value in the middle of one score: of all, and of each unit that is told apart."""

    name: str
    whole: str
    units: list[str]


def areas_by_unit(result: Result) -> list[Area]:
    """Return the middle of each score. Medians: steps are in order, and have no distance to be averaged."""
    found = []
    for score in result.definition.scores:
        key = (f"={score.code}", "")
        cell = result.whole.get(key)
        units = [median_of(cells.get(key)) for cells in result.units.values()]
        if cell:
            found.append(Area(local(score.text), median_of(cell), units))
    return found


def change_message(found: list[AreaChange]) -> str:
    """Say in words what a wave shows against the one before."""
    told = [change for change in found if change.difference is not None]
    better = sum(change.is_better is True for change in told)
    worse = sum(change.is_better is False for change in told)
    unsure = len(told) - better - worse
    parts = [_("Better in %(n)s of %(of)s areas") % {"n": better, "of": len(found)}]
    if worse:
        parts.append(_("worse in %(n)s") % {"n": worse})
    if unsure:
        parts.append(_("in %(n)s we cannot tell") % {"n": unsure})
    if len(told) < len(found):
        parts.append(_("in %(n)s too few have answered") % {"n": len(found) - len(told)})
    return "; ".join(parts) + "."


def median_of(cell: Cell | None) -> str:
    """Write the value in the middle, or a dash."""
    middle = cell.median if cell else None
    return number(middle, 0 if middle is None or middle.is_integer() else 1)
