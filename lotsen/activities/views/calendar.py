"""The week, and the rooms that it is spent in."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.activities import actions, queries
from lotsen.activities.forms import CalendarFilters, PremisesForm
from lotsen.activities.models import Premises, Session
from lotsen.core.forms import once
from lotsen.core.rights import Request, allow


@allow(Permission.CASES_WORK)
def calendar(request: Request) -> HttpResponse:
    """Show a week or a month of the own units: sessions by day, without a name."""
    filters = CalendarFilters(request.GET, user=request.user)
    first, last = filters.days()
    sessions = filters.apply(queries.sessions_between(request.user, first, last))
    by_day: dict[Any, list[Session]] = {first + timedelta(days=n): [] for n in range((last - first).days + 1)}
    for session in sessions:
        by_day[session.on].append(session)
    # A Saturday or Sunday stands there when there is something; in a month, so does every day.
    days = [(day, found) for day, found in by_day.items() if found or (day.weekday() < 5 and not filters.is_of_month)]
    query = request.GET.copy()
    query.pop("week", None)
    context = {
        "filters": filters,
        "days": days,
        "today": timezone.localdate(),
        "first": first,
        "number": first.isocalendar().week,
        "before": first - timedelta(days=1),
        "after": last + timedelta(days=1),
        "query": query.urlencode(),
    }
    return render(request, "activities/calendar.html", context)


@allow(Permission.CASES_WORK)
def premises_list(request: Request) -> HttpResponse:
    """List the rooms of the own units, with a form for one more, or for the one that is named."""
    return _rooms(request, None)


def _rooms(request: Request, bound: PremisesForm | None) -> HttpResponse:
    rooms = list(Premises.objects.kept_by(request.user).select_related("unit"))
    named = next((each for each in rooms if str(each.pk) == request.GET.get("premises", "")), None)
    fields = [name for name in PremisesForm.base_fields if hasattr(named, name)]
    initial = {**{name: getattr(named, name) for name in fields}, "premises": named.pk} if named else {}
    form = bound or PremisesForm(user=request.user, initial=initial)
    context = {"rooms": rooms, "form": form, "named": named}
    return render(request, "activities/premises_list.html", context, status=422 if bound else 200)


@allow(Permission.CASES_WORK)
@require_POST
def premises_keep(request: Request) -> HttpResponse:
    """Write down a room, or change the one that the form names."""
    form = PremisesForm(request.POST, user=request.user)
    if form.is_valid():

        def act() -> str:
            own = Premises.objects.kept_by(request.user)
            changed = own.filter(pk=form.cleaned_data["premises"]).first()
            actions.keep_premises(unit=form.cleaned_data["unit"], premises=changed, **form.told())
            return reverse("premises_list")

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    return _rooms(request, form)
