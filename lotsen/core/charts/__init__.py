"""Own SVG charts: text stays text, colours are CSS variables, and every number can lead to the list behind it.

A chart is drawn for a width of `w` units and should not be shown wider. A page that wants large text on phones draws
one more with `w=360` and shows one of the two. Numbers and names that find no room in a chart stand in the table that
the page puts beside it. Words are those of the language in use.
"""

from .bars import Bullet, bullets, stacked
from .columns import columns
from .flow import Node, Stream, flow
from .svg import COLOURS, DARK, LIGHT, Datum, Row, printable, resolve
from .wheel import Round, wheel

__all__ = [
    "COLOURS",
    "DARK",
    "LIGHT",
    "Bullet",
    "Datum",
    "Node",
    "Round",
    "Row",
    "Stream",
    "bullets",
    "columns",
    "flow",
    "printable",
    "resolve",
    "stacked",
    "wheel",
]
