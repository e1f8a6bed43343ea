"""Correct who somebody is; make two records of one human being one, and undo it."""

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
from lotsen.core.forms import Form, once, pressed
from lotsen.core.refused import Refused
from lotsen.core.rights import Request, allow
from lotsen.people import actions, queries
from lotsen.people.forms import OtherRecordForm, PersonForm
from lotsen.people.models import Merging, Person

from .persons import own_person


@allow(Permission.PERSONS_KEEP)
def person_correct(request: Request, pk: UUID) -> HttpResponse:
    """Correct names, day of birth, sex and number."""
    person = own_person(request, pk)
    form = PersonForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            data = form.values()
            actions.correct_person(person=person, by=request.user, **data)
            return reverse("person_detail", args=[person.pk])

        if address := once(request, form, act):
            messages.success(request, _("The record is corrected."))
            return redirect(address)
    context = {"person": person, "form": form}
    return render(request, "people/person_correct.html", context, status=422 if form.errors else 200)


@allow(Permission.PERSONS_KEEP)
def person_merge(request: Request, pk: UUID) -> HttpResponse:
    """Find the other record of the same human being. Its number is sent in the body, never in the address."""
    person = own_person(request, pk)
    form = OtherRecordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            other = queries.own_record(form.cleaned_data["number"], request.user)
            actions.refuse_unlike(person, other)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("person_merge_preview", person.pk, other.pk)
    context = {"person": person, "form": form, "alike": queries.doubles_of(person)}
    return render(request, "people/person_merge.html", context, status=422 if form.errors else 200)


@allow(Permission.PERSONS_KEEP)
def person_merge_preview(request: Request, pk: UUID, other: UUID) -> HttpResponse:
    """Show two records side by side and what will become of them; make them one."""
    kept, gone = own_person(request, pk), own_person(request, other)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.merge_persons(kept=kept, gone=gone, by=request.user, at=timezone.now())
            return reverse("person_detail", args=[kept.pk])

        if address := once(request, form, act):
            messages.success(request, _("The two records are one. You can undo it for 30 days."))
            return redirect(address)
    context = {"person": kept, "records": [_shown(kept, request), _shown(gone, request)], "form": form}
    return render(request, "people/person_merge_preview.html", context, status=422 if form.errors else 200)


def _shown(person: Person, request: Request) -> dict[str, object]:
    """Return what two records are compared by."""
    cases = person.cases.visible_to(request.user).select_related("programme", "unit")
    return {"person": person, "cases": cases, "consents": person.consents.count()}


@allow(Permission.PERSONS_KEEP)
@require_POST
def merging_undo(request: Request, pk: UUID) -> HttpResponse:
    """Take two records apart again."""
    merging = get_object_or_404(
        Merging.objects.filter(kept__unit__in=request.user.own_units).select_related("kept", "gone"), pk=pk
    )
    act = partial(actions.undo_merging, merging=merging, by=request.user, at=timezone.now())
    back = reverse("person_detail", args=[merging.kept_id])
    return pressed(request, act, back=back, said=_("The two records are apart again."))
