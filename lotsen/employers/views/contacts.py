"""Whom one knows at an employer, and the log of contacts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.access.queries import own_unit
from lotsen.core.forms import once, pressed
from lotsen.core.rights import Request, allow
from lotsen.employers import actions
from lotsen.employers.forms import ContactForm, PersonForm
from lotsen.employers.models import ContactPerson, Employer

from .register import detail

_FIELDS = ("name", "role", "phone", "email", "workplace", "is_supervisor", "trained_on")


@allow(Permission.EMPLOYERS_KEEP)
@require_POST
def contact_log(request: Request, pk: UUID) -> HttpResponse:
    """Write down that an employer was met."""
    employer, today = get_object_or_404(Employer, pk=pk), timezone.localdate()
    form = ContactForm(request.POST, employer=employer, user=request.user, today=today)
    if form.is_valid():

        def act() -> str:
            told = form.values()
            unit = told["programme"].units.filter(pk__in=request.user.own_units).order_by("name")[0]
            actions.log_contact(employer=employer, unit=unit, by=request.user, **told)
            return reverse("employer_detail", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("The contact is written down."))
            return redirect(address)
    return detail(request, employer, contact=form)


@allow(Permission.EMPLOYERS_KEEP)
@require_POST
def person_add(request: Request, pk: UUID) -> HttpResponse:
    """Write down somebody at an employer."""
    employer = get_object_or_404(Employer, pk=pk)
    form = PersonForm(request.POST, employer=employer)
    if form.is_valid():

        def act() -> str:
            today = timezone.localdate()
            actions.keep_person(employer=employer, unit=own_unit(request.user), on=today, **form.values())
            return f"{reverse('employer_detail', args=[pk])}#people"

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    return detail(request, employer, person=form)


def _own_person(request: Request, pk: UUID) -> ContactPerson:
    own = ContactPerson.objects.filter(unit__in=request.user.own_units).select_related("employer", "unit")
    found: ContactPerson = get_object_or_404(own, pk=pk)
    return found


@allow(Permission.EMPLOYERS_KEEP)
def person_change(request: Request, pk: UUID) -> HttpResponse:
    """Change what is known of somebody at an employer."""
    person = _own_person(request, pk)
    initial = {name: getattr(person, name) for name in _FIELDS}
    form = PersonForm(request.POST or None, employer=person.employer, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            employer, since = person.employer, person.known_since
            actions.keep_person(employer=employer, unit=person.unit, on=since, person=person, **form.values())
            return f"{reverse('employer_detail', args=[person.employer_id])}#people"

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    context = {"form": form, "person": person}
    return render(request, "employers/person_change.html", context, status=422 if form.errors else 200)


@allow(Permission.EMPLOYERS_KEEP)
@require_POST
def person_forget(request: Request, pk: UUID) -> HttpResponse:
    """Forget somebody at an employer."""
    person = _own_person(request, pk)
    return pressed(
        request,
        lambda: actions.forget_person(person=person),
        back=reverse("employer_detail", args=[person.employer_id]),
        said=_("Forgotten. What was said stays in the log, without the name."),
    )
