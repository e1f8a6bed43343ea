"""The final report as files. Here what is frozen in the database is brought into the form that Word and PDF draw.

The frozen content is plain: texts, lists and numbers that are already written out. Nothing in it is markup.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotsen.core.charts import printable
from lotsen.core.refused import Refused

#: The room between the margins of an A4 page, in millimetres, and how much of it a unit of a chart takes.
PAGE_WIDTH = 160
PAGE_HEIGHT = 225
_UNIT = 0.222
#: The room of a letter in a table, the heavier one of a head, and the space beside a cell, in millimetres.
_LETTER, _HEAVY, _BESIDE = 1.85, 2.1, 4.5
#: The words that the documents need beside the content. The report freezes them in its own language: `words()`.
WORDS = {
    "facts": gettext_lazy("Facts about the project"),
    "fact": gettext_lazy("Fact"),
    "content": gettext_lazy("Content"),
    "figures_as_of": gettext_lazy("Figures as of"),
    "made_on": gettext_lazy("Made on"),
    "table": gettext_lazy("Table"),
    "figure": gettext_lazy("Chart"),
    "no_text": gettext_lazy("Nothing is written under this heading."),
    "signature": gettext_lazy("Signature"),
    "page": gettext_lazy("Page"),
    "of": gettext_lazy("of"),
    "appendix": gettext_lazy("Appendix: how the figures are counted"),
    "appendix_intro": gettext_lazy(
        "The marks in the tables lead here. Each figure says what it counts, as of which day, and of how many."
    ),
    "mark": gettext_lazy("Mark"),
    "counted": gettext_lazy("What is counted"),
    "value": gettext_lazy("Value"),
    "numerator": gettext_lazy("Numerator"),
    "denominator": gettext_lazy("Denominator"),
    "unknown": gettext_lazy("Not known"),
    "as_of": gettext_lazy("As of"),
}
_NUMBER = re.compile(r"[<>+−–-]?[\d\s.,]*(%|kr|h|tim)?")


def words() -> dict[str, str]:
    """Return the fixed words in the language in use, to be frozen with the content."""
    return {key: str(word) for key, word in WORDS.items()}


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: a text, under one that stands out if there is one. A line break is a new line."""

    text: str
    strong: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table. `mark` leads to the appendix, `anchor` is where such a mark leads."""

    cells: list[Cell]
    mark: int | None = None
    anchor: int | None = None


@dataclass(frozen=True)
class Table:
    """A table, with the widths of its columns in millimetres, and which of them hold numbers."""

    label: str
    number: int
    caption: str
    header: list[str]
    rows: list[Row]
    widths: list[float]
    numeric: list[bool]
    kind: str = "table"


@dataclass(frozen=True)
class Chart:
    """A chart as SVG, with the text for those who do not see it, and its width in millimetres."""

    label: str
    number: int
    caption: str
    alt: str
    svg: str
    wide: float
    kind: str = "chart"


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, each a list of lines, and tables and charts."""

    heading: str
    paragraphs: list[list[str]]
    blocks: list[Table | Chart]


@dataclass(frozen=True)
class Document:
    """A report, ready to be drawn."""

    language: str
    title: str
    programme: str
    installation: str
    as_of: str
    made_on: date
    made_on_words: str
    words: dict[str, str]
    facts: Table
    sections: list[Section]
    appendix: Table
    signature: list[str]


def prepare(content: dict[str, Any]) -> Document:
    """Bring frozen content into the form that is drawn. Refuses a chart without a text for those who do not see it."""
    content = _clean(content)
    fixed = words() | content.get("words", {})
    known = {entry["mark"] for entry in content["appendix"]}
    counted = {"table": 0, "chart": 0}
    return Document(
        language=content["language"],
        title=content["title"],
        programme=content["programme"],
        installation=content["installation"],
        # Reports from before the days were frozen in words have them in figures.
        as_of=content.get("as_of_words", content["as_of"]),
        made_on_words=content.get("made_on_words", content["made_on"]),
        made_on=date.fromisoformat(content["made_on"]),
        words=fixed,
        facts=_table("", 0, "", [fixed["fact"], fixed["content"]], [_row(fact) for fact in content["facts"]]),
        sections=[
            Section(
                section["heading"],
                [lines for text in section["paragraphs"] for lines in _paragraphs(text)],
                list(_blocks(section["blocks"], fixed, known, counted)),
            )
            for section in content["sections"]
        ],
        appendix=_appendix(content["appendix"], fixed),
        signature=content["signature"],
    )


def _clean(value: Any) -> Any:
    """Take signs away that no document can hold."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _clean(part) for key, part in value.items()}
    return [_clean(part) for part in value] if isinstance(value, list | tuple) else value


def _paragraphs(text: str) -> list[list[str]]:
    """Return the paragraphs of a text with their lines. A browser ends lines in its own way."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return [part.strip().splitlines() for part in parts if part.strip()]


