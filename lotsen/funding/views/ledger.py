"""The ledger with its rows, the tables of unit costs, and the hours of staff."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.access.models import Unit
from lotsen.core.forms import once, pressed
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.core.text import clock
from lotsen.funding import actions, queries
from lotsen.funding.exports import ROW_COLUMNS
from lotsen.funding.forms import LedgerFilters, RatesForm, StaffTimeForm
from lotsen.funding.models import StaffTime
from lotsen.programmes.queries import may_in_whole, overseen_programme, seen_programme


@allow(Permission.FUNDING_VIEW)
def ledger_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show what the signed hours of some months are worth: by month, partner and means of support."""
    programme, today = seen_programme(pk, request.user), timezone.localdate()
    filters = LedgerFilters(request.GET or None, programme=programme, today=today)
    first, last = filters.months()
    book = queries.ledger(programme, first, last)
    book = queries.Ledger([line for line in book.lines if filters.holds(line.unit, line.support)])
    staff = queries.staff_ledger(programme, first, last)
    # A sum leads to the rows that it is made of, so it takes the filters along.
    span = {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}", **filters.narrowed()}

    def rows(parts: list[tuple[Any, int, int, int]], **narrow: Any) -> list[tuple[str, str, int | None, str]]:
        """Return the sums with where they lead: to the rows that they are made of."""
        found = []
        for part, minutes, amount, without in parts:
            query = urlencode({**span, **{name: of(part) for name, of in narrow.items()}})
            found.append((part, clock(minutes), None if without else amount, query))
        return found

    context = {
        "programme": programme,
        "filters": filters,
        "first": first,
        "last": last,
        "book": book,
        "hours": clock(book.minutes),
        "gaps": [(gap, clock(gap.minutes)) for gap in book.gaps],
        "months": rows(
            book.by(lambda line: line.month),
            first=lambda month: f"{month:%Y-%m}",
            last=lambda month: f"{month:%Y-%m}",
        ),
        "units": rows(book.by(lambda line: line.unit), unit=lambda unit: unit.pk),
        "supports": rows(book.by(lambda line: (line.support, line.support_name)), support=lambda part: part[0] or "-"),
        "staff": [(line, clock(line.minutes), clock(line.eligible)) for line in staff],
        "unknown_query": urlencode({**span, "support": "-"}),
        "keeps": may_in_whole(Permission.FUNDING_KEEP, programme, request.user),
    }
    return render(request, "funding/ledger_detail.html", context)


@allow(Permission.FUNDING_VIEW)
def ledger_rows(request: Request, pk: UUID) -> HttpResponse:
    """List what a sum of the ledger is made of: each participant's signed hours, and what an hour counts for."""
    programme, today = seen_programme(pk, request.user), timezone.localdate()
    filters = LedgerFilters(request.GET or None, programme=programme, today=today)
    first, last = filters.months()
    rows = queries.ledger_rows(programme, first, last, request.user)
    rows = [row for row in rows if filters.holds(row.unit, row.support)]
    minutes = sum(row.minutes for row in rows)
    return list_page(
        request,
        queryset=rows,
        columns=ROW_COLUMNS,
        template="funding/ledger_rows.html",
        title=f"{programme.code}-{first:%Y-%m}-{last:%Y-%m}",
        context={
            "programme": programme,
            "first": first,
            "last": last,
            "hours": clock(minutes),
            "amount": None if any(row.amount is None for row in rows) else sum(row.amount or 0 for row in rows),
            "ledger_filters": filters,
        },
    )


@allow(Permission.FUNDING_VIEW)
def rate_list(request: Request, pk: UUID) -> HttpResponse:
    """Show the tables of unit costs; take a new one from who keeps the money."""
    is_sent = request.method == "POST"
    if is_sent and not request.user.can(Permission.FUNDING_KEEP):
        return redirect("rate_list", pk=pk)
    programme = overseen_programme(pk, request.user) if is_sent else seen_programme(pk, request.user)
    keeps = may_in_whole(Permission.FUNDING_KEEP, programme, request.user)
    form = RatesForm(request.POST) if is_sent else RatesForm(initial={"since": programme.starts_on.replace(day=1)})
    if is_sent and form.is_valid():

        def act() -> str:
            actions.load_rates(programme=programme, by=request.user, on=timezone.localdate(), **form.told())
            return reverse("rate_list", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("The table is loaded. What it makes of the hours stands in the ledger."))
            return redirect(address)
    tables = programme.rate_tables.prefetch_related("costs").select_related("loaded_by").order_by("-since")
    context = {"programme": programme, "tables": tables, "form": form, "keeps": keeps}
    return render(request, "funding/rate_list.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_WORK)
def staff_hours(request: Request, pk: UUID) -> HttpResponse:
    """Let a member of staff write down the own hours for a programme."""
    programme, today = seen_programme(pk, request.user), timezone.localdate()
    table = queries.table_in_force(programme, min(today, programme.ends_on))
    units = Unit.objects.filter(programmes=programme, pk__in=request.user.own_units).order_by("name")
    form = StaffTimeForm(request.POST or None, units=units, table=table)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.report_time(programme=programme, user=request.user, today=today, **form.told())
            return reverse("staff_hours", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("The hours are written down."))
            return redirect(address)
    own = list(StaffTime.objects.filter(programme=programme, user=request.user).order_by("-on")[:60])
    context = {
        "programme": programme,
        "form": form,
        "has_functions": bool(form.fields["function"].choices),  # type: ignore[attr-defined]  # of a choice
        "rows": [(row, clock(row.minutes)) for row in own],
    }
    return render(request, "funding/staff_hours.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_WORK)
@require_POST
def staff_hours_drop(request: Request, pk: UUID) -> HttpResponse:
    """Take away hours that were written by mistake."""
    row = get_object_or_404(StaffTime, pk=pk, user=request.user)
    back = reverse("staff_hours", args=[row.programme_id])
    return pressed(request, lambda: actions.drop_time(row=row), back=back, said=_("The hours are taken away."))
