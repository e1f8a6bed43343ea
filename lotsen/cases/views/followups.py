"""What became of somebody some days after the exit."""

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
from lotsen.cases import actions
from lotsen.cases.enums import Closing, ContactWay
from lotsen.cases.forms import FollowUpAnswerForm, FollowUpForm
from lotsen.cases.models import Case
from lotsen.cases.queries import ATTEMPTS, asked_by_link, own_case
from lotsen.core.forms import once
from lotsen.core.pages import opens_nothing
from lotsen.core.refused import Refused
from lotsen.core.rights import Request, allow, public


def _followed(request: Request, pk: UUID, day: int) -> Case:
    """Return an own case that is followed up on the day."""
    case = own_case(pk, request.user)
    if case.closing != Closing.EXIT or day not in case.programme.follow_up_days:
        raise Http404
    return case


@allow(Permission.CASES_WORK)
def follow_up(request: Request, pk: UUID, day: int) -> HttpResponse:
    """Write down a follow-up, or that nobody answered: each attempt is counted, and after some one stops."""
    case = _followed(request, pk, day)
    form = FollowUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            data = form.cleaned_data
            if data["reached"] == "tried":
                way = ContactWay(data["way"])
                actions.try_follow_up(case=case, day=day, on=data["on"], way=way, by=request.user)
            else:
                told = {"answers": form.answers(), "support": data["support"]}
                actions.answer_follow_up(case=case, day=day, on=data["on"], **told)
            return reverse("case_detail", args=[case.pk])

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    attempts = case.follow_up_attempts.filter(day=day).select_related("by")
    context = {
        "case": case,
        "day": day,
        "form": form,
        "attempts": attempts,
        "most": ATTEMPTS,
        "today": timezone.localdate(),
    }
    return render(request, "cases/follow_up.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_WORK)
@require_POST
def follow_up_link(request: Request, pk: UUID, day: int) -> HttpResponse:
    """Make a link by which the person answers, with words for a message. It is shown once, and counts as an attempt."""
    case = _followed(request, pk, day)
    try:
        with transaction.atomic():
            token = actions.give_follow_up_link(case=case, day=day, on=timezone.localdate(), by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("follow_up", case.pk, day)
    address = request.build_absolute_uri(reverse("follow_up_answer", args=[token]))
    return render(request, "cases/follow_up_link.html", {"case": case, "day": day, "address": address})


@public
def follow_up_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the person how it has gone since the exit, by a link. The history does not tell by which."""
    with pghistory.context(url="/follow-up/"):
        asked = asked_by_link(token)
        if asked is None:
            return opens_nothing(request, _("It holds for sixty days. Ask who sent it for a new one, or call them."))
        form = FollowUpAnswerForm(request.POST or None)
        is_sent = asked.is_answered
        if request.method == "POST" and not is_sent and form.is_valid():
            try:
                with transaction.atomic():
                    actions.answer_by_link(answers=form.answers())
                is_sent = True
            except Refused as refused:
                form.refuse(refused)
        context = {"asked": asked, "form": form, "is_sent": is_sent}
        return render(request, "cases/follow_up_answer.html", context, status=422 if form.errors else 200)
