"""Streams from station to station."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .svg import (
    LINE,
    SIZE,
    Number,
    frame,
    lines_of_text,
    link,
    plain,
    tag,
    text,
    width,
    wrap,
    written,
)

_NODE = 14
#: The height of all nodes of a layer together.
_FLOW = 260


class Node(NamedTuple):
    """A station of `flow`. A colour from 1 to 5 is that of the streams that end in it; 0 leaves them grey."""

    code: str
    label: str
    colour: int = 0
    href: str = ""


class Stream(NamedTuple):
    """How many went from one station to another, by their codes."""

    source: str
    target: str
    value: Number
    href: str = ""


def flow(
    layers: Sequence[Sequence[Node]], links: Iterable[Stream], *, ident: str, title: str, desc: str, w: int = 640
) -> SafeString:
    """Draw how many went which way, from left to right, as streams that are as wide as their numbers."""
    streams = [stream for stream in links if stream.value]
    layers = layers or [[]]
    starts, rooms = _rooms(layers, w)
    w = max(w, round(starts[-1] + _NODE + rooms[-1]))
    spots = _place(layers, streams, starts, rooms)
    order = {code: place for place, code in enumerate(spots)}
    leaves = {code: spot.y for code, spot in spots.items()}
    enters = dict(leaves)
    parts: list[str] = []
    for stream in sorted(streams, key=lambda stream: (order[stream.source], order[stream.target])):
        start, end = spots[stream.source], spots[stream.target]
        names = {"source": start.node.label, "target": end.node.label, "value": written(stream.value)}
        said = _("%(source)s to %(target)s: %(value)s") % names
        thick = float(stream.value) * start.scale
        shape = _stream(start.x + _NODE, leaves[stream.source], end.x, enters[stream.target], thick)
        colour = f"var(--c{end.node.colour})" if end.node.colour else "var(--grid)"
        path = tag("path", tag("title", said), d=shape, fill=colour, fill_opacity=0.6)
        parts.append(link(stream.href, said, path))
        leaves[stream.source] += thick
        enters[stream.target] += thick
    parts += [_station(spot) for spot in spots.values()]
    return frame(ident, title, desc, w, max((spot.bottom for spot in spots.values()), default=0) + 4, parts)


@dataclass(frozen=True)
class _Spot:
    """Where a node stands, and its words: above it, or right of it in the last layer."""

    node: Node
    value: float
    scale: float
    x: float
    y: float
    words: list[str]
    is_last: bool

    @property
    def height(self) -> float:
        """The height of the node."""
        return max(self.value * self.scale, 2)

    @property
    def bottom(self) -> float:
        """The lowest point of node and words."""
        return self.y + self.height + (max(_high(self.words) - self.height, 0) / 2 if self.is_last else 0)


def _rooms(layers: Sequence[Sequence[Node]], w: int) -> tuple[list[float], list[float]]:
    """Return where each layer begins and how wide its words may be: its longest word fits, unless it is very long."""
    longest = [max((width(word) for node in layer for word in node.label.split()), default=0) for layer in layers]
    wanted = [min(max(wide + 12, 70), 180) for wide in longest]
    # The words of the last layer end the chart, so that it fills its width.
    more = max(w - sum(wanted) - _NODE, 0) / max(len(layers) - 1, 1)
    rooms = [*(wide + more for wide in wanted[:-1]), wanted[-1] + (more if len(layers) == 1 else 0)]
    return [sum(rooms[:place]) for place in range(len(rooms))], rooms


def _place(
    layers: Sequence[Sequence[Node]], streams: Sequence[Stream], starts: Sequence[float], rooms: Sequence[float]
) -> dict[str, _Spot]:
    """Find a place for every node: layers side by side, nodes of a layer below each other with room for their words."""
    sizes = {node.code: _size(node.code, streams) for layer in layers for node in layer}
    scale = _FLOW / (max((sum(sizes[node.code] for node in layer) for layer in layers), default=0) or 1)
    spots = {}
    for place, layer in enumerate(layers):
        is_last = place == len(layers) - 1
        y = 0.0
        for node in layer:
            value = sizes[node.code]
            words = [*wrap(node.label, rooms[place] - 10, 3), written(value)]
            before = max((_high(words) - value * scale) / 2, 0) if is_last else _high(words) + 4
            spot = _Spot(node, value, scale, starts[place], y + before, words, is_last)
            spots[node.code] = spot
            y = spot.bottom + 14
    return spots


def _size(code: str, streams: Sequence[Stream]) -> float:
    """Return how many pass a node: the greater of those who come and those who go."""
    come = sum(float(stream.value) for stream in streams if stream.target == code)
    return max(come, sum(float(stream.value) for stream in streams if stream.source == code))


def _high(words: Sequence[str]) -> float:
    return LINE * len(words)


def _stream(x0: float, y0: float, x1: float, y1: float, thick: float) -> str:
    """Return the outline of a stream from one node to another."""
    half = plain((x0 + x1) / 2)
    left, right = plain(x0), plain(x1)
    above = f"M{left} {plain(y0)}C{half} {plain(y0)} {half} {plain(y1)} {right} {plain(y1)}"
    low0, low1 = plain(y0 + thick), plain(y1 + thick)
    return f"{above}V{low1}C{half} {low1} {half} {low0} {left} {low0}Z"


def _station(spot: _Spot) -> SafeString:
    """Return a node with its words. A rim in the colour of the page keeps them readable on streams."""
    x, y = spot.x, spot.y - _high(spot.words) + SIZE - 4
    if spot.is_last:
        x, y = spot.x + _NODE + 8, spot.y + (spot.height - _high(spot.words)) / 2 + SIZE
    rim = {"stroke": "var(--gap)", "stroke_width": 4, "stroke_linejoin": "round", "paint_order": "stroke"}
    *name, value = spot.words
    words = lines_of_text(x, y, name) + text(x, y + LINE * len(name), value, weight=600)
    node = tag("rect", x=spot.x, y=spot.y, width=_NODE, height=spot.height, fill="var(--c1)")
    return link(spot.node.href, "", node + tag("g", words, **rim))
