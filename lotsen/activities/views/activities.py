"""Activities: listed, planned, shown; who takes part, and how it went."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.activities import actions, queries
from lotsen.activities.enums import Result
from lotsen.activities.exports import ACTIVITY_COLUMNS
from lotsen.activities.forms import ActivityForm, EnrolForm, ResultForm
from lotsen.activities.models import Activity, Enrolment
from lotsen.cases.models import Case
from lotsen.core.forms import Form, once, pressed
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.programmes.models import Programme
from lotsen.programmes.queries import seen_programme


def _kept(pk: UUID, request: Request) -> Activity:
    kept = Activity.objects.kept_by(request.user).select_related("programme__lead_unit__organisation", "kind", "unit")
    activity: Activity = get_object_or_404(kept, pk=pk)
    return activity


@allow(Permission.CASES_VIEW)
def activity_list(request: Request, pk: UUID) -> HttpResponse:
    """List the activities of a programme, those that come next first."""
    programme = seen_programme(pk, request.user)
    return list_page(
        request,
        queryset=queries.activities_of(programme, timezone.localdate()),
        columns=ACTIVITY_COLUMNS,
        template="activities/activity_list.html",
        title=programme.code,
        context={"programme": programme, "may_plan": programme.units.filter(pk__in=request.user.own_units).exists()},
    )


@allow(Permission.CASES_WORK)
def activity_new(request: Request, pk: UUID) -> HttpResponse:
    """Plan an activity. The days of the series are shown first, and what is unticked is left out."""
    programme = get_object_or_404(Programme.objects.filter(units__in=request.user.own_units).distinct(), pk=pk)
    form = ActivityForm(request.POST or None, programme=programme, user=request.user)
    shown: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        if days := form.chosen():

            def act() -> str:
                sessions = actions.plan_activity(days=days, **form.activity())
                return reverse("activity_detail", args=[sessions[0].activity_id])

            if address := once(request, form, act):
                messages.success(request, _("Planned."))
                return redirect(address)
        elif form.is_shown:
            form.add_error(None, _("Leave at least one day."))
        shown = form.shown()
    left = set(request.POST.getlist("days")) if form.is_shown else {key for key, _day in shown}
    context = {
        "programme": programme,
        "form": form,
        "shown": [(key, day, key in left) for key, day in shown],
    }
    return render(request, "activities/activity_new.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_VIEW)
def activity_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show an activity: its sessions, who takes part and who waits, and how it went."""
    seen = Activity.objects.visible_to(request.user)
    related = seen.select_related("programme__lead_unit__organisation", "kind", "unit")
    return _page(request, get_object_or_404(related, pk=pk))


def _page(request: Request, activity: Activity, **bound: Form) -> HttpResponse:
    today = timezone.localdate()
    may_keep = Activity.objects.kept_by(request.user).filter(pk=activity.pk).exists()
    enrolments = list(activity.enrolments.filter(until=None).select_related("case__person", "case__needs"))
    sessions = list(activity.sessions.select_related("place", "led_by"))
    ahead = [each for each in sessions if each.on >= today and not each.cancelled_on]
    own = [each for each in enrolments if each.case.unit_id in request.user.own_units]
    told = {name: getattr(activity, name) for name in ("result", "result_why", "reached")}
    context = {
        "programme": activity.programme,
        "activity": activity,
        "ahead": ahead,
        "been": [each for each in sessions if each not in ahead][::-1],
        "placed": [each for each in own if not each.waits],
        "waiting": [each for each in own if each.waits],
        "taken": queries.taken_places(activity),
        "unmet": queries.unmet_needs(ahead[0].place if ahead else None, [each.case for each in own]),
        "may_keep": may_keep,
        "enrol_form": bound.get("enrol") or EnrolForm(activity=activity, user=request.user),
        "result_form": bound.get("result") or ResultForm(initial=told),
        "form": next(iter(bound.values()), None),
        "today": today,
    }
    return render(request, "activities/activity_detail.html", context, status=422 if bound else 200)


@allow(Permission.CASES_WORK)
@require_POST
def activity_enrol(request: Request, pk: UUID) -> HttpResponse:
    """Give participants a place, or a place in the waiting list."""
    activity = _kept(pk, request)
    form = EnrolForm(request.POST, activity=activity, user=request.user)
    if form.is_valid():
        waiting: list[bool] = []

        def act() -> str:
            since = form.cleaned_data["since"]
            rows = [actions.enrol(activity=activity, case=case, since=since) for case in form.cleaned_data["cases"]]
            waiting.extend(row.waits for row in rows)
            return reverse("activity_detail", args=[activity.pk])

        if address := once(request, form, act):
            n = sum(waiting)
            words = ngettext("All places are taken: %(n)s waits.", "All places are taken: %(n)s wait.", n) % {"n": n}
            messages.success(request, words if n else _("Signed up."))
            return redirect(address)
    return _page(request, activity, enrol=form)


@allow(Permission.CASES_WORK)
@require_POST
def activity_result(request: Request, pk: UUID) -> HttpResponse:
    """Say whether the purpose was met."""
    activity, form = _kept(pk, request), ResultForm(request.POST)
    if form.is_valid():

        def act() -> str:
            told = {**form.values(), "result": Result(form.cleaned_data["result"])}
            actions.assess_activity(activity=activity, **told)
            return reverse("activity_detail", args=[activity.pk])

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    return _page(request, activity, result=form)


@allow(Permission.CASES_WORK)
@require_POST
def enrolment_leave(request: Request, pk: UUID) -> HttpResponse:
    """Let a participant leave an activity today. Whoever has waited longest gets the place."""
    own = Enrolment.objects.filter(case__in=Case.objects.worked_by(request.user), until=None)
    enrolment = get_object_or_404(own.select_related("activity"), pk=pk)
    back = reverse("activity_detail", args=[enrolment.activity_id])
    return pressed(
        request,
        lambda: actions.leave_activity(enrolment=enrolment, on=timezone.localdate()),
        back=back,
        said=_("Taken off the list."),
    )
