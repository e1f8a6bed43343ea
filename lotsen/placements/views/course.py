"""The buttons of a placement's course: begin, rest, end."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.core.forms import Form, once, pressed
from lotsen.core.rights import Request, allow
from lotsen.placements import actions
from lotsen.placements.enums import PlacementState
from lotsen.placements.forms import EndForm, StartForm, StopForm
from lotsen.placements.models import Placement

from .placements import detail, own_placement


def done(
    request: Request, placement: Placement, name: str, form: Form, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do what a form of the placement's page asks, once; where it is refused, show the page with the form open."""
    if form.is_valid():

        def acted() -> str:
            act()
            return reverse("placement_detail", args=[placement.pk])

        if address := once(request, form, acted):
            messages.success(request, said)
            return redirect(address)
    # What the action has set before it was refused is not what stands there.
    return detail(request, own_placement(request, placement.pk), **{name: form})


@allow(Permission.CASES_WORK)
@require_POST
def placement_start(request: Request, pk: UUID) -> HttpResponse:
    """Say that the participant has begun."""
    placement = own_placement(request, pk)
    # The day that was typed decides whether an analysis holds, so the reason can be written in any case.
    form = StartForm(request.POST, has_analysis=False)
    return done(
        request,
        placement,
        "start",
        form,
        lambda: actions.start_placement(placement=placement, **form.values()),
        _("The placement goes on. Call the workplace within three days."),
    )


@allow(Permission.CASES_WORK)
@require_POST
def placement_pause(request: Request, pk: UUID) -> HttpResponse:
    """Let a placement rest, or go on."""
    placement = own_placement(request, pk)
    rests = placement.state == PlacementState.PAUSED
    act = actions.resume_placement if rests else actions.pause_placement
    return pressed(
        request,
        lambda: act(placement=placement),
        back=reverse("placement_detail", args=[pk]),
        said=_("The placement goes on.") if rests else _("The placement rests."),
    )


@allow(Permission.CASES_WORK)
@require_POST
def placement_complete(request: Request, pk: UUID) -> HttpResponse:
    """Say that a placement has been to its end."""
    placement, form = own_placement(request, pk), EndForm(request.POST)
    return done(
        request,
        placement,
        "end",
        form,
        lambda: actions.complete_placement(placement=placement, **form.values()),
        _("Completed. Ask both how it went."),
    )


@allow(Permission.CASES_WORK)
@require_POST
def placement_stop(request: Request, pk: UUID) -> HttpResponse:
    """Say that a placement ends before its time, or never begins: on whose wish, and why."""
    placement = own_placement(request, pk)
    form = StopForm(request.POST, placement=placement)
    act = actions.call_off if placement.is_ahead else actions.stop_placement
    return done(
        request,
        placement,
        "stop",
        form,
        lambda: act(placement=placement, **form.values()),
        _("Written down. Ask both how it went."),
    )
