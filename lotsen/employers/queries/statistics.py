"""Questions over public statistics."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Sum

from lotsen.employers.enums import Ages
from lotsen.employers.models import OccupationSexes, Population, TravelTime


@dataclass(frozen=True)
class Loaded:
    """A table that was loaded: where it comes from, when, and what it holds."""

    source: str
    loaded_on: date
    years: tuple[int, int] | None
    rows: int


def loaded() -> list[Loaded]:
    """Return the tables that were loaded, the newest first."""
    tables = [model.objects.values_list("source", "loaded_on") for model in (Population, OccupationSexes)]
    found = [
        Loaded(source, loaded_on, (first, last), rows)
        for table in tables
        for source, loaded_on, first, last, rows in table.annotate(Min("year"), Max("year"), Count("pk"))
    ]
    ways = TravelTime.objects.values_list("source", "loaded_on").annotate(Count("pk"))
    found += [Loaded(source, loaded_on, None, rows) for source, loaded_on, rows in ways]
    return sorted(found, key=lambda each: each.loaded_on, reverse=True)


@dataclass(frozen=True)
class Forecast:
    """How many live in some municipalities, by year and ages, where each of them has a figure; and who says so."""

    years: list[int]
    people: dict[Ages, list[int]]
    sources: list[str]


def population(municipalities: list[str], first: int, last: int) -> Forecast:
    """Return the population of municipalities together, for the years of which every one of them has figures."""
    rows = Population.objects.filter(municipality__in=municipalities, year__range=(first, last))
    summed = rows.values("year", "ages").annotate(n=Sum("people"), places=Count("municipality"))
    found = {(row["year"], Ages(row["ages"])): row["n"] for row in summed if row["places"] == len(municipalities)}
    years = sorted({year for year, _ages in found})
    ages = [each for each in Ages if any((year, each) in found for year in years)]
    complete = [year for year in years if all((year, each) in found for each in ages)]
    sources = list(rows.order_by("source").values_list("source", flat=True).distinct())
    return Forecast(complete, {each: [found[year, each] for year in complete] for each in ages}, sources)
