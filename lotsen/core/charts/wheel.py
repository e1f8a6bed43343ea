"""A wheel: areas around a middle, each with a step of one scale, at one time or two."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString

from .svg import LINE, SIZE, frame, legend, lines_of_text, tag, width, wrap

#: Rings that are drawn at most.
_RINGS = 5


class Round(NamedTuple):
    """One time, or one wish: its name, and a step for each area, or none."""

    label: str
    steps: Sequence[int | None]


def wheel(
    areas: Sequence[str], rounds: Sequence[Round], steps: range, *, ident: str, title: str, desc: str, w: int = 520
) -> SafeString:
    """Draw each round as a line around the middle: the last one whole with dots, one before it dashed with squares.

    An area without a step has no mark, and the line passes it by.
    """
    key, top = legend(
        [(each.label, _shape(place, rounds), _colour(place, rounds)) for place, each in enumerate(rounds)], w
    )
    # On a phone the names break into more lines, so that the wheel itself stays large enough to read.
    room = min(110.0, w / 4.8)
    radius = (w - 2 * room) / 2 - 8
    x0, y0 = w / 2, top + LINE * 2 + radius
    count = max(len(areas), 1)

    def at(place: int, share: float) -> tuple[float, float]:
        angle = 2 * math.pi * place / count
        return x0 + radius * share * math.sin(angle), y0 - radius * share * math.cos(angle)

    rings = [[at(place, ring / _RINGS) for place in range(count)] for ring in range(1, _RINGS + 1)]
    parts: list[str] = [key, *(_line(ring, stroke="var(--grid)") for ring in rings)]
    for place, area in enumerate(areas):
        x, y = at(place, 1)
        parts.append(tag("line", x1=x0, y1=y0, x2=x, y2=y, stroke="var(--grid)"))
        turn = 2 * math.pi * place / count
        parts.append(_name(area, *at(place, 1 + 10 / radius), math.sin(turn), w, is_above=math.cos(turn) > 0))
    for number, each in enumerate(rounds):
        known = [at(place, step / steps[-1]) for place, step in enumerate(each.steps) if step is not None]
        parts.append(_drawn(known, number, rounds))
    return frame(ident, title, desc, w, y0 + radius + LINE * 3, parts)


def _is_last(place: int, rounds: Sequence[Round]) -> bool:
    return place == len(rounds) - 1


def _shape(place: int, rounds: Sequence[Round]) -> str:
    return "dot" if _is_last(place, rounds) else "box"


def _colour(place: int, rounds: Sequence[Round]) -> str:
    """Return the first colour for the last round, so that it stands out however many there are."""
    return f"--c{len(rounds) - place}"


def _line(points: Sequence[tuple[float, float]], **how: object) -> SafeString:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return tag("polygon", points=path, fill="none", **how)


def _drawn(points: Sequence[tuple[float, float]], place: int, rounds: Sequence[Round]) -> SafeString:
    colour = f"var({_colour(place, rounds)})"
    dashes = None if _is_last(place, rounds) else "7 5"
    drawn = _line(points, stroke=colour, stroke_width=3, stroke_dasharray=dashes)
    for x, y in points:
        if _is_last(place, rounds):
            drawn += tag("circle", cx=x, cy=y, r=4.5, fill=colour)
        else:
            drawn += tag("rect", x=x - 4, y=y - 4, width=8, height=8, fill=colour)
    return drawn


def _name(area: str, x: float, y: float, side: float, w: int, *, is_above: bool) -> SafeString:
    """Write the name of an area outside the wheel: to the right of it on the right side, and so on."""
    if abs(side) < 0.2:
        lines = wrap(area, w / 2.4, 2)
        y += -LINE * (len(lines) - 1) if is_above else SIZE
        return SafeString(
            "".join(lines_of_text(x - width(line) / 2, y + LINE * n, [line]) for n, line in enumerate(lines))
        )
    # As far as the edge: the slanting ones have more room than those at the sides.
    lines = wrap(area, (w - x if side > 0 else x) - 2, 3)
    y += SIZE / 3 - LINE * (len(lines) - 1) / 2
    if side > 0:
        return lines_of_text(x, y, lines)
    return SafeString("".join(lines_of_text(x - width(line), y + LINE * n, [line]) for n, line in enumerate(lines)))
