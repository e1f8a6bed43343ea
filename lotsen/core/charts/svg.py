"""What charts are made of: elements, lines of text that fit, legends, colours, and the frame around all."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple
from unicodedata import east_asian_width

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lotsen.core.text import number

Number = int | float | Decimal

#: The five colours of data, found by calculation so that the colour-blind can tell them apart, and what goes with them:
#: `--t1` is the text on `--c1`. The style sheet holds the same values.
LIGHT = {
    "--c1": "#0B5563",
    "--c2": "#AF7530",
    "--c3": "#4E0986",
    "--c4": "#A684D6",
    "--c5": "#610D0B",
    "--t1": "#FFFFFF",
    "--t2": "#000000",
    "--t3": "#FFFFFF",
    "--t4": "#000000",
    "--t5": "#FFFFFF",
    "--ink": "#22272E",
    "--grid": "#C9CFD5",
    "--gap": "#FFFFFF",
}
DARK = {
    "--c1": "#7FC4D0",
    "--c2": "#DDAE13",
    "--c3": "#9369E1",
    "--c4": "#EDFBB2",
    "--c5": "#E0365A",
    "--t1": "#111418",
    "--t2": "#111418",
    "--t3": "#000000",
    "--t4": "#111418",
    "--t5": "#000000",
    "--ink": "#E6E9EC",
    "--grid": "#4B535C",
    "--gap": "#22262C",
}
COLOURS = 5
#: The size of text, and the height of a line of it.
SIZE = 15
LINE = 20
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Widths of letters in Noto Sans, rounded up, as a part of the size. Others: see `_letter`.
_WIDTHS = {
    letter: width
    for letters, width in {
        "\u202f": 0.2,
        "iljIJ.,:;'!`·\u00a0 ": 0.28,
        "()[]-r": 0.34,
        'ft/\\"{}': 0.38,
        "?_": 0.45,
        "cszTELF": 0.54,
        "kvxyaeåäé": 0.56,
        "0123456789+=<>~*$VXYZÉ": 0.6,
        "ABCKPRÅÄS": 0.65,
        "DGHUNQOÖ&": 0.78,
        "wmMW%@—…": 0.94,
    }.items()
    for letter in letters
}
#: How much wider the heavier letters are, at most.
_HEAVIER = 1.07


class Datum(NamedTuple):
    """A number, and the address of the list behind it."""

    value: Number
    href: str = ""


class Row(NamedTuple):
    """A bar of `stacked`, or a series of `columns`: a name and its numbers."""

    label: str
    data: Sequence[Datum]


def tag(name: str, *content: object, **attributes: object) -> SafeString:
    """Return an element, its text escaped unless it is known to be safe. `_` in attributes stands for `-`."""
    named = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_measure(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(escaped(str(part)) for part in content)
    return SafeString(f"<{name}{named}>{inner}</{name}>")


def _measure(value: object) -> str:
    """Return what may stand in an attribute. A number, as most are, needs no escape."""
    return plain(value) if isinstance(value, int | float) else escaped(str(value))


def escaped(said: str) -> str:
    """Return a text as it may stand inside an element."""
    return said if isinstance(said, SafeString) else escape(printable(said))


def printable(said: str) -> str:
    """Return a text without the signs that XML cannot hold."""
    return _NOT_XML.sub("", said)


def plain(value: float) -> str:
    """Write a measure with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def frame(ident: str, title: str, desc: str, w: int, h: float, parts: Sequence[str]) -> SafeString:
    """Return the whole chart. `ident` names it on its page."""
    # aria-labelledby takes names apart at blanks.
    ident = re.sub(r"[^\w-]", "-", ident)
    body = SafeString("".join(parts))
    return tag(
        "svg",
        tag("title", title, id=f"{ident}-t"),
        tag("desc", desc, id=f"{ident}-d"),
        tag("g", body, font_size=SIZE, fill="var(--ink)"),
        class_="lc",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {w} {plain(float(h))}",
        width=w,
        height=float(h),
        role="group" if "<a " in body else "img",
        aria_labelledby=f"{ident}-t {ident}-d",
    )


def resolve(svg: str) -> str:
    """Return a chart for a document: light colours and font in place of the page's, and no links."""
    svg = re.sub(r'="var\((--\w+)\)"', lambda found: f'="{LIGHT[found[1]]}"', svg)
    svg = re.sub(r"<(/?)a\b[^>]*>", r"<\1g>", svg).replace('role="group"', 'role="img"', 1)
    return svg.replace('class="lc"', 'font-family="Noto Sans"', 1)


