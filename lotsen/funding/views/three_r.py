"""The 3R sheet: computed from the cases, with the programme's own words beside."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.access.enums import Permission
from lotsen.core.forms import once
from lotsen.core.rights import Request, allow
from lotsen.core.text import amount, clock
from lotsen.funding import actions, queries
from lotsen.funding.forms import ThreeRForm
from lotsen.funding.models import ThreeR
from lotsen.programmes.queries import may_in_whole, overseen_programme, seen_programme


@allow(Permission.FUNDING_VIEW)
def three_r(request: Request, pk: UUID) -> HttpResponse:
    """Show who is there and who gets what, women and men; keep the programme's own words from who keeps its money."""
    is_sent = request.method == "POST"
    if is_sent and not request.user.can(Permission.FUNDING_KEEP):
        return redirect("three_r", pk=pk)
    programme = overseen_programme(pk, request.user) if is_sent else seen_programme(pk, request.user)
    kept = ThreeR.objects.filter(programme=programme).first()
    initial = {"reality": kept.reality, "measures": kept.measures} if kept else {}
    form = ThreeRForm(request.POST if is_sent else None, initial=initial)
    if is_sent and form.is_valid():

        def act() -> str:
            actions.write_three_r(programme=programme, **form.values())
            return reverse("three_r", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("The words are kept."))
            return redirect(address)
    sheet = queries.three_r(programme, timezone.localdate())
    hours = [(pair, clock(pair.women), clock(pair.men)) for pair in sheet.minutes]
    context = {
        "programme": programme,
        "sheet": sheet,
        "parts": [
            (_("People"), _people(sheet.people)),
            (_("On each step"), _people(sheet.steps)),
            (_("In each kind of activity"), _people(sheet.kinds)),
            (_("In each kind of placement"), _people(sheet.placements)),
            (_("Hours present"), hours),
            (_("Contact"), _people(sheet.contact)),
            (_("Money"), [(sheet.money, amount(sheet.money.women), amount(sheet.money.men))]),
        ],
        "kept": kept,
        "form": form,
        "keeps": may_in_whole(Permission.FUNDING_KEEP, programme, request.user),
        "whole": programme.lead_unit_id in request.user.led_units,
    }
    return render(request, "funding/three_r.html", context, status=422 if form.errors else 200)


def _people(pairs: list[queries.Pair]) -> list[tuple[queries.Pair, str, str]]:
    return [(pair, str(pair.women), str(pair.men)) for pair in pairs]
