"""Public statistics, loaded from a table. What was there of the same place and year is replaced."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext as _

from lotsen.access.models import Municipality
from lotsen.core.cubes import Cell, Cube
from lotsen.core.refused import Refused, action
from lotsen.core.text import search_key
from lotsen.employers.enums import Ages, classifications
from lotsen.employers.models import MOST_MINUTES, OccupationSexes, Population, TravelTime

_Row = TypeVar("_Row", bound=models.Model)
_REGION, _AGE, _YEAR = ("region", "kommun"), ("alder", "age"), ("tid", "ar", "year", "time")
_FROM, _TO = ("fran", "from"), ("till", "to")
_OCCUPATION, _SEX = ("yrke", "ssyk", "occupation"), ("kon", "sex", "gender")

#: More people than there are in any country.
_MOST = 2_000_000_000
#: (municipality, year, ages) -> people.
_People = dict[tuple[str, int, Ages], int]
#: (occupation, year) -> women, men.
_Sexes = dict[tuple[str, int], tuple[int, int]]
#: (from, to) -> minutes.
_Ways = dict[tuple[str, str], int]


def _population_of(cells: Iterable[Cell], municipalities: set[str]) -> _People:
    """Sum the people of each municipality, year and class of ages. Other regions are left out."""
    sums: dict[tuple[str, int, Ages], float] = defaultdict(float)
    for cell in cells:
        region, age, year = cell.of(*_REGION), cell.of(*_AGE), cell.of(*_YEAR)
        if region and age and year and region[0] in municipalities:
            sums[region[0], _year(year[0]), _ages(age)] += cell.value
    return {key: round(value) for key, value in sums.items()}


def _sexes_of(cells: Iterable[Cell]) -> _Sexes:
    """Sum the women and men of each occupation (SSYK 2012, four digits) and year."""
    known = classifications.names(classifications.OCCUPATION)
    sums: dict[tuple[str, int], list[float]] = defaultdict(lambda: [0, 0])
    for cell in cells:
        occupation, sex, year = cell.of(*_OCCUPATION), cell.of(*_SEX), cell.of(*_YEAR)
        if occupation and sex and year and occupation[0] in known:
            sums[occupation[0], _year(year[0])][_is_men(sex)] += cell.value
    return {key: (round(women), round(men)) for key, (women, men) in sums.items() if women + men >= 1}


def _ways_of(cells: Iterable[Cell], municipalities: set[str]) -> _Ways:
    """Return the minutes between municipalities; the longest where the table has several, as by hour of the day."""
    found: _Ways = {}
    for cell in cells:
        origin, destination = cell.of(*_FROM), cell.of(*_TO)
        if not origin or not destination or origin[0] == destination[0]:
            continue
        if origin[0] in municipalities and destination[0] in municipalities:
            pair = origin[0], destination[0]
            found[pair] = max(found.get(pair, 0), round(cell.value))
    return found


def _year(text: str) -> int:
    if not re.fullmatch(r"(19|20|21)\d\d", text):
        raise Refused(_("“%(text)s” is no year.") % {"text": text[:40]}, "file")
    return int(text)


def _ages(said: tuple[str, str]) -> Ages:
    """Return the class of an age like 16, 16 years, 16-19 or 100+. One that lies in two classes is refused."""
    numbers = [int(number) for number in re.findall(r"\d{1,3}", said[0]) or re.findall(r"\d{1,3}", said[1])]
    if not numbers:
        raise Refused(_("“%(text)s” is no age.") % {"text": said[1][:40]}, "file")
    first, last = Ages.of(numbers[0]), Ages.of(numbers[-1])
    if first != last:
        told = {"text": said[1][:40]}
        raise Refused(
            _("The ages %(text)s lie on both sides of 16 or 65. Fetch the table by single ages.") % told, "file"
        )
    return first


def _is_men(said: tuple[str, str]) -> bool:
    words = search_key(said[1])
    if said[0] in {"1", "2"}:
        return said[0] == "1"
    if words.startswith(("man", "men", "male")):
        return True
    if words.startswith(("kvinn", "women", "female", "woman")):
        return False
    raise Refused(_("“%(text)s” is neither women nor men.") % {"text": said[1][:40]}, "file")


@action
def load_table(*, cube: Cube, on: date) -> int:
    """Load a table: it says by its columns which one it is. Returns how many rows are kept.

    Refuses one that is none of: the population by municipality, age and year; employees by occupation, sex and year;
    minutes from one municipality to another.
    """
    sexes = _sexes_of(cube.cells)
    known = set(Municipality.objects.values_list("code", flat=True))
    ways = {} if sexes else _ways_of(cube.cells, known)
    population = {} if sexes or ways else _population_of(cube.cells, known)
    if not sexes and not population and not ways:
        raise Refused(
            _("The table has no municipality, age and year, nor occupation, sex and year, nor from and to."), "file"
        )
    if ways and not all(1 <= minutes <= MOST_MINUTES for minutes in ways.values()):
        raise Refused(_("A way takes between one minute and a day. Look for other figures in the column."), "file")
    if any(n > _MOST for n in (*population.values(), *(n for spread in sexes.values() for n in spread))):
        raise Refused(_("The figures of the table are too large to be people. Fetch it anew."), "file")
    of = {"source": cube.source[:300], "loaded_on": on}
    people = [Population(municipality_id=m, year=y, ages=a, people=n, **of) for (m, y, a), n in population.items()]
    _replace(people, ["municipality", "year", "ages"], ["people"])
    spread = [OccupationSexes(occupation=o, year=y, women=w, men=m, **of) for (o, y), (w, m) in sexes.items()]
    _replace(spread, ["occupation", "year"], ["women", "men"])
    times = [TravelTime(origin_id=a, destination_id=b, minutes=n, **of) for (a, b), n in ways.items()]
    _replace(times, ["origin", "destination"], ["minutes"])
    return len(people) + len(spread) + len(times)


def _replace(rows: list[_Row], keys: list[str], values: list[str]) -> None:
    """Write rows, over those of the same keys."""
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=keys,
            update_fields=[*values, "source", "loaded_on"],
            batch_size=1000,
        )