def _blocks(
    blocks: Sequence[dict[str, Any]], fixed: dict[str, str], known: set[int], counted: dict[str, int]
) -> Iterator[Table | Chart]:
    """Number the tables and the charts of a report, each by themselves. A chart of nothing is left out."""
    for block in blocks:
        if block.get("svg") == "":
            continue
        counted[block["kind"]] += 1
        number = counted[block["kind"]]
        if block["kind"] == "chart":
            yield _chart(block, fixed["figure"], number)
            continue
        marks = block.get("marks") or [None] * len(block["rows"])
        if strays := {mark for mark in marks if mark is not None} - known:
            raise ValueError(f"Marks without an explanation in the appendix: {sorted(strays)}")
        rows = [_row(row, mark) for row, mark in zip(block["rows"], marks, strict=True)]
        yield _table(fixed["table"], number, block["caption"], block["header"], rows)


def _chart(block: dict[str, Any], label: str, number: int) -> Chart:
    if not block["alt"].strip():
        message = _("The chart “%(caption)s” has no text for those who do not see it. Write what it shows.")
        raise Refused(message % {"caption": block["caption"]})
    wide, high = _size(block["svg"])
    millimetres = min(wide * _UNIT, PAGE_WIDTH, PAGE_HEIGHT * wide / high)
    return Chart(label, number, block["caption"], block["alt"], block["svg"], round(millimetres, 1))


def _size(svg: str) -> tuple[float, float]:
    """Return width and height of a chart in its own units."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return (float(found[1]), float(found[2])) if found else (640, 320)


def _row(cells: Sequence[object], mark: int | None = None) -> Row:
    return Row([Cell(str(cell)) for cell in cells], mark)


def _appendix(entries: Sequence[dict[str, Any]], fixed: dict[str, str]) -> Table:
    """Return the table that says of every figure what it counts."""
    columns = ("value", "numerator", "denominator", "unknown")

    def counted(entry: dict[str, Any]) -> Cell:
        return Cell(entry["meaning"], entry["name"])

    rows = [
        Row([Cell(str(entry["mark"])), counted(entry), *(Cell(str(entry[c])) for c in columns)], anchor=entry["mark"])
        for entry in entries
    ]
    return _table("", 0, "", [fixed["mark"], fixed["counted"], *(fixed[column] for column in columns)], rows)


def _table(label: str, number: int, caption: str, header: Sequence[object], rows: list[Row]) -> Table:
    """Return a table with the measures that its texts need."""
    heads = [str(head) for head in header]
    if any(len(row.cells) != len(heads) for row in rows):
        raise ValueError(f"The table “{caption}” has rows that are longer or shorter than its header.")
    columns = [[row.cells[place] for row in rows] for place in range(len(heads))]
    numeric = [bool(place) and _is_numeric(cells) for place, cells in enumerate(columns)]
    widths = _widths([_needs(head, cells) for head, cells in zip(heads, columns, strict=True)], is_wide=not number)
    return Table(label, number, caption, heads, rows, widths, numeric)


def _needs(head: str, cells: Sequence[Cell]) -> tuple[float, float]:
    """Return the least that a column can do with, so that its words stay whole, and what it would like to have."""
    texts = [text for cell in cells for text in (cell.strong, *cell.text.split("\n"))]
    word = max((len(word) for text in texts for word in _whole(text)), default=0)
    head_word = max((len(word) for word in _whole(head)), default=0)
    least = _BESIDE + max(min(word, 26) * _LETTER, min(head_word, 26) * _HEAVY, 4 * _HEAVY)
    longest = max(min(max(map(len, texts), default=0), 70) * _LETTER, min(len(head), 20) * _HEAVY)
    return least, max(least, _BESIDE + longest)


def _whole(text: str) -> list[str]:
    """Return the parts of a text that are not parted. A short text such as `88,4 %` is one."""
    return [text] if len(text) <= 10 else text.split(" ")


def _widths(needs: Sequence[tuple[float, float]], *, is_wide: bool) -> list[float]:
    """Share a table's width among its columns. A table over the whole page is wide, others are as wide as they need."""
    least = [need[0] for need in needs]
    more = [need[1] - need[0] for need in needs]
    room = PAGE_WIDTH if is_wide else min(max(sum(least) + sum(more), PAGE_WIDTH / 2), PAGE_WIDTH)
    left = room - sum(least)
    if left < 0 or not sum(more):
        return [round(width * room / sum(least), 1) for width in least]
    if left > sum(more):
        return [
            round((small + extra) * room / (sum(least) + sum(more)), 1)
            for small, extra in zip(least, more, strict=True)
        ]
    return [round(small + extra * left / sum(more), 1) for small, extra in zip(least, more, strict=True)]


def _is_numeric(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(_NUMBER.fullmatch(cell.text.strip()) for cell in cells)
