"""Meetings of several agencies about named people: the agenda holds those whose consents cover the whole table."""

from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.core.forms import once, pressed
from lotsen.core.refused import Refused
from lotsen.core.rights import Request, allow
from lotsen.people import actions, queries
from lotsen.people.forms import AgendaForm, MeetingForm
from lotsen.people.models import AgendaItem, SharedMeeting


@allow(Permission.MEETINGS_CALL)
def meeting_list(request: Request) -> HttpResponse:
    """Call a meeting, and list those that one's units have called."""
    form = MeetingForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            data = form.values()
            meeting = actions.call_meeting(by=request.user, **data)
            return reverse("meeting_detail", args=[meeting.pk])

        if address := once(request, form, act):
            return redirect(address)
    meetings = SharedMeeting.objects.visible_to(request.user).select_related("unit", "called_by")
    context = {"form": form, "meetings": meetings.prefetch_related("organisations")}
    return render(request, "people/meeting_list.html", context, status=422 if form.errors else 200)


@allow(Permission.MEETINGS_CALL)
def meeting_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show the agenda, to be printed; to who called the meeting, also who lacks which consent. Put somebody on it."""
    meetings = SharedMeeting.objects.visible_to(request.user).select_related("unit", "called_by")
    meeting = get_object_or_404(meetings, pk=pk)
    is_caller = meeting.called_by_id == request.user.pk
    if request.method == "POST" and not is_caller:
        raise PermissionDenied
    form = AgendaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            person = queries.own_record(form.cleaned_data["number"], request.user)
            if person.unit_id != meeting.unit_id:
                raise Refused(_("This record is kept by another of your units."), "number")
            actions.put_on_agenda(meeting=meeting, person=person)
            return reverse("meeting_detail", args=[meeting.pk])

        if address := once(request, form, act):
            return redirect(address)
    spoken = queries.agenda(meeting)
    context = {
        "meeting": meeting,
        "organisations": meeting.organisations.order_by("name"),
        "agenda": [each for each in spoken if not each.lacking],
        "lacking": [each for each in spoken if each.lacking] if is_caller else [],
        "is_caller": is_caller,
        "form": form,
    }
    return render(request, "people/meeting_detail.html", context, status=422 if form.errors else 200)


@allow(Permission.MEETINGS_CALL)
@require_POST
def agenda_remove(request: Request, pk: UUID) -> HttpResponse:
    """Take somebody off the agenda."""
    items = AgendaItem.objects.filter(meeting__called_by=request.user, meeting__unit__in=request.user.own_units)
    item = get_object_or_404(items, pk=pk)
    act = partial(actions.take_off_agenda, item=item)
    back = reverse("meeting_detail", args=[item.meeting_id])
    return pressed(request, act, back=back, said=_("Taken off the agenda."))
