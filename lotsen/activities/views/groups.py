"""Meetings of the programme's groups: steering group, project group and others that partners come to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.activities import actions, queries
from lotsen.activities.forms import MeetingForm, MinutesForm, TaskForm
from lotsen.activities.models import Activity, Minutes, Session, Task
from lotsen.core.forms import Form, once, pressed
from lotsen.core.rights import Request, allow
from lotsen.programmes.queries import seen_programme


@allow(Permission.GROUPS_KEEP)
def group_list(request: Request, pk: UUID) -> HttpResponse:
    """List the meetings of a programme's groups, with how many partners came; plan the next one."""
    programme, today = seen_programme(pk, request.user), timezone.localdate()
    form = MeetingForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            return reverse("group_meeting", args=[actions.plan_meeting(**form.values()).pk])

        if address := once(request, form, act):
            messages.success(request, _("The meeting is planned."))
            return redirect(address)
    found = list(queries.group_meetings(programme)[:100])
    context = {
        "programme": programme,
        "ahead": [each for each in found if each.on > today][::-1],
        "been": [each for each in found if each.on <= today],
        "open_tasks": Task.objects.filter(session__activity__programme=programme, done_on=None).select_related(
            "session"
        ),
        "today": today,
        "form": form,
    }
    return render(request, "activities/group_list.html", context, status=422 if form.errors else 200)


def _meeting(request: Request, pk: UUID) -> Session:
    own = Session.objects.filter(activity__in=Activity.objects.met_by(request.user))
    related = "activity__programme__lead_unit__organisation"
    found: Session = get_object_or_404(own.select_related(related, "activity__kind"), pk=pk)
    return found


def _page(request: Request, session: Session, **bound: Form) -> HttpResponse:
    invited = queries.invited(session)
    kept = Minutes.objects.filter(session=session).first()
    initial = {"agenda": kept.agenda if kept else "", "decisions": kept.decisions if kept else ""}
    is_over = session.on <= timezone.localdate()
    context = {
        "session": session,
        "programme": session.activity.programme,
        "is_over": is_over,
        "minutes_form": bound.get("minutes") or MinutesForm(invited=invited, is_over=is_over, initial=initial),
        "task_form": bound.get("task") or TaskForm(),
        "tasks": session.tasks.all(),
        "form": next(iter(bound.values()), None),
    }
    return render(request, "activities/group_meeting.html", context, status=422 if bound else 200)


@allow(Permission.GROUPS_KEEP)
def group_meeting(request: Request, pk: UUID) -> HttpResponse:
    """Show a meeting of a group: agenda, who came by organisation, what was decided, who does what."""
    session = _meeting(request, pk)
    if request.method != "POST":
        return _page(request, session)
    today = timezone.localdate()
    form = MinutesForm(request.POST, invited=queries.invited(session), is_over=session.on <= today)
    if form.is_valid():

        def act() -> str:
            told = {"agenda": form.cleaned_data["agenda"], "decisions": form.cleaned_data["decisions"]}
            actions.keep_meeting(session=session, came=form.came(), on=today, **told)
            return reverse("group_meeting", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("The meeting is written down."))
            return redirect(address)
    return _page(request, session, minutes=form)


@allow(Permission.GROUPS_KEEP)
@require_POST
def task_give(request: Request, pk: UUID) -> HttpResponse:
    """Write down what somebody shall do."""
    session, form = _meeting(request, pk), TaskForm(request.POST)
    if form.is_valid():

        def act() -> str:
            actions.give_task(session=session, **form.values())
            return reverse("group_meeting", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("The task is written down."))
            return redirect(address)
    return _page(request, session, task=form)


@allow(Permission.GROUPS_KEEP)
@require_POST
def task_finish(request: Request, pk: UUID) -> HttpResponse:
    """Say that a task is done, or that it is not."""
    own = Task.objects.filter(session__activity__in=Activity.objects.met_by(request.user))
    task: Task = get_object_or_404(own, pk=pk)
    back = reverse("group_meeting", args=[task.session_id])
    today = timezone.localdate()
    return pressed(request, lambda: actions.finish_task(task=task, on=today), back=back, said=_("Changed."))
