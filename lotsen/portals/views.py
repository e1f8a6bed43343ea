"""One case with all that belongs to it."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from lotsen.access.enums import Permission
from lotsen.cases.models import Case
from lotsen.cases.queries import grounds_of
from lotsen.core.acting import open_by_consent
from lotsen.core.rights import Request, allow, signed_in

from . import queries

#: Days of the timeline that a page shows before it is asked for the older ones.
DAYS_SHOWN = 12


#: Where one's work begins, by the first permission that one has.
STARTS = (
    (Permission.PROGRAMMES_VIEW, "programme_list"),
    (Permission.READINGS_REVIEW, "reading_list"),
    (Permission.ACCOUNTS_MANAGE, "user_list"),
)


@signed_in
def start(request: Request) -> HttpResponse:
    """Lead everybody to where the work begins."""
    for permission, page in STARTS:
        if request.user.can(permission):
            return redirect(page)
    raise PermissionDenied


@allow(Permission.CASES_VIEW)
def case_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show one case: who, on which step, what has happened. Without the name for those who may not know it."""
    open_by_consent()
    case = get_object_or_404(
        Case.objects.opened_to(request.user).select_related(
            "person", "unit__municipality", "programme", "destination", "reason", "referred_by"
        ),
        pk=pk,
    )
    today = timezone.localdate()
    entries = {entry.step_id: entry for entry in case.stepentrys.select_related("step")}
    steps = list(case.programme.steps.all())
    reached = max((place for place, step in enumerate(steps) if step.pk in entries), default=-1)
    days = queries.timeline(case)
    shown = days if "all" in request.GET else days[:DAYS_SHOWN]
    responsible = case.responsibleentrys.select_related("user").last()
    support, whereabouts = case.supportentrys.last(), case.whereaboutsentrys.last()
    context = {
        "case": case,
        "grounds": grounds_of(case, request.user, today),
        "steps": [(place, step, entries.get(step.pk)) for place, step in enumerate(steps)],
        "reached": reached,
        "coach": responsible.user.name if responsible else "",
        "support": support.get_support_display() if support else "",
        "whereabouts": whereabouts.get_whereabouts_display() if whereabouts else "",
        "groups": case.target_groups.all(),
        "plan": case.plans.last(),
        "ratings": case.ratings.order_by("rated_on"),
        "days": case.days(today),
        "timeline": shown,
        "today": today,
        "yesterday": today - timedelta(days=1),
        "older": len(days) - len(shown),
    }
    return render(request, "portals/case_detail.html", context)
