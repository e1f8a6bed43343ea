"""Applications for payment: their evidence, the self-control, and what was paid."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.core import traces
from lotsen.core.forms import Form, once, pressed
from lotsen.core.pages import Column
from lotsen.core.rights import Request, allow
from lotsen.core.text import clock
from lotsen.funding import actions, exports, queries
from lotsen.funding.enums import Requirement
from lotsen.funding.forms import ApplyForm, CheckForm, PaidForm, PaymentForm
from lotsen.funding.models import Payment, SampleItem, UnitCost
from lotsen.programmes.models import Programme
from lotsen.programmes.queries import may_in_whole, overseen_programme

from .money import overview


@allow(Permission.FUNDING_KEEP)
@require_POST
def payment_new(request: Request, pk: UUID) -> HttpResponse:
    """Begin an application for payment."""
    programme, form = overseen_programme(pk, request.user), PaymentForm(request.POST)
    if form.is_valid():

        def act() -> str:
            payment = actions.begin_payment(programme=programme, **form.values())
            return reverse("payment_detail", args=[payment.pk])

        if address := once(request, form, act):
            return redirect(address)
    return overview(request, programme, payment=form)


def _payment(request: Request, pk: UUID, *, to_keep: bool = False) -> Payment:
    visible = Payment.objects.filter(programme__in=Programme.objects.visible_to(request.user))
    if to_keep:
        visible = visible.filter(programme__lead_unit__in=request.user.led_units)
    found: Payment = get_object_or_404(visible.select_related("programme__lead_unit__organisation"), pk=pk)
    return found


@allow(Permission.FUNDING_VIEW)
def payment_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show what a payment rests on, what is missing, and who can mend it."""
    return _detail(request, _payment(request, pk))


def _detail(request: Request, payment: Payment, **bound: Form) -> HttpResponse:
    programme = payment.programme
    keeps = may_in_whole(Permission.FUNDING_KEEP, programme, request.user)
    book = queries.ledger(programme, payment.first, payment.last)
    proofs = queries.evidence(payment, book, request.user, timezone.localdate())
    sample = payment.sample.select_related("certified__case__person", "checked_by") if keeps else []
    context = {
        "payment": payment,
        "programme": programme,
        "keeps": keeps,
        "book": book,
        "hours": clock(book.minutes),
        "frozen_hours": clock(payment.minutes) if payment.minutes is not None else "",
        "has_changed": payment.applied_on and (payment.minutes, payment.support) != (book.minutes, book.amount),
        "proofs": [(proof, *proof.said, _leads_to(proof, payment, request)) for proof in proofs],
        "missing": sum(not proof.is_met for proof in proofs),
        "sample": [(item, clock(item.certified.minutes)) for item in sample],
        "to_draw": keeps and queries.sample_size(payment) > len([i for i in sample if not i.certified.reopened_on]),
        "apply_form": bound.get("apply") or ApplyForm(initial={"asked": None}),
        "paid_form": bound.get("paid") or PaidForm(),
        "query": urlencode({"first": f"{payment.first:%Y-%m}", "last": f"{payment.last:%Y-%m}"}),
        "form": next(iter(bound.values()), None),
    }
    return render(request, "funding/payment_detail.html", context, status=422 if bound else 200)


def _leads_to(proof: queries.Proof, payment: Payment, request: Request) -> str:
    """Return the page on which what is missing is seen, as far as the user may open it."""
    span = {"first": f"{payment.first:%Y-%m}", "last": f"{payment.last:%Y-%m}"}
    programme = payment.programme_id
    rows = reverse("ledger_rows", args=[programme])
    pages = {
        Requirement.DECISION: reverse("money_overview", args=[programme]),
        Requirement.SIGNED: f"{reverse('hours_list', args=[programme])}?month={payment.first:%Y-%m}",
        Requirement.SUPPORT: f"{rows}?{urlencode({**span, 'support': '-'})}",
        Requirement.RATES: reverse("rate_list", args=[programme]),
        Requirement.STAFF: f"{reverse('ledger_detail', args=[programme])}?{urlencode(span)}#staff",
    }
    if request.user.can(Permission.FILES_VIEW):
        pages[Requirement.FILES] = reverse("file_list", args=[programme])
    return pages.get(proof.requirement, "")


