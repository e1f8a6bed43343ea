"""What became of somebody some days after the exit."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.access.enums import Permission
from lotsen.cases import actions
from lotsen.cases.enums import Closing, ContactWay
from lotsen.cases.forms import FollowUpForm
from lotsen.cases.queries import ATTEMPTS, own_case
from lotsen.core.forms import once
from lotsen.core.rights import Request, allow


@allow(Permission.CASES_WORK)
def follow_up(request: Request, pk: UUID, day: int) -> HttpResponse:
    """Write down a follow-up, or that nobody answered: each attempt is counted, and after some one stops."""
    case = own_case(pk, request.user)
    if case.closing != Closing.EXIT or day not in case.programme.follow_up_days:
        raise Http404
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
