"""Sending somebody to a programme, the queue, and the answer."""

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
from lotsen.cases.actions import transfer_case
from lotsen.cases.models import Case
from lotsen.cases.queries import own_case
from lotsen.core.drafts import answer_draft, draft_of, drop_draft
from lotsen.core.forms import once, pressed
from lotsen.core.rights import Request, allow
from lotsen.programmes.enums import Fact
from lotsen.programmes.models import Programme

from . import actions, queries
from .enums import ReferralState
from .forms import AcceptForm, DeclineForm, ReferralForm, TransferForm
from .models import Referral


@allow(Permission.REFERRALS_VIEW)
def referral_list(request: Request) -> HttpResponse:
    """List what one's own organisation has sent, and how it goes with those who were taken in: the state, no more."""
    sent = Referral.objects.filter(from_organisation__in=request.user.referring_organisations)
    context = {
        "sent": sent.exclude(state=ReferralState.ACCEPTED)
        .select_related("programme", "unit")
        .order_by("-sent_on")[:200],
        "cases": queries.sent_cases(),
        "programmes": queries.programmes_to_refer_to(request.user, timezone.localdate()),
        "late": timezone.localdate() - queries.ANSWERED_WITHIN,
    }
    return render(request, "referrals/referral_list.html", context)


@allow(Permission.REFERRALS_TAKE)
def referral_queue(request: Request, pk: UUID) -> HttpResponse:
    """List the referrals to the user's units that wait: those that go first, then the oldest."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    own = Referral.objects.filter(programme=programme, unit__in=request.user.own_units)
    waiting = list(own.waiting().select_related("from_organisation", "unit", "programme"))
    context = {
        "programme": programme,
        "waiting": [(referral, _fitting(referral), (today - referral.sent_on).days) for referral in waiting],
        "late_after": queries.ANSWERED_WITHIN.days,
        "answered": own.exclude(state=ReferralState.WAITING).select_related("from_organisation", "case")[:20],
        "may_refer": today <= programme.ends_on,
    }
    return render(request, "referrals/referral_queue.html", context)


def _fitting(referral: Referral) -> list[str]:
    """Return the names of the target groups that a referral fits."""
    return [each.group.name for each in queries.fits(referral) if each.holds]


def _programme(request: Request, pk: UUID) -> Programme:
    """Return a programme that the user may refer somebody to."""
    found: Programme = get_object_or_404(queries.programmes_to_refer_to(request.user, timezone.localdate()), pk=pk)
    return found


def _draft_key(pk: UUID) -> str:
    return f"referral/{pk}"


@allow(Permission.REFERRALS_SEND)
def referral_new(request: Request, pk: UUID) -> HttpResponse:
    """Write a referral. What is being written is kept as a draft, which leaves no trace when it is dropped."""
    programme, key = _programme(request, pk), _draft_key(pk)
    draft = draft_of(request.user, key)
    initial = {"reason": draft.body if draft else ""}
    form = ReferralForm(request.POST or None, programme=programme, user=request.user, initial=initial)
    form.keep_drafts(reverse("referral_draft", args=[programme.pk]))
    is_officer = not programme.units.filter(pk__in=request.user.own_units).exists()
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            sent = actions.send_referral(
                programme=programme,
                on=timezone.localdate(),
                facts=form.facts(),
                sent_by=request.user,
                **form.told(),
            )
            drop_draft(user=request.user, key=key)
            return reverse("referral_detail", args=[sent.pk])

        if address := once(request, form, act):
            messages.success(request, _("The referral is sent."))
            return redirect(address)
    context = {"programme": programme, "form": form, "draft": draft, "is_officer": is_officer}
    return render(request, "referrals/referral_new.html", context, status=422 if form.errors else 200)


@allow(Permission.REFERRALS_SEND)
@require_POST
def referral_draft(request: Request, pk: UUID) -> HttpResponse:
    """Keep what is being written, or drop it."""
    programme = _programme(request, pk)
    if "drop" in request.POST:
        drop_draft(user=request.user, key=_draft_key(pk))
        return redirect("referral_new", programme.pk)
    return answer_draft(request, _draft_key(pk))


def _referral(request: Request, pk: UUID, **of: Any) -> Referral:
    found: Referral = get_object_or_404(
        Referral.objects.visible_to(request.user)
        .filter(**of)
        .select_related("programme", "unit", "from_organisation", "sent_by", "decided_by", "case"),
        pk=pk,
    )
    return found


@allow(Permission.REFERRALS_SEND)
def referral_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show a referral: to the unit with what fits and who is known already, to the referrer with the answer."""
    return _detail(request, _referral(request, pk))


