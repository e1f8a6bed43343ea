"""The course of a case: start, steps, support, whereabouts, who works with it, the way back."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.cases import actions
from lotsen.cases.enums import TeamPart, Whereabouts
from lotsen.cases.forms import EndForm, ResponsibleForm, StartForm, StepForm, SupportForm, TeamForm, WhereaboutsForm
from lotsen.cases.models import Case, TeamMember
from lotsen.cases.queries import lacking_at_exit, loads_of, own_case
from lotsen.core.forms import Form, once, pressed
from lotsen.core.rights import Request, allow


def _answer(
    request: Request, case: Case, form: Form, act: Callable[[], object], said: str, **page: Any
) -> HttpResponse:
    """Show a form of the case's course; where it was sent, act once and go back to the case."""
    if request.method == "POST" and form.is_valid():

        def done() -> str:
            act()
            return reverse("case_detail", args=[case.pk])

        if address := once(request, form, done):
            messages.success(request, said)
            return redirect(address)
    context = {"case": case, "form": form, "save": "", "lead": "", **page}
    return render(request, "cases/_form.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_WORK)
def case_start(request: Request, pk: UUID) -> HttpResponse:
    """Let the participation start."""
    case, today = own_case(pk, request.user), timezone.localdate()
    referral = getattr(case, "referral", None)
    initial = {"support": referral.support if referral else ""}
    loads = loads_of(case.unit, today)
    form = StartForm(request.POST or None, case=case, loads=loads, user=request.user, initial=initial)

    def act() -> None:
        actions.start_participation(case=case, **form.values())

    lead = _("From this day the participant is counted.")
    return _answer(request, case, form, act, _("Started."), heading=_("Start"), save=_("Start"), lead=lead)


@allow(Permission.CASES_WORK)
def case_end(request: Request, pk: UUID) -> HttpResponse:
    """End the participation. What is lacking is said, and can be overruled with a reason."""
    case = own_case(pk, request.user)
    missing = lacking_at_exit(case)
    form = EndForm(request.POST or None, case=case)

    def act() -> None:
        lacking = [*missing, *([_("Own sense of distance at the exit")] if form.cleaned_data["distance"] == "" else [])]
        actions.end_participation(case=case, lacking=lacking, **form.values())

    lead = _("Lacking now: %(what)s.") % {"what": ", ".join(missing)} if missing else ""
    days = ", ".join(map(str, case.programme.follow_up_days))
    said = _("Ended. The follow-up comes by itself on day %(days)s.") % {"days": days} if days else _("Ended.")
    return _answer(request, case, form, act, said, heading=_("End"), save=_("End the participation"), lead=lead)


@allow(Permission.CASES_WORK)
def case_step(request: Request, pk: UUID) -> HttpResponse:
    """Move the case onto a step. What the step before asks for is checked, and can be overruled with a reason."""
    case = own_case(pk, request.user)
    entries = list(case.stepentrys.all())
    now = entries[-1].step if entries else None
    steps = list(case.programme.steps.all())
    place = steps.index(now) + 1 if now in steps else 0
    form = StepForm(request.POST or None, case=case, now=now, then=steps[place] if place < len(steps) else None)

    def act() -> None:
        data = form.cleaned_data
        is_ahead = now is None or data["step"].position > now.position
        lacking = form.lacking() if is_ahead else []
        actions.enter_step(
            case=case, step=data["step"], since=data["since"], lacking=lacking, reason=data["reason"].strip()
        )

    return _answer(request, case, form, act, _("The step is changed."), heading=_("Change step"))


@allow(Permission.CASES_WORK)
@require_POST
def case_support(request: Request, pk: UUID) -> HttpResponse:
    """Write down that the means of support changed: two clicks from the case."""
    case, form = own_case(pk, request.user), SupportForm(request.POST)
    return _entered(
        request,
        case,
        form,
        "support",
        lambda support, since: actions.enter_support(case=case, support=support, since=since),
    )


@allow(Permission.CASES_WORK)
@require_POST
def case_whereabouts(request: Request, pk: UUID) -> HttpResponse:
    """Write down that the participant came into something else: two clicks from the case."""
    case, form = own_case(pk, request.user), WhereaboutsForm(request.POST)
    return _entered(
        request,
        case,
        form,
        "whereabouts",
        lambda whereabouts, since: actions.enter_whereabouts(
            case=case, whereabouts=Whereabouts(whereabouts), since=since
        ),
    )


def _entered(request: Request, case: Case, form: Form, name: str, enter: Callable[[str, date], None]) -> HttpResponse:
    """Enter a fact from a button; where the day is no day, say so and change nothing."""
    back = reverse("case_detail", args=[case.pk])
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return redirect(back)
    return pressed(
        request, lambda: enter(form.cleaned_data[name], form.cleaned_data["since"]), back=back, said=_("Saved.")
    )


@allow(Permission.CASES_WORK)
def case_responsible(request: Request, pk: UUID) -> HttpResponse:
    """Choose who answers for the case from a day on."""
    case = own_case(pk, request.user)
    form = ResponsibleForm(request.POST or None, case=case, loads=loads_of(case.unit, timezone.localdate()))

    def act() -> None:
        actions.take_responsibility(case=case, user=form.cleaned_data["user"], since=form.cleaned_data["since"])

    return _answer(request, case, form, act, _("Saved."), heading=_("Who answers for the case"))


@allow(Permission.CASES_WORK)
def team_join(request: Request, pk: UUID) -> HttpResponse:
    """Take a colleague into the team of the case."""
    case = own_case(pk, request.user)
    form = TeamForm(request.POST or None, case=case, loads=loads_of(case.unit, timezone.localdate()))

    def act() -> None:
        data = form.cleaned_data
        actions.join_team(case=case, user=data["user"], part=TeamPart(data["part"]), since=data["since"])

    return _answer(request, case, form, act, _("Saved."), heading=_("Take somebody into the team"))


@allow(Permission.CASES_WORK)
@require_POST
def team_leave(request: Request, pk: UUID) -> HttpResponse:
    """End a colleague's work with the case."""
    member = get_object_or_404(TeamMember.objects.filter(case__unit__in=request.user.own_units, until=None), pk=pk)
    back = reverse("case_detail", args=[member.case_id])
    return pressed(
        request, lambda: actions.leave_team(member=member, until=timezone.localdate()), back=back, said=_("Saved.")
    )


@allow(Permission.CASES_WORK)
@require_POST
def case_reopen(request: Request, pk: UUID) -> HttpResponse:
    """Let somebody come back: the first start stays, and the exit that counts is still to come."""
    case = own_case(pk, request.user)
    back = reverse("case_detail", args=[case.pk])
    return pressed(
        request,
        lambda: actions.reopen_case(case=case, on=timezone.localdate()),
        back=back,
        said=_("The case is open again. The first start stays."),
    )
