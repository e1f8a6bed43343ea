"""Erasures: proposed by a manager, archived, approved by an auditor; and what funders may ask for."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.access.models import Unit
from lotsen.core.forms import pressed
from lotsen.core.pages import list_page
from lotsen.core.refused import Refused
from lotsen.core.rights import Request, allow
from lotsen.records import actions, exports, queries
from lotsen.records.models import Erasure, Evidence


@allow(Permission.ERASURES_VIEW)
def erasure_list(request: Request) -> HttpResponse:
    """List the erasures of one's units, or of the authorities that one audits."""
    erasures = Erasure.objects.visible_to(request.user).select_related("unit", "proposed_by", "approved_by")
    return list_page(
        request,
        queryset=erasures,
        columns=exports.ERASURE_COLUMNS,
        template="records/erasure_list.html",
        title=_("Erasures"),
        context={"is_late": queries.nightly_is_late(timezone.now())},
    )


def _visible(request: Request, pk: UUID) -> Erasure:
    rows = Erasure.objects.visible_to(request.user)
    found: Erasure = get_object_or_404(
        rows.select_related("unit__organisation", "rule", "proposed_by", "approved_by"), pk=pk
    )
    return found


@allow(Permission.ERASURES_VIEW)
def erasure_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show an erasure: what it rests on, how far it has come, and its protocol. Never of whom."""
    erasure = _visible(request, pk)
    context = {
        "erasure": erasure,
        "is_own": erasure.unit_id in request.user.managed_units,
        "may_approve": request.user.can(Permission.ERASURES_APPROVE) and queries.approvable(erasure, request.user),
        "rows": sorted(erasure.protocol.get("rows", {}).items()),
        "is_late": queries.nightly_is_late(timezone.now()),
    }
    return render(request, "records/erasure_detail.html", context)


@allow(Permission.RETENTION_KEEP)
@require_POST
def erasure_propose(request: Request, pk: UUID) -> HttpResponse:
    """Propose to erase what is due in a unit."""
    units = Unit.objects.filter(pk__in=request.user.managed_units).select_related("organisation")
    unit = get_object_or_404(units, pk=pk)

    def act() -> str:
        now = timezone.now()
        erasure = actions.propose_erasure(unit=unit, by=request.user, at=now, on=timezone.localdate())
        return reverse("erasure_detail", args=[erasure.pk])

    return pressed(request, act, back=reverse("retention_overview"), said=_("The erasure is proposed."))


@allow(Permission.RETENTION_KEEP)
@require_POST
def erasure_archive(request: Request, pk: UUID) -> HttpResponse:
    """Give the archive file. That it was taken is kept."""
    erasure = get_object_or_404(Erasure.objects.visible_to(request.user), pk=pk, unit__in=request.user.managed_units)
    try:
        with transaction.atomic():
            content = actions.archive_erasure(erasure=erasure, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("erasure_detail", erasure.pk)
    return exports.json_file(content, f"archive-{erasure.proposed_at:%Y-%m-%d}")


@allow(Permission.ERASURES_APPROVE)
@require_POST
def erasure_approve(request: Request, pk: UUID) -> HttpResponse:
    """Approve an erasure."""
    erasure = _visible(request, pk)
    act = partial(actions.approve_erasure, erasure=erasure, by=request.user, at=timezone.now())
    back = reverse("erasure_detail", args=[erasure.pk])
    return pressed(request, act, back=back, said=_("The erasure is approved."))


@allow(Permission.RETENTION_KEEP)
@require_POST
def erasure_withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Stop an erasure."""
    erasure = get_object_or_404(Erasure.objects.visible_to(request.user), pk=pk, unit__in=request.user.managed_units)
    act = partial(actions.withdraw_erasure, erasure=erasure)
    back = reverse("erasure_detail", args=[erasure.pk])
    return pressed(request, act, back=back, said=_("The erasure is stopped."))


@allow(Permission.RETENTION_KEEP)
def evidence_list(request: Request) -> HttpResponse:
    """List what funders may still ask for of those whose records are erased. The file has the numbers too."""
    return list_page(
        request,
        queryset=Evidence.objects.visible_to(request.user).select_related("programme"),
        columns=exports.EVIDENCE_COLUMNS,
        template="records/evidence_list.html",
        title=_("Evidence for funders"),
    )