def _detail(request: Request, referral: Referral, **given: Any) -> HttpResponse:
    takes = referral.unit_id in request.user.own_units and request.user.can(Permission.REFERRALS_TAKE)
    waits = referral.state == ReferralState.WAITING
    known = queries.known_already(referral) if takes and waits else []
    there = queries.in_programme(known, referral.programme)
    context = {
        "referral": referral,
        "programme": referral.programme,
        "takes": takes and waits,
        "may_withdraw": waits and not takes,
        "fits": queries.fits(referral) if waits else [],
        "known": [(person, there.get(person.pk)) for person in known],
        "twice": queries.sent_twice(referral) if takes and waits else [],
        "facts": _facts(referral),
        "accept": AcceptForm(known=[person for person in known if person.pk not in there]),
        "form": DeclineForm(),
        **given,
    }
    return render(request, "referrals/referral_detail.html", context, status=422 if given else 200)


def _facts(referral: Referral) -> list[tuple[str, Any]]:
    """Return the facts that were told, in words."""
    return [(str(Fact(name).label), value) for name, value in referral.facts.items()]


@allow(Permission.REFERRALS_TAKE)
@require_POST
def referral_accept(request: Request, pk: UUID) -> HttpResponse:
    """Take somebody in."""
    referral = _referral(request, pk, unit__in=request.user.own_units)
    form = AcceptForm(request.POST, known=queries.known_already(referral))
    if form.is_valid():

        def act() -> str:
            case = actions.accept_referral(
                referral=referral, person=form.cleaned_data["person"], by=request.user, on=timezone.localdate()
            )
            return reverse("case_detail", args=[case.pk])

        if address := once(request, form, act):
            messages.success(request, _("Taken in. Book the first meeting."))
            return redirect(address)
    referral.refresh_from_db()
    return _detail(request, referral, form=form)


@allow(Permission.REFERRALS_TAKE)
@require_POST
def referral_decline(request: Request, pk: UUID) -> HttpResponse:
    """Say no, and why."""
    referral = _referral(request, pk, unit__in=request.user.own_units)
    form = DeclineForm(request.POST)
    if form.is_valid():

        def act() -> str:
            answer = form.cleaned_data["answer"]
            actions.decline_referral(referral=referral, answer=answer, by=request.user, on=timezone.localdate())
            return reverse("referral_queue", args=[referral.programme_id])

        if address := once(request, form, act):
            messages.success(request, _("Declined. The referrer reads why."))
            return redirect(address)
    return _detail(request, referral, form=form)


@allow(Permission.REFERRALS_SEND)
@require_POST
def referral_withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Take back what was sent."""
    referral = _referral(request, pk)

    def act() -> None:
        actions.withdraw_referral(referral=referral, by=request.user, on=timezone.localdate())

    back = reverse("referral_detail", args=[referral.pk])
    return pressed(request, act, back=back, said=_("Taken back. Nothing of who it was about is kept."))


@allow(Permission.CASES_WORK)
def case_transfer(request: Request, pk: UUID) -> HttpResponse:
    """Send a participant on; when the receiver has said yes, close the case here as a transfer."""
    case = own_case(pk, request.user)
    sent = case.transfers.select_related("unit", "programme").order_by("-sent_on").first()
    form = TransferForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            data = form.cleaned_data
            if data["to"] == TransferForm.OUTSIDE:
                transfer_case(case=case, on=data["on"], to=data["outside"])
            else:
                place = form.places[data["to"]]
                told = {"programme": place.programme, "unit": place.unit, "reason": data["reason"]}
                actions.offer_transfer(case=case, by=request.user, on=data["on"], **told)
            return reverse("case_detail", args=[case.pk])

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    context = {"case": case, "form": form, "sent": sent}
    return render(request, "referrals/case_transfer.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_WORK)
@require_POST
def transfer_close(request: Request, pk: UUID) -> HttpResponse:
    """Close a case here, since the receiver has taken over."""
    case = get_object_or_404(Case.objects.worked_by(request.user), pk=pk)
    taken = get_object_or_404(case.transfers.filter(state=ReferralState.ACCEPTED).select_related("unit"))

    def act() -> None:
        transfer_case(
            case=case,
            on=max(taken.decided_on or case.referred_on, case.started_on or case.referred_on),
            to=taken.unit.name,
        )

    return pressed(request, act, back=reverse("case_detail", args=[case.pk]), said=_("The case is transferred."))
