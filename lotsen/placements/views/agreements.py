"""The agreement as a PDF, its signatures, and what a workplace sees and answers by link."""

from typing import Any
from uuid import UUID

import pghistory
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.core.acting import open_by_link
from lotsen.core.forms import pressed
from lotsen.core.pages import opens_nothing
from lotsen.core.refused import Refused
from lotsen.core.rights import Request, allow, public
from lotsen.placements import actions, queries
from lotsen.placements.enums import Purpose
from lotsen.placements.exports import agreement_file
from lotsen.placements.forms import SignByLinkForm, SignForm, SupervisorForm

from .course import done
from .placements import own_placement


@allow(Permission.CASES_WORK)
def agreement_pdf(request: Request, pk: UUID) -> HttpResponse:
    """Give the agreement as a PDF, to be signed on paper."""
    placement = own_placement(request, pk)
    response = HttpResponse(agreement_file(placement, timezone.localdate()), content_type="application/pdf")
    name = _("agreement")
    response["Content-Disposition"] = f'attachment; filename="{name}-{placement.case.number}.pdf"'
    return response


@allow(Permission.CASES_WORK)
@require_POST
def agreement_sign(request: Request, pk: UUID) -> HttpResponse:
    """Write down that a party has signed."""
    placement, form = own_placement(request, pk), SignForm(request.POST)
    return done(
        request,
        placement,
        "sign",
        form,
        lambda: actions.sign_agreement(placement=placement, **form.values()),
        _("The signature is written down."),
    )


@allow(Permission.CASES_WORK)
@require_POST
def workplace_show(request: Request, pk: UUID) -> HttpResponse:
    """Write down that the participant lets the workplace see its part, or no longer does."""
    placement = own_placement(request, pk)
    on = None if placement.shown_since else timezone.localdate()
    return pressed(
        request,
        lambda: actions.show_workplace(placement=placement, on=on),
        back=reverse("placement_detail", args=[pk]),
        said=_("The workplace may see its part.") if on else _("Taken back. Every link to the workplace has ended."),
    )


@allow(Permission.CASES_WORK)
@require_POST
def link_give(request: Request, pk: UUID, purpose: str) -> HttpResponse:
    """Make a link for the workplace or the participant, which is shown once."""
    placement = own_placement(request, pk)
    if purpose not in Purpose.values:
        raise Http404
    try:
        with transaction.atomic():
            token = actions.give_link(placement=placement, purpose=Purpose(purpose), on=timezone.localdate())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("placement_detail", pk)
    address = request.build_absolute_uri(reverse("link_open", args=[token]))
    context = {"placement": placement, "case": placement.case, "address": address, "purpose": Purpose(purpose)}
    return render(request, "placements/link_give.html", context)


@public
def link_open(request: HttpRequest, token: str) -> HttpResponse:
    """Show a workplace its part of a placement, and take its signature or what the supervisor says.

    A participant signs the same way, by another link. Expired, used up and guessed links look alike. The history does
    not tell by which one something was written.
    """
    with pghistory.context(url="/at-work/"):
        open_by_link(token)
        shown = queries.shown_by_link()
        if shown is None:
            return opens_nothing(request, _("It holds for sixty days. Ask who sent it for a new one, or call them."))
        is_agreement = shown.purpose in {Purpose.AGREEMENT, Purpose.OWN}
        form = (SignByLinkForm if is_agreement else SupervisorForm)(request.POST or None)
        is_done = shown.is_answered
        if request.method == "POST" and not is_done and form.is_valid():
            try:
                with transaction.atomic():
                    if is_agreement:
                        actions.sign_by_link(name=form.cleaned_data["name"])
                    else:
                        data = form.cleaned_data
                        said = {name: data[name] for name in ("went_well", "was_hard", "would")}
                        actions.assess_by_link(hours_missed=data["hours_missed"], **said)
                is_done = True
            except Refused as refused:
                form.add_error(None, str(refused))
        context: dict[str, Any] = {"shown": shown, "form": form, "is_done": is_done, "is_agreement": is_agreement}
        context |= {"is_own": shown.purpose == Purpose.OWN, "materials": queries.materials_shown()}
        return render(request, "placements/link_open.html", context, status=200 if is_done or not form.errors else 422)