def text(
    x: float, y: float, said: object, *, anchor: str | None = None, fill: str | None = None, weight: int | None = None
) -> SafeString:
    """Return one line of text. `anchor` says which part of it stands at `x`: start, middle or end."""
    return tag("text", said, x=float(x), y=float(y), text_anchor=anchor, fill=fill, font_weight=weight)


def lines_of_text(x: float, y: float, lines: Sequence[str]) -> SafeString:
    """Return lines of text below each other, the first at `y`."""
    return SafeString("".join(text(x, y + LINE * place, line) for place, line in enumerate(lines)))


def link(href: str, label: str, body: SafeString) -> SafeString:
    """Let a part lead to a list, if it has an address, and say aloud what it is: by a label, or by its own text."""
    if not href:
        return body
    if not label:
        return tag("a", body, href=href)
    return tag("a", body, href=href, aria_label=_("%(figure)s. Show the list.") % {"figure": label})


def legend(items: Sequence[tuple[str, str, str]], w: int) -> tuple[SafeString, float]:
    """Return the explanations of marks (words, shape, colour), as many to a line as fit, and the height of all."""
    parts: list[str] = []
    x, y = 0.0, 0.0
    for full, shape, colour in items:
        words = wrap(full, w - 22, 1)[0]
        wide = 22 + width(words)
        if x and x + wide > w:
            x, y = 0.0, y + LINE + 2
        parts += [mark(shape, x, y + 3, colour), text(x + 22, y + SIZE, words)]
        x += wide + 18
    return SafeString("".join(parts)), y + LINE + 14


def mark(shape: str, x: float, y: float, colour: str) -> SafeString:
    """Return the sign of an explanation: a box, a line or an open dot."""
    colour = f"var({colour})"
    if shape == "line":
        return tag("line", x1=x + 7, x2=x + 7, y1=y - 2, y2=y + 16, stroke=colour, stroke_width=4)
    if shape == "dot":
        return tag("circle", cx=x + 7, cy=y + 7, r=5.5, fill="var(--gap)", stroke=colour, stroke_width=2.5)
    return tag("rect", x=x, y=y, width=14, height=14, rx=2, fill=colour)


def colour_legend(names: Sequence[str], w: int) -> tuple[SafeString, float]:
    """Explain the colours. No more are drawn than can be told apart."""
    if len(names) > COLOURS:
        raise ValueError(f"A chart has at most {COLOURS} colours; put the others together in one.")
    return legend([(name, "box", f"--c{place}") for place, name in enumerate(names, 1)], w)


def width(said: str, weight: int = 400) -> float:
    """Return how wide a text will be, rather a little too much."""
    return sum(map(_letter, said)) * SIZE * (_HEAVIER if weight > 400 else 1)


def _letter(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if east_asian_width(letter) in "WF":
        return 1.1
    return 0.78 if letter.isupper() else 0.64


def wrap(said: str, room: float, most: int) -> list[str]:
    """Break a text into at most so many lines that fit the room; an ellipsis stands for what does not fit."""
    lines = [""]
    words = _short_words(said, room)
    for place, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or width(longer) <= room:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = _cut(f"{lines[-1]} {' '.join(words[place:])}", room)
            break
    return lines


def _short_words(said: str, room: float) -> list[str]:
    """Return the words of a text; those longer than the room in parts with hyphens."""
    parts = []
    for word in printable(said).split():
        rest = word
        while width(rest) > room and len(rest) > 1:
            size = next((size for size in range(len(rest) - 1, 1, -1) if width(f"{rest[:size]}-") <= room), 1)
            parts.append(f"{rest[:size]}-")
            rest = rest[size:]
        parts.append(rest)
    return parts


def _cut(said: str, room: float) -> str:
    while said and width(said) + SIZE > room:
        said = said[:-1].rstrip(" -")
    return f"{said}…"


def written(value: Number | None, unit: str = "") -> str:
    """Write a number for people, with its unit if it has one. One decimal where there is one."""
    decimals = 0 if value is None or float(value).is_integer() else 1
    return f"{number(value, decimals)}\u00a0{unit}" if unit and value is not None else number(value, decimals)
