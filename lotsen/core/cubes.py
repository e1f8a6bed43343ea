"""Tables of the statistics office: JSON-stat 2 (json-stat.org/full) and the CSV that PxWeb writes, read as cells.

A cell is what it is about, by the name of each dimension, and a number. Sums that the office writes beside their parts
are left out, so that nothing is counted twice.
"""

import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .sheets import content_of, read_sheet
from .text import search_key

#: What is larger is the table of the whole country: choose a part of it.
_MOST_CELLS = 2_000_000
_MOST_PEOPLE = 100_000_000
#: How the office calls the sum of a dimension's parts.
_SUM = re.compile(r"^(tot|samtliga|alla |all |1\+2|both|riket$)")
_YEAR = re.compile(r"(?:^|\D)((?:19|20|21)\d\d)$")


@dataclass(frozen=True)
class Cell:
    """A number, and what it is about: the folded name of a dimension -> the code and the words of its category."""

    about: dict[str, tuple[str, str]]
    value: float

    def of(self, *names: str) -> tuple[str, str] | None:
        """Return code and words of the dimension whose name begins with one of these; none where there is none.

        A name of two letters is the whole name.
        """
        short = {name for name in names if len(name) == 2}
        long = tuple(name for name in names if len(name) > 2)
        return next((said for key, said in self.about.items() if key in short or key.startswith(long)), None)


@dataclass(frozen=True)
class Cube:
    """A table: where it comes from, and its cells, made one at a time as often as they are asked for."""

    source: str
    read: Callable[[], Iterator[Cell]]

    @property
    def cells(self) -> Iterator[Cell]:
        """The cells, from the first on."""
        return self.read()


class CubeField(forms.FileField):
    """An uploaded table of the statistics office. What is none is refused with a sentence."""

    def __init__(self, **kwargs: Any) -> None:
        """Show the browser which files to offer."""
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ".json,.csv,.xlsx,.txt"}))
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the `Cube`."""
        file = super().clean(data, initial)
        return read_cube(content_of(file), file.name)


def read_cube(content: bytes, name: str) -> Cube:
    """Return the table in a file. Raises `ValidationError` with a sentence for what is none."""
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{":
        return _of_json(content, name)
    rows = read_sheet(content)
    _check_years(rows[0])
    return Cube(name, partial(_of_rows, rows))


def _of_json(content: bytes, name: str) -> Cube:
    try:
        data = json.loads(content.decode("utf-8-sig"))
        # Some tables stand inside a collection, or under a name (JSON-stat 1).
        if data.get("class") != "dataset" or str(data.get("version", "")) < "2":
            raise ValidationError(_("The file is not JSON-stat 2. Choose “JSON-stat2” or CSV where you fetched it."))
        dimensions = [_dimension(data, each) for each in data["id"]]
        sizes = [int(size) for size in data["size"]]
        if sizes != [len(categories) for _key, categories, _sums in dimensions] or math.prod(sizes) > _MOST_CELLS:
            raise ValidationError(_too_large())
        if any(key.startswith("contents") and len(found) > 1 for key, found, _sums in dimensions):
            raise ValidationError(_several())
        values = data["value"]
        source = ", ".join(str(data[part])[:140] for part in ("label", "source") if data.get(part))
        if not isinstance(values, dict) and len(values) != math.prod(sizes):
            raise ValidationError(_too_large())
        return Cube(source or name, partial(_cells, dimensions, values))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise ValidationError(_("The file cannot be read as JSON-stat. Fetch it anew, or choose CSV.")) from None


def _too_large() -> str:
    return _("The table is too large, or does not have the size that it says. Fetch it anew.")


def _several() -> str:
    return _("The table holds several kinds of figures. Choose one of them where you fetch it.")


_Dimension = tuple[str, list[tuple[str, str]], set[str]]


def _dimension(data: dict[str, Any], ident: str) -> _Dimension:
    """Return a dimension: its folded name, its categories in their order, and those that are sums of others."""
    told = data["dimension"][ident]
    category = told["category"]
    labels = category.get("label", {})
    index = category.get("index") or list(labels)
    codes = sorted(index, key=lambda code: int(index[code])) if isinstance(index, dict) else list(index)
    categories = [(str(code), str(labels.get(code, code))) for code in codes]
    return search_key(ident), categories, _sums(categories)


def _sums(categories: list[tuple[str, str]]) -> set[str]:
    found = {code for code, words in categories if _SUM.match(search_key(code)) or _SUM.match(search_key(words))}
    return found if len(found) < len(categories) else set()


def _cells(dimensions: list[_Dimension], values: Any) -> Iterator[Cell]:
    keys = [key for key, _categories, _sums_of in dimensions]
    given = values.get if isinstance(values, dict) else None
    for place, about in enumerate(product(*(categories for _key, categories, _sums_of in dimensions))):
        value = given(str(place)) if given else values[place]
        is_sum = any(said[0] in sums for said, (_key, _categories, sums) in zip(about, dimensions, strict=True))
        if isinstance(value, int | float) and _counts(value) and not is_sum:
            yield Cell(dict(zip(keys, about, strict=True)), value)


def _counts(value: float) -> bool:
    """Tell whether a number can be one of people: neither a sign for what is not known, nor beyond all of them."""
    return not isinstance(value, bool) and 0 <= value <= _MOST_PEOPLE


def _years(headings: list[str]) -> dict[int, str]:
    """Return the place of each column of a year."""
    return {at: found[1] for at, heading in enumerate(headings) if (found := _YEAR.search(heading))}


def _check_years(headings: list[str]) -> None:
    years = list(_years(headings).values())
    if len(set(years)) < len(years):
        raise ValidationError(_several())


def _of_rows(rows: list[list[str]]) -> Iterator[Cell]:
    """Read the CSV of PxWeb: columns that say what, then a column for each year, or one of years and one of numbers."""
    headings = [search_key(heading) for heading in rows[0]]
    years = _years(rows[0])
    numbers = list(years) or [len(headings) - 1]
    about = [at for at in range(len(headings)) if at not in numbers]
    sums = {at: _sums(list({_split(row[at]) for row in rows[1:]})) for at in about}
    of = {at: {"tid": (year, year)} for at, year in years.items()}
    for row in rows[1:]:
        parts = {at: _split(row[at]) for at in about}
        if any(code in sums[at] for at, (code, _words) in parts.items()):
            continue
        said = {headings[at]: part for at, part in parts.items()}
        read = [(at, _number(row[at])) for at in numbers]
        yield from (Cell({**said, **of.get(at, {})}, value) for at, value in read if value is not None)


def _split(text: str) -> tuple[str, str]:
    """Divide `2581 Piteå` into its code and its words."""
    found = re.fullmatch(r"(\d{2,4}) (.+)", text)
    return (found[1], found[2]) if found else (text, text)


def _number(text: str) -> float | None:
    plain = "".join(text.split()).replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if _counts(value) else None
