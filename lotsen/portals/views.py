"""One case, and one person, with all that belongs to them."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.cases.enums import Whereabouts
from lotsen.cases.queries import grounds_of, seen_case
from lotsen.core.acting import open_by_consent
from lotsen.core.rights import Request, allow, signed_in
from lotsen.notes.queries import next_appointment
from lotsen.people.actions import show_identity_number
from lotsen.people.enums import DataCategory
from lotsen.people.models import Consent, Person
from lotsen.people.queries import merged_into, undoable
from lotsen.programmes.enums import Support
from lotsen.questionnaires.exports import draw
from lotsen.questionnaires.queries import told_by
from lotsen.records.queries import hold_of, planned_erasure_of

from . import queries

#: Days of the timeline that a page shows before it is asked for the older ones.
DAYS_SHOWN = 12


#: Where one's work begins, by the first permission that one has.
STARTS = (
    (Permission.CASES_WORK, "my_day"),
    (Permission.PROGRAMMES_VIEW, "programme_list"),
    (Permission.READINGS_REVIEW, "reading_list"),
    (Permission.ACCOUNTS_MANAGE, "user_list"),
    (Permission.REFERRALS_VIEW, "referral_list"),
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
    case = seen_case(pk, request.user)
    prefetch_related_objects([case], "programme__steps", "supportentrys", "whereaboutsentrys", "plans")
    now = timezone.localtime()
    today = now.date()
    is_own = case.is_worked_by(request.user)
    steps = queries.staircase(case, today)
    reached = max((place for place, shown in enumerate(steps) if shown.since), default=-1)
    hidden = request.GET.getlist("hide")
    days = queries.timeline(case, request.user, hidden)
    shown = days if "all" in request.GET else days[:DAYS_SHOWN]
    support, whereabouts = list(case.supportentrys.all())[-1:], list(case.whereaboutsentrys.all())[-1:]
    plans = [plan for plan in case.plans.all() if plan.agreed_on]
    grounds = grounds_of(case, request.user, today)
    context = {
        "case": case,
        "grounds": grounds,
        # These stand on the row of the case itself, which the database shows whole.
        "shows_background": not grounds or any(DataCategory.BACKGROUND in ground.categories for ground in grounds),
        "steps": list(enumerate(steps)),
        "reached": reached,
        "is_own": is_own,
        "due": queries.due_of(case, today) if is_own else [],
        "meeting": next_appointment(case, now) if is_own else None,
        "team": case.team.filter(until=None).select_related("user"),
        "before": list(case.responsibleentrys.all())[::-1],
        "supports": Support.choices,
        "kinds_of_whereabouts": Whereabouts.choices,
        "needs": getattr(case, "needs", None),
        "goals": queries.goals_of(plans[-1]) if is_own and plans else [],
        "usable_references": sum(each.is_usable(today) for each in case.references.all()) if is_own else 0,
        "support": support[0].get_support_display() if support else "",
        "whereabouts": whereabouts[0].get_whereabouts_display() if whereabouts else "",
        "groups": case.target_groups.all(),
        "plan": plans[-1] if plans else None,
        "wheels": [drawn.wheel for told in told_by(case) if (drawn := draw(told)).wheel],
        "ratings": case.ratings.order_by("rated_on"),
        "days": case.days(today),
        "timeline": shown,
        "chips": [(label, name not in hidden, _turned(hidden, name)) for name, label, _kinds in queries.GROUPS],
        "hides": urlencode([("hide", name) for name in hidden]),
        "today": today,
        "yesterday": today - timedelta(days=1),
        "older": len(days) - len(shown),
    }
    return render(request, "portals/case_detail.html", context)


def _turned(hidden: list[str], name: str) -> str:
    """Return the query of the page where one group of events is shown, or left out, instead."""
    others = [each for each in hidden if each != name]
    return urlencode([("hide", each) for each in (others if name in hidden else [*others, name])])


@allow(Permission.CASES_VIEW)
def person_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show who somebody is, the cases, the consents and who may know. Never the identity number: that is asked for."""
    if merged := merged_into(pk):
        return redirect("person_detail", merged)
    open_by_consent()
    seen = Person.objects.visible_to(request.user).select_related("unit", "organisation")
    return _person_page(request, get_object_or_404(seen, pk=pk))


@allow(Permission.CASES_VIEW)
@require_POST
def person_number(request: Request, pk: UUID) -> HttpResponse:
    """Show the same page with the identity number. The log says who asked for it."""
    person = get_object_or_404(Person.objects.kept_by(request.user).select_related("unit"), pk=pk)
    return _person_page(request, person, number=show_identity_number(person=person))


def _person_page(request: Request, person: Person, **more: Any) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    consents = Consent.objects.visible_to(user).filter(person=person)
    consents = consents.select_related("from_unit", "to_organisation", "to_unit", "recorded_by", "withdrawn_by")
    is_own = person.unit_id in user.own_units
    context = {
        "person": person,
        "is_own": is_own,
        "cases": person.cases.opened_to(user).select_related("programme", "unit"),
        "consents": [(consent, consent.is_in_force(today)) for consent in consents],
        "readers": person.named_readers.filter(until=None).select_related("user") if is_own else [],
        "may_keep_consents": user.can(Permission.CONSENTS_KEEP),
        "may_protect": is_own and user.can(Permission.PROTECTION_KEEP),
        "may_keep": is_own and user.can(Permission.PERSONS_KEEP),
        "may_hold": person.unit_id in user.managed_units,
        "mergings": undoable(person, timezone.now()) if is_own else [],
        "hold": hold_of(person) if is_own else None,
        "erasure": planned_erasure_of(person) if is_own else None,
        "own_units": user.own_units,
        **more,
    }
    return render(request, "portals/person_detail.html", context)
