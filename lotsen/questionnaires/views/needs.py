"""What labour the employers of a programme need."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.access.enums import Permission
from lotsen.core import charts
from lotsen.core.charts import Datum, Row
from lotsen.core.pages import as_file
from lotsen.core.rights import Request, allow
from lotsen.employers.queries import population
from lotsen.programmes.models import Programme
from lotsen.programmes.queries import seen_programme
from lotsen.questionnaires import queries
from lotsen.questionnaires.exports import NEED_COLUMNS

#: So many years before the first need, and after the last one, the population is shown.
_BEFORE, _AFTER = 2, 5
#: So many industries stand in the chart, each with a colour; the table has them all.
_IN_CHART = 3


@allow(Permission.EMPLOYERS_VIEW)
def needs_overview(request: Request, pk: UUID) -> HttpResponse:
    """Show the needs by year, industry and occupation, with how many have answered; or each row as a file."""
    programme = seen_programme(pk, request.user)
    found = queries.labour_needs(programme)
    if drawn := as_file(request.GET.get("export", ""), f"{programme.code}-needs", NEED_COLUMNS, found.needs):
        return drawn
    today = timezone.localdate()
    context = {
        "programme": programme,
        "balances": queries.balances(found, programme, today),
        "forecast": _forecast(programme, found, today),
        "found": found,
        "chart": _chart(found) if found.needs else "",
        "parts": [(_("By industry"), found.by_industry), (_("By occupation"), found.by_occupation)],
        "total": sum(found.by_year),
    }
    return render(request, "questionnaires/needs_overview.html", context)


def _forecast(programme: Programme, found: queries.LabourNeeds, today: date) -> dict[str, Any]:
    """Set the needs of each year beside how many live in the municipalities of the programme's units then."""
    placed = programme.units.exclude(municipality=None)
    places = dict(placed.values_list("municipality", "municipality__name"))
    years = found.years or [today.year]
    told = population(list(places), years[0] - _BEFORE, years[-1] + _AFTER)
    needed = dict(zip(found.years, found.by_year, strict=True))
    ages = [(ages, people, [n - people[0] for n in people]) for ages, people in told.people.items() if people]
    return {
        "years": told.years,
        "places": ", ".join(sorted(places.values())),
        "needed": [needed.get(year) for year in told.years],
        "ages": ages,
        "sources": told.sources,
        "lacking": [year for year in found.years if year not in told.years],
    }


def _chart(found: queries.LabourNeeds) -> str:
    """Draw the largest industries year by year, and the rest together."""
    rows = found.by_industry
    series = [(row.name, row.by_year) for row in rows[:_IN_CHART]]
    if rest := rows[_IN_CHART:]:
        series.append((_("Other industries"), [sum(values) for values in zip(*(r.by_year for r in rest), strict=True)]))
    drawn = [Row(name, [Datum(value) for value in values]) for name, values in series]
    title = _("Labour needed, by year")
    return charts.columns([str(y) for y in found.years], drawn, ident="needs-chart", title=title, desc=title)
