"""Consents, and the other grounds that open data across a border of secrecy."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.access.enums import Permission
from lotsen.core.acting import open_by_consent
from lotsen.core.forms import Form, once
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.people import actions, queries
from lotsen.people.exports import CONSENT_COLUMNS, consent_wordings
from lotsen.people.forms import ConsentFilters, ConsentForm
from lotsen.people.models import Consent

from .persons import visible_person


@allow(Permission.CASES_VIEW)
def consent_list(request: Request) -> HttpResponse:
    """List the consents by which one's own units tell or are told."""
    open_by_consent()
    consents = Consent.objects.visible_to(request.user).select_related("person", "from_unit", "to_organisation")
    return list_page(
        request,
        queryset=consents.order_by("valid_until", "pk"),
        filters=ConsentFilters,
        columns=CONSENT_COLUMNS,
        template="people/consent_list.html",
        title=_("Consents"),
    )


@allow(Permission.CONSENTS_KEEP)
def consent_new(request: Request, pk: UUID) -> HttpResponse:
    """Record a consent of a person."""
    person = visible_person(request, pk)
    if not queries.units_that_tell(person, request.user):
        # Only the unit that keeps the record gets the consent for what it tells.
        raise PermissionDenied
    form = ConsentForm(request.POST or None, person=person, user=request.user)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            data = form.values()
            wording = consent_wordings()["edition"] if data["basis"] == "consent" else ""
            actions.record_consent(person=person, by=request.user, wording=wording, **data)
            return reverse("person_detail", args=[person.pk])

        if address := once(request, form, act):
            messages.success(request, _("The consent is recorded, and holds."))
            return redirect(address)
    context = {"person": person, "form": form}
    return render(request, "people/consent_new.html", context, status=422 if form.errors else 200)


@allow(Permission.CONSENTS_KEEP)
def consent_withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Ask once more, then withdraw a consent."""
    own = Consent.objects.visible_to(request.user).filter(from_unit__in=request.user.own_units)
    consent = get_object_or_404(own.select_related("person", "from_unit", "to_organisation", "to_unit"), pk=pk)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.withdraw_consent(consent=consent, by=request.user, at=timezone.now())
            return reverse("person_detail", args=[consent.person_id])

        if address := once(request, form, act):
            messages.success(request, _("The consent is withdrawn. What it had opened is closed."))
            return redirect(address)
    context = {"consent": consent, "person": consent.person, "form": form}
    return render(request, "people/consent_withdraw.html", context, status=422 if form.errors else 200)


@allow(Permission.CONSENTS_KEEP)
def consent_form(request: Request) -> HttpResponse:
    """Show the form for a consent, to be printed and signed, in one of its languages."""
    wordings = consent_wordings()
    chosen = request.GET.get("form_language", "sv")
    if chosen not in wordings["languages"]:
        chosen = "sv"
    context = {
        "wording": wordings["languages"][chosen],
        "edition": wordings["edition"],
        "chosen": chosen,
        "languages": [(code, each["language"]) for code, each in wordings["languages"].items()],
    }
    return render(request, "people/consent_form.html", context)