@allow(Permission.FUNDING_KEEP)
def payment_pack(request: Request, pk: UUID) -> HttpResponse:
    """Give everything that a payment rests on as one file: a workbook of each kind of evidence."""
    payment = _payment(request, pk, to_keep=True)
    programme, first, last = payment.programme, payment.first, payment.last
    traces.read_by("export")
    book = queries.ledger(programme, first, last)
    costs = UnitCost.objects.filter(table__programme=programme, table__since__lte=last).select_related("table")
    sample = payment.sample.select_related("certified__case__person", "checked_by")
    parts: list[tuple[str, Sequence[Column], Iterable[Any]]] = [
        (_("evidence"), exports.EVIDENCE_COLUMNS, queries.evidence(payment, book, request.user, timezone.localdate())),
        (_("hours-and-money"), exports.ROW_COLUMNS, queries.ledger_rows(programme, first, last, request.user)),
        (_("staff-hours"), exports.STAFF_COLUMNS, queries.staff_ledger(programme, first, last)),
        (
            _("unit-costs"),
            exports.RATE_COLUMNS,
            costs.order_by("table__since", "of", "support", "function", "age_from"),
        ),
        (_("decisions"), exports.DECISION_COLUMNS, programme.decisions.order_by("on")),
        (_("self-control"), exports.SAMPLE_COLUMNS, sample),
    ]
    response = HttpResponse(exports.pack(parts), content_type="application/zip")
    name = f"{programme.code}-{first:%Y-%m}-{last:%Y-%m}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@allow(Permission.FUNDING_KEEP)
@require_POST
def payment_apply(request: Request, pk: UUID) -> HttpResponse:
    """Hand the application in."""
    payment, form = _payment(request, pk, to_keep=True), ApplyForm(request.POST)
    if form.is_valid():

        def act() -> str:
            actions.apply_for(payment=payment, **form.values())
            return reverse("payment_detail", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("Handed in. The hours and the sum that it rests on are written down."))
            return redirect(address)
    return _detail(request, payment, apply=form)


@allow(Permission.FUNDING_KEEP)
@require_POST
def payment_paid(request: Request, pk: UUID) -> HttpResponse:
    """Write down what was paid."""
    payment, form = _payment(request, pk, to_keep=True), PaidForm(request.POST)
    if form.is_valid():

        def act() -> str:
            actions.pay(payment=payment, **form.values())
            return reverse("payment_detail", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("The payment is written down."))
            return redirect(address)
    return _detail(request, payment, paid=form)


@allow(Permission.FUNDING_KEEP)
@require_POST
def payment_draw(request: Request, pk: UUID) -> HttpResponse:
    """Draw a fifth of the signed months for self-control."""
    payment = _payment(request, pk, to_keep=True)
    return pressed(
        request,
        lambda: actions.draw_sample(payment=payment),
        back=f"{reverse('payment_detail', args=[pk])}#sample",
        said=_("Drawn. Lay each month beside its paper, and say what you found."),
    )


@allow(Permission.FUNDING_KEEP)
def sample_check(request: Request, pk: UUID) -> HttpResponse:
    """Say what the self-control of a drawn month has found."""
    own = SampleItem.objects.filter(payment__programme__lead_unit__in=request.user.led_units)
    item: SampleItem = get_object_or_404(
        own.select_related("payment__programme__lead_unit__organisation", "certified__case__person"), pk=pk
    )
    form = CheckForm(request.POST or None, initial={"verdict": item.verdict, "note": item.note})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.check_item(item=item, by=request.user, on=timezone.localdate(), **form.values())
            return f"{reverse('payment_detail', args=[item.payment_id])}#sample"

        if address := once(request, form, act):
            messages.success(request, _("Written down."))
            return redirect(address)
    context = {
        "item": item,
        "programme": item.payment.programme,
        "hours": clock(item.certified.minutes),
        "form": form,
    }
    return render(request, "funding/sample_check.html", context, status=422 if form.errors else 200)
