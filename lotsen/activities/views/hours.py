"""The hours of a month, for all and for one, and how they are signed."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.activities import actions, queries
from lotsen.activities.exports import hours_columns
from lotsen.activities.forms import CertifyForm, CertifyManyForm, MonthFilters, PortalForm, ReopenForm
from lotsen.activities.models import Attendance, CertifiedMonth
from lotsen.cases.enums import Signed
from lotsen.cases.models import Case
from lotsen.cases.queries import own_case, seen_case
from lotsen.core.forms import Form, once
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.core.text import clock
from lotsen.programmes.enums import HoursSigned
from lotsen.programmes.queries import seen_programme


@allow(Permission.CASES_VIEW)
def hours_list(request: Request, pk: UUID) -> HttpResponse:
    """List the hours of each participant in a month: planned, present, and absent."""
    programme = seen_programme(pk, request.user)
    filters = MonthFilters(request.GET)
    first, last = filters.days()
    cases = Case.objects.visible_to(request.user).filter(programme=programme)
    before = first - timedelta(days=1)
    return list_page(
        request,
        queryset=queries.with_signed(queries.with_hours(cases.for_list(), first, last), first),
        columns=hours_columns(first),
        filters=MonthFilters,
        template="activities/hours_list.html",
        title=f"{programme.code}-{first:%Y-%m}",
        context={"programme": programme, "first": first, "before": before, "after": last + timedelta(days=1)},
    )


def _first_day(year: int, month: int) -> date:
    """Return the first day of the month that an address names. Where it names none, not found."""
    try:
        return date(year, month, 1)
    except ValueError:
        raise Http404 from None


def _month(request: Request, case: Case, month: date, **bound: Form) -> HttpResponse:
    """Show what is written down of a participant in a month: to be looked at together, signed, printed."""
    first, last = queries.month_of(month)
    rows = list(queries.attended(case, first, last))
    signed = list(case.certified_months.filter(month=first).select_related("signed_by"))
    certified = next((each for each in signed if each.reopened_on is None), None)
    context = {
        "case": case,
        "first": first,
        "before": first - timedelta(days=1),
        "after": last + timedelta(days=1),
        "rows": [(row, clock(row.minutes)) for row in rows],
        "total": clock(sum(row.minutes for row in rows)),
        "planned": clock(sum(row.session.minutes for row in rows)),
        "missing": queries.sessions_without_roll(case, first, last),
        "certified": certified,
        "reopened": [each for each in signed if each.reopened_on],
        "may_sign": case.is_worked_by(request.user) and request.user.can(Permission.CASES_WORK),
        "is_portal": case.programme.hours_signed == HoursSigned.PORTAL,
        "portal_form": bound.get("portal") or PortalForm(),
        "difference": _difference(rows, certified),
        "certify_form": bound.get("certify") or CertifyForm(),
        "reopen_form": bound.get("reopen") or ReopenForm(),
        "form": next(iter(bound.values()), None),
    }
    return render(request, "activities/hours_month.html", context, status=422 if bound else 200)


def _difference(rows: list[Attendance], certified: CertifiedMonth | None) -> str:
    """Return by how much what is signed and the roll differ; empty where they do not, or nothing is signed."""
    apart = abs(certified.minutes - sum(row.minutes for row in rows)) if certified else 0
    return clock(apart) if apart else ""


@allow(Permission.CASES_VIEW)
def hours_month(request: Request, pk: UUID, year: int, month: int) -> HttpResponse:
    """Show the hours of a participant in a month, day by day."""
    return _month(request, seen_case(pk, request.user), _first_day(year, month))


@allow(Permission.CASES_WORK)
@require_POST
def hours_sign(request: Request, pk: UUID, year: int, month: int) -> HttpResponse:
    """Certify the hours of a month, by participant and staff together."""
    case, form, first = own_case(pk, request.user), CertifyForm(request.POST), _first_day(year, month)
    if form.is_valid():

        def act() -> str:
            told = {"how": Signed(form.cleaned_data["how"]), "by": request.user, "on": timezone.localdate()}
            actions.certify_month(case=case, month=first, **told)
            return reverse("hours_month", args=[pk, year, month])

        if address := once(request, form, act):
            messages.success(request, _("Signed. The attendance of the month stays as it is."))
            return redirect(address)
    return _month(request, case, first, certify=form)


@allow(Permission.CASES_WORK)
@require_POST
def hours_portal(request: Request, pk: UUID, year: int, month: int) -> HttpResponse:
    """Write down what was signed in the funder's portal."""
    case, form, first = own_case(pk, request.user), PortalForm(request.POST), _first_day(year, month)
    if form.is_valid():

        def act() -> str:
            told = {"minutes": form.cleaned_data["hours"], "by": request.user, "on": timezone.localdate()}
            actions.report_portal(case=case, month=first, **told)
            return reverse("hours_month", args=[pk, year, month])

        if address := once(request, form, act):
            messages.success(request, _("Written down. The attendance of the month stays as it is."))
            return redirect(address)
    return _month(request, case, first, portal=form)


@allow(Permission.CASES_WORK)
def hours_sign_many(request: Request, pk: UUID, year: int, month: int) -> HttpResponse:
    """Certify the hours of a month for several participants: a pile of signed papers is entered at once."""
    programme, first = seen_programme(pk, request.user), _first_day(year, month)
    own = Case.objects.worked_by(request.user).filter(programme=programme)
    ready = queries.ready_to_sign(own.for_list(), first)
    minutes = queries.minutes_present(ready, *queries.month_of(first))
    choices = [(case, clock(minutes.get(case.pk, 0))) for case in ready]
    form = CertifyManyForm(request.POST or None, ready=choices)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            told = {"how": Signed(form.cleaned_data["how"]), "by": request.user, "on": timezone.localdate()}
            cases = own.filter(pk__in=form.cleaned_data["cases"])
            actions.certify_months(cases=cases, month=first, **told)
            return f"{reverse('hours_list', args=[pk])}?month={first:%Y-%m}"

        if address := once(request, form, act):
            messages.success(request, _("Signed. The attendance of the month stays as it is."))
            return redirect(address)
    context = {"programme": programme, "first": first, "form": form, "ready": choices}
    return render(request, "activities/hours_sign_many.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_WORK)
@require_POST
def hours_reopen(request: Request, pk: UUID) -> HttpResponse:
    """Open a signed month again, with the reason."""
    own = CertifiedMonth.objects.filter(case__in=Case.objects.worked_by(request.user), reopened_on=None)
    certified, form = get_object_or_404(own, pk=pk), ReopenForm(request.POST)
    month = certified.month
    if form.is_valid():

        def act() -> str:
            actions.reopen_month(certified=certified, on=timezone.localdate(), why=form.cleaned_data["why"])
            return reverse("hours_month", args=[certified.case_id, month.year, month.month])

        if address := once(request, form, act):
            messages.success(request, _("The month is open again. Sign it when it is corrected."))
            return redirect(address)
    return _month(request, own_case(certified.case_id, request.user), month, reopen=form)
