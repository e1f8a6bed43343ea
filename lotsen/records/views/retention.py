"""How long things are kept, what is due, and what is held back."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.core.forms import once, pressed
from lotsen.core.rights import Request, allow, public
from lotsen.people.models import Person
from lotsen.records import actions, queries
from lotsen.records.forms import HoldForm, ProgrammeHoldForm, RetentionRuleForm
from lotsen.records.models import LegalHold, RetentionRule


@allow(Permission.RETENTION_KEEP)
def retention_overview(request: Request) -> HttpResponse:
    """Show the rules that hold, what is due in each unit, what is held back, and whether the nightly work runs."""
    today = timezone.localdate()
    rules = RetentionRule.objects.kept_by(request.user)
    in_force = RetentionRule.objects.filter(pk__in=RetentionRule.objects.in_force(today).values("pk"))
    holds = LegalHold.objects.in_force().filter(unit__in=request.user.managed_units)
    context = {
        "shelves": queries.shelves(request.user, today),
        "rules": in_force.filter(pk__in=rules.values("pk")).select_related("organisation", "programme"),
        "holds": holds.select_related("person", "programme", "placed_by"),
        "is_late": queries.nightly_is_late(timezone.now()),
    }
    return render(request, "records/retention_overview.html", context)


@allow(Permission.RETENTION_KEEP)
def retention_rule(request: Request) -> HttpResponse:
    """Write a rule down."""
    form = RetentionRuleForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            rule = form.values()
            actions.decide_retention(by=request.user, **rule)
            return reverse("retention_overview")

        if address := once(request, form, act):
            messages.success(request, _("The rule is written down."))
            return redirect(address)
    return render(request, "records/retention_rule.html", {"form": form}, status=422 if form.errors else 200)


@allow(Permission.RETENTION_KEEP)
def person_hold(request: Request, pk: UUID) -> HttpResponse:
    """Hold back the record of a person."""
    person = get_object_or_404(Person.objects.kept_by(request.user).filter(unit__in=request.user.managed_units), pk=pk)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            reason = form.cleaned_data["reason"]
            actions.place_hold(unit=person.unit, person=person, reason=reason, by=request.user)
            return reverse("person_detail", args=[person.pk])

        if address := once(request, form, act):
            messages.success(request, _("The record is held back."))
            return redirect(address)
    context = {"person": person, "form": form}
    return render(request, "records/person_hold.html", context, status=422 if form.errors else 200)


@allow(Permission.RETENTION_KEEP)
def programme_hold(request: Request) -> HttpResponse:
    """Hold back the records of everybody in a project."""
    form = ProgrammeHoldForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            hold = {name: form.cleaned_data[name] for name in ("unit", "programme", "reason")}
            actions.place_hold(by=request.user, **hold)
            return reverse("retention_overview")

        if address := once(request, form, act):
            messages.success(request, _("The records are held back."))
            return redirect(address)
    return render(request, "records/programme_hold.html", {"form": form}, status=422 if form.errors else 200)


@allow(Permission.RETENTION_KEEP)
@require_POST
def hold_lift(request: Request, pk: UUID) -> HttpResponse:
    """Lift a hold."""
    hold = get_object_or_404(LegalHold.objects.filter(unit__in=request.user.managed_units), pk=pk)
    act = partial(actions.lift_hold, hold=hold, by=request.user, at=timezone.now())
    return pressed(request, act, back=reverse("retention_overview"), said=_("The hold is lifted."))


@public
def nightly_alive(request: HttpRequest) -> HttpResponse:
    """Answer whether the nightly work has run, for what watches over the server: 200, or 503 where it is late."""
    if queries.nightly_is_late(timezone.now()):
        return HttpResponse("late\n", content_type="text/plain; charset=utf-8", status=503)
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")
