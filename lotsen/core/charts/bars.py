"""Bars: parts of a whole, and results beside their targets."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .svg import (
    LINE,
    SIZE,
    Datum,
    Number,
    Row,
    colour_legend,
    escaped,
    frame,
    legend,
    lines_of_text,
    link,
    tag,
    text,
    width,
    wrap,
    written,
)

_BAR = 32


class Bullet(NamedTuple):
    """A result beside its target, and what it is projected to become.

    `shown` is the result as the page writes it elsewhere; `note` is what it rests on.
    """

    label: str
    value: Number | None
    target: Number | None
    projected: Number | None = None
    unit: str = ""
    href: str = ""
    shown: str = ""
    note: str = ""


def stacked(
    rows: Sequence[Row], series: Sequence[str], *, ident: str, title: str, desc: str, w: int = 640
) -> SafeString:
    """Draw one bar for each row, divided by the series, all on one scale."""
    key, y = colour_legend(series, w)
    parts: list[str] = [key]
    scale = w / (max((_sum(row) for row in rows), default=0) or 1)
    for row in rows:
        total = tag("tspan", written(_sum(row)), dx=8, font_weight=600)
        *lines, last = wrap(row.label, w - width(written(_sum(row)), 600) - 12, 2)
        y += LINE * len(lines)
        parts += [lines_of_text(0, y - LINE * len(lines) + SIZE, lines), text(0, y + SIZE, escaped(last) + total)]
        y += LINE
        x = 0.0
        for place, (name, datum) in enumerate(zip(series, row.data, strict=True), 1):
            said = f"{row.label}, {name}: {written(datum.value)}"
            parts.append(_segment(x, y + 3, float(datum.value) * scale, datum, place, said))
            x += float(datum.value) * scale
        y += _BAR + 17
    return frame(ident, title, desc, w, y - 10, parts)


def _segment(x: float, y: float, span: float, datum: Datum, place: int, said: str) -> SafeString:
    if not span:
        return SafeString("")
    shape = tag(
        "rect",
        tag("title", said),
        x=x,
        y=y,
        width=span,
        height=_BAR,
        fill=f"var(--c{place})",
        stroke="var(--gap)",
        stroke_width=2,
    )
    value = written(datum.value)
    if width(value, 600) + 8 <= span:
        shape += text(x + span / 2, y + 21.5, value, anchor="middle", fill=f"var(--t{place})", weight=600)
    return link(datum.href, said, shape)


def bullets(
    rows: Sequence[Bullet], *, ident: str, title: str, desc: str, w: int = 640, has_legend: bool = True
) -> SafeString:
    """Draw each result as a bar, its target as a line, its projection as an open dot. Names and numbers stand above.

    Each row has a scale of its own, up to its target. Rows without any target are there to be compared: they share one.
    """
    key, y = _bullet_legend(rows, w) if has_legend else (SafeString(""), 0)
    parts: list[str] = [key]
    is_one_line = all(width(f"{row.label}    {_said(row)}", 600) <= w for row in rows)
    has_marks = any(row.target is not None or row.projected is not None for row in rows)
    shared = 0 if has_marks else max(map(_most, rows), default=0)
    # A mark at the end of its scale stands half outside.
    end = w - 8 if has_marks else w
    for row in rows:
        head, high = _bullet_head(row, y, w, is_one_line=is_one_line)
        y += high
        scale = end / (shared or _most(row) or 1)
        parts.append(link(row.href, "", head + _bullet(row, y + 8, end, scale)))
        y += 48
    return frame(ident, title, desc, w, max(y - 12, 1), parts)


def _bullet_legend(rows: Sequence[Bullet], w: int) -> tuple[SafeString, float]:
    """Explain the marks that there are. A bar alone needs no explanation."""
    marks = [(_("Result"), "box", "--c1")]
    if any(row.target is not None for row in rows):
        marks.append((_("Target"), "line", "--c5"))
    if any(row.projected is not None for row in rows):
        marks.append((_("Projected at the end"), "dot", "--c1"))
    return legend(marks, w) if len(marks) > 1 else (SafeString(""), 0)


def _most(row: Bullet) -> float:
    """Return the end of a row's scale; shares are out of a hundred."""
    found = [float(number) for number in (row.value, row.target, row.projected) if number is not None]
    return max([*found, 100.0 if row.unit == "%" else 0.0])


def _bullet_head(row: Bullet, y: float, w: int, *, is_one_line: bool) -> tuple[SafeString, float]:
    """Return name and numbers of a bullet, and their height: on one line if every row fits, else below each other."""
    lines = wrap(row.label, w, 3)
    aims = _aims(row)
    head = lines_of_text(0, y + SIZE, lines)
    value = tag("tspan", _result(row), font_weight=600)
    if is_one_line:
        return head + tag("text", value, aims and f" · {aims}", x=w, y=y + SIZE, text_anchor="end"), LINE
    below = y + LINE * len(lines)
    if width(_said(row)) <= w:
        return head + tag("text", value, aims and f" · {aims}", x=0, y=below + SIZE), below + LINE - y
    head += tag("text", value, x=0, y=below + SIZE) + lines_of_text(0, below + LINE + SIZE, wrap(aims, w, 2))
    return head, below + LINE * (1 + len(wrap(aims, w, 2))) - y


def _bullet(row: Bullet, y: float, end: int, scale: float) -> SafeString:
    """Return bar, target and projection of a row."""
    drawn = tag("rect", x=0.5, y=y + 0.5, width=end - 1, height=19, fill="none", stroke="var(--grid)")
    value = float(row.value or 0) * scale
    if row.projected is not None:
        x = float(row.projected) * scale
        dashes = {"stroke": "var(--c1)", "stroke_width": 2.5, "stroke_dasharray": "5 4"}
        drawn += tag("line", x1=min(value, x), x2=max(value, x), y1=y + 10, y2=y + 10, **dashes)
    drawn += tag("rect", x=0, y=y + 3, width=value, height=14, fill="var(--c1)")
    if row.target is not None:
        x = float(row.target) * scale
        drawn += tag("line", x1=x, x2=x, y1=y - 5, y2=y + 25, stroke="var(--gap)", stroke_width=8)
        drawn += tag("line", x1=x, x2=x, y1=y - 5, y2=y + 25, stroke="var(--c5)", stroke_width=4)
    if row.projected is not None:
        x = max(float(row.projected) * scale, 7)
        drawn += tag("circle", cx=x, cy=y + 10, r=5.5, fill="var(--gap)", stroke="var(--c1)", stroke_width=2.5)
    return drawn


def _said(row: Bullet) -> str:
    return " · ".join(filter(None, [_result(row), _aims(row)]))


def _result(row: Bullet) -> str:
    return row.shown or written(row.value, row.unit)


def _aims(row: Bullet) -> str:
    aims = [row.note] if row.note else []
    if row.target is not None:
        aims.append(_("target %(value)s") % {"value": written(row.target, row.unit)})
    if row.projected is not None:
        aims.append(_("projected %(value)s") % {"value": written(row.projected, row.unit)})
    return " · ".join(aims)


def _sum(row: Row) -> float:
    return sum(float(datum.value) for datum in row.data)
