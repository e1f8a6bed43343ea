"""Columns side by side, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.dates import MONTHS_3
from django.utils.safestring import SafeString

from .svg import (
    LINE,
    SIZE,
    Datum,
    Row,
    colour_legend,
    frame,
    link,
    tag,
    text,
    width,
    wrap,
    written,
)


def columns(
    labels: Sequence[str], series: Sequence[Row], *, ident: str, title: str, desc: str, w: int = 640
) -> SafeString:
    """Draw columns side by side for each label. Labels like `2026-11` become months, with the years marked."""
    key, top = colour_legend([row.label for row in series], w)
    bottom = top + 190
    ticks = _ticks(max((float(datum.value) for row in series for datum in row.data), default=0))
    left = max(width(written(tick)) for tick in ticks) + 8
    slot = (w - left) / max(len(labels), 1)
    plot = _Plot(left, slot, bottom, (bottom - top - LINE) / ticks[-1], min(slot * 0.84 / max(len(series), 1), 34))
    parts: list[str] = [key]
    for tick in ticks:
        y = bottom - tick * plot.scale
        parts.append(tag("line", x1=left, x2=w, y1=y, y2=y, stroke="var(--grid)"))
        parts.append(text(left - 8, y + 5, written(tick), anchor="end"))
    parts += _axis(labels, plot, top, w)
    has_room = all(width(written(datum.value)) <= plot.wide for row in series for datum in row.data)
    for spot, label in enumerate(labels):
        x = left + spot * slot + (slot - plot.wide * len(series)) / 2
        for place, row in enumerate(series):
            said = f"{_spoken(label)}, {row.label}: {written(row.data[spot].value)}"
            parts.append(_column(x + place * plot.wide, row.data[spot], place + 1, said, plot, has_room=has_room))
    return frame(ident, title, desc, w, bottom + 2 * LINE + 6, parts)


@dataclass(frozen=True)
class _Plot:
    """Where columns stand: the left edge, the room for a label, the ground, units to a number, width of a column."""

    left: float
    slot: float
    ground: float
    scale: float
    wide: float


def _column(x: float, datum: Datum, place: int, said: str, plot: _Plot, *, has_room: bool) -> SafeString:
    if not datum.value:
        return SafeString("")
    high = float(datum.value) * plot.scale
    shape = tag(
        "rect",
        tag("title", said),
        x=x,
        y=plot.ground - high,
        width=plot.wide - (1 if plot.wide > 5 else 0),
        height=high,
        fill=f"var(--c{place})",
    )
    if has_room:
        shape += text(x + plot.wide / 2, plot.ground - high - 5, written(datum.value), anchor="middle")
    return link(datum.href, said, shape)


def _ticks(most: float) -> list[int]:
    """Return whole numbers for the axis, from 0 to at least the largest number, at most six of them."""
    step = next(base * 10**power for power in range(12) for base in (1, 2, 5) if base * 10**power * 5 >= most)
    last = max(-(-most // step), 1)
    return [step * place for place in range(int(last) + 1)]


def _axis(labels: Sequence[str], plot: _Plot, top: float, w: int) -> list[str]:
    """Return the words under the columns, as many as fit."""
    months = [_month(label) for label in labels]
    found = [month for month in months if month]
    if found and len(found) == len(labels):
        return _month_axis(found, plot) + _year_axis(found, plot, top, w)
    every = next((n for n in range(1, len(labels)) if plot.slot * n >= 60), 1)
    room = plot.slot * every - 8
    return [_under(spot, wrap(label, room, 2), plot) for spot, label in enumerate(labels) if spot % every == 0]


def _month_axis(months: Sequence[tuple[int, int]], plot: _Plot) -> list[str]:
    """Name every month, or every second, third or sixth; no month where not even those fit."""
    widest = max(width(_month_name(month)) for month in range(1, 13))
    every = next((n for n in (1, 2, 3, 6) if widest + 8 <= plot.slot * n), 0)
    return [
        _under(spot, [_month_name(m)], plot) for spot, (_y, m) in enumerate(months) if every and (m - 1) % every == 0
    ]


def _year_axis(months: Sequence[tuple[int, int]], plot: _Plot, top: float, w: int) -> list[str]:
    """Draw a line where a year begins, and name the year right of it. Of two that would collide the first is named.

    The first year may have few months: its name moves to the left, to make room for the second.
    """
    begins = [0, *(spot for spot, (a, b) in enumerate(pairwise(months), 1) if a[0] != b[0])]
    parts: list[str] = []
    edge = 0.0
    for spot in begins:
        x, year = plot.left + spot * plot.slot, str(months[spot][0])
        start = min(x + 5, w - width(year))
        if not spot and len(begins) > 1:
            start = max(min(start, plot.left + begins[1] * plot.slot - width(year) - 3), 0)
        if spot:
            for y1, y2 in ((top, plot.ground), (plot.ground + LINE + 6, plot.ground + 2 * LINE + 4)):
                parts.append(tag("line", x1=x, x2=x, y1=y1, y2=y2, stroke="var(--grid)"))
        if start >= edge:
            parts.append(text(start, plot.ground + LINE + SIZE + 4, year, weight=600))
            edge = start + width(year) + 5
    return parts


def _under(spot: int, lines: Sequence[str], plot: _Plot) -> SafeString:
    x, y = plot.left + (spot + 0.5) * plot.slot, plot.ground + SIZE + 4
    return SafeString("".join(text(x, y + LINE * place, line, anchor="middle") for place, line in enumerate(lines)))


def _month(label: str) -> tuple[int, int] | None:
    """Read a label like `2026-11`."""
    year, _dash, month = label.partition("-")
    if len(year) == 4 and year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12:
        return int(year), int(month)
    return None


def _month_name(month: int) -> str:
    return str(MONTHS_3[month])


def _spoken(label: str) -> str:
    month = _month(label)
    return f"{_month_name(month[1])} {month[0]}" if month else label
