"""Protected identities: who may know, and openings in an emergency."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.core.forms import once, pressed
from lotsen.core.rights import Request, allow
from lotsen.people import actions, queries
from lotsen.people.forms import EmergencyForm, ProtectionForm, ReaderForm
from lotsen.people.models import NamedReader

from .persons import own_person


@allow(Permission.PROTECTION_KEEP)
def person_protection(request: Request, pk: UUID) -> HttpResponse:
    """Protect a person, or name one more who may know of a protected one."""
    person = own_person(request, pk)
    form: ProtectionForm | ReaderForm
    if person.is_protected:
        form = ReaderForm(request.POST or None, colleagues=queries.not_named(person))
    else:
        others = queries.colleagues(person.unit).exclude(pk=request.user.pk)
        form = ProtectionForm(request.POST or None, colleagues=others)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            data = form.cleaned_data
            if person.is_protected:
                actions.name_reader(person=person, reader=data["reader"], by=request.user)
            else:
                actions.protect_person(
                    person=person, protection=data["protection"], readers=data["readers"], by=request.user
                )
            return reverse("person_detail", args=[person.pk])

        if address := once(request, form, act):
            messages.success(request, _("It holds from now on."))
            return redirect(address)
    context = {"person": person, "form": form}
    return render(request, "people/person_protection.html", context, status=422 if form.errors else 200)


@allow(Permission.PROTECTION_KEEP)
@require_POST
def protection_end(request: Request, pk: UUID) -> HttpResponse:
    """End the protection of a person."""
    person = own_person(request, pk)
    act = partial(actions.lift_protection, person=person)
    back = reverse("person_detail", args=[person.pk])
    return pressed(request, act, back=back, said=_("The protection has ended."))


@allow(Permission.PROTECTION_KEEP)
@require_POST
def reader_dismiss(request: Request, pk: UUID) -> HttpResponse:
    """Let somebody no longer know of a protected person."""
    reader = get_object_or_404(NamedReader, pk=pk, until=None, unit__in=request.user.own_units)
    back = reverse("person_detail", args=[reader.person_id])

    def act() -> str:
        actions.dismiss_reader(reader=reader)
        return reverse("case_search") if reader.user_id == request.user.pk else back

    return pressed(request, act, back=back, said=_("It holds from now on."))


@allow(Permission.PROTECTION_KEEP)
def emergency_list(request: Request) -> HttpResponse:
    """Open a protected record in an emergency; and for managers, review what was opened."""
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            data = form.cleaned_data
            person = actions.open_in_emergency(number=data["number"], reason=data["reason"], by=request.user)
            return reverse("person_detail", args=[person.pk])

        if address := once(request, form, act):
            messages.warning(request, _("You can see this record for an hour. Your manager is told."))
            return redirect(address)
    context = {"form": form, "openings": queries.emergencies(request.user), "manages": request.user.managed_units}
    return render(request, "people/emergency_list.html", context, status=422 if form.errors else 200)


@allow(Permission.PROTECTION_KEEP)
@require_POST
def emergency_review(request: Request, pk: UUID) -> HttpResponse:
    """A manager has looked at an opening."""
    opening = get_object_or_404(queries.emergencies(request.user), pk=pk, reviewed_at=None)
    act = partial(actions.review_emergency, opening=opening, by=request.user, at=timezone.now())
    return pressed(request, act, back=reverse("emergency_list"), said=_("The opening is reviewed."))
