"""What labour the employers of a programme need."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lotsen.access.enums import Permission
from lotsen.core import charts
from lotsen.core.charts import Datum, Row
from lotsen.core.pages import as_file
from lotsen.core.rights import Request, allow
from lotsen.programmes.queries import seen_programme
from lotsen.questionnaires import queries
from lotsen.questionnaires.exports import NEED_COLUMNS

#: So many industries stand in the chart, each with a colour; the table has them all.
_IN_CHART = 3


@allow(Permission.EMPLOYERS_VIEW)
def needs_overview(request: Request, pk: UUID) -> HttpResponse:
    """Show the needs by year, industry and occupation, with how many have answered; or each row as a file."""
    programme = seen_programme(pk, request.user)
    found = queries.labour_needs(programme)
    if drawn := as_file(request.GET.get("export", ""), f"{programme.code}-needs", NEED_COLUMNS, found.needs):
        return drawn
    context = {
        "programme": programme,
        "found": found,
        "chart": _chart(found) if found.needs else "",
        "parts": [(_("By industry"), found.by_industry), (_("By occupation"), found.by_occupation)],
        "total": sum(found.by_year),
    }
    return render(request, "questionnaires/needs_overview.html", context)


def _chart(found: queries.LabourNeeds) -> str:
    """Draw the largest industries year by year, and the rest together."""
    rows = found.by_industry
    series = [(row.name, row.by_year) for row in rows[:_IN_CHART]]
    if rest := rows[_IN_CHART:]:
        series.append((_("Other industries"), [sum(values) for values in zip(*(r.by_year for r in rest), strict=True)]))
    drawn = [Row(name, [Datum(value) for value in values]) for name, values in series]
    title = _("Labour needed, by year")
    return charts.columns([str(y) for y in found.years], drawn, ident="needs-chart", title=title, desc=title)
