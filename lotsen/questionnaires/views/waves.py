"""Surveys in waves: made, sent out, looked at while they run, closed and compared; and the questionnaires there are."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.core.forms import once, pressed
from lotsen.core.pages import as_file
from lotsen.core.refused import Refused
from lotsen.core.rights import Request, allow
from lotsen.programmes.queries import may_in_whole, overseen_programme, seen_programme
from lotsen.questionnaires import actions, exports, queries
from lotsen.questionnaires.forms import AskForm, WaveForm
from lotsen.questionnaires.forms.waves import SURVEYS
from lotsen.questionnaires.models import Questionnaire, Wave


@allow(Permission.SURVEYS_VIEW)
def questionnaire_list(request: Request) -> HttpResponse:
    """List the questionnaires that one may use."""
    found = Questionnaire.objects.visible_to(request.user).select_related("organisation").prefetch_related("versions")
    rows = sorted(found, key=lambda questionnaire: questionnaire.title)
    return render(request, "questionnaires/questionnaire_list.html", {"rows": rows})


@allow(Permission.SURVEYS_VIEW)
def questionnaire_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show all that a questionnaire asks, and when."""
    questionnaire = get_object_or_404(Questionnaire.objects.visible_to(request.user), pk=pk)
    version = questionnaire.versions.last()
    definition = queries.definition_of(version) if version else None
    context = {"questionnaire": questionnaire, "version": version, "definition": definition}
    return render(request, "questionnaires/questionnaire_detail.html", context)


def _waves(request: Request) -> Any:
    return Wave.objects.visible_to(request.user).select_related(
        "version__questionnaire", "programme__lead_unit__organisation", "follows__version"
    )


def _run(request: Request, pk: UUID) -> Wave:
    """Return a wave that the user may run: of a programme that the user looks over."""
    wave: Wave = get_object_or_404(_waves(request).filter(programme__lead_unit__in=request.user.led_units), pk=pk)
    return wave


@allow(Permission.SURVEYS_VIEW)
def wave_list(request: Request, pk: UUID) -> HttpResponse:
    """List the waves of a programme, each with how many have answered."""
    programme = seen_programme(pk, request.user)
    waves, today = _waves(request).filter(programme=programme), timezone.localdate()
    context = {
        "programme": programme,
        "waves": [(wave, rate, wave.is_open(today)) for wave, rate in queries.with_rates(waves)],
        "may_run": may_in_whole(Permission.SURVEYS_RUN, programme, request.user),
    }
    return render(request, "questionnaires/wave_list.html", context)


@allow(Permission.SURVEYS_RUN)
def wave_new(request: Request, pk: UUID) -> HttpResponse:
    """Make a wave."""
    programme = overseen_programme(pk, request.user)
    versions = queries.latest_versions(request.user, *SURVEYS)
    form = WaveForm(request.POST or None, programme=programme, versions=versions)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            wave = actions.open_wave(programme=programme, **form.values())
            return reverse("wave_detail", args=[wave.pk])

        if address := once(request, form, act):
            messages.success(request, _("The wave is made. Say whom it asks, then send the links."))
            return redirect(address)
    context = {"programme": programme, "form": form}
    return render(request, "questionnaires/wave_new.html", context, status=422 if form.errors else 200)


@allow(Permission.SURVEYS_VIEW)
def wave_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show how many have answered, what they say, and how that differs from the wave before."""
    wave = get_object_or_404(_waves(request), pk=pk)
    return _wave_page(request, wave, AskForm(wave=wave))


def _wave_page(request: Request, wave: Wave, form: AskForm) -> HttpResponse:
    today = timezone.localdate()
    may_run = may_in_whole(Permission.SURVEYS_RUN, wave.programme, request.user)
    whole, units = queries.rates(wave)
    result = queries.result(wave)
    changes = queries.changes(wave, result)
    context = {
        "wave": wave,
        "programme": wave.programme,
        "form": form,
        "may_run": may_run,
        "is_open": wave.is_open(today),
        "rate": whole,
        "units": units,
        "unsent": queries.waiting_for_link(wave, today, is_reminder=False).count(),
        "to_remind": queries.waiting_for_link(wave, today, is_reminder=True).count(),
        "by_letter": wave.recipients.filter(email="", answered_on=None).count(),
        "sections": exports.spreads(result),
        "areas": exports.areas_by_unit(result),
        "unit_names": [result.names[unit] for unit in result.units],
        "texts": queries.texts(wave),
        "changes": changes,
        "message": exports.change_message(changes) if changes else "",
    }
    return render(request, "questionnaires/wave_detail.html", context, status=422 if form.errors else 200)


@allow(Permission.SURVEYS_VIEW)
def wave_file(request: Request, pk: UUID, format: str) -> HttpResponse:  # noqa: A002 - the word in the address
    """Give what a wave says as a file."""
    wave = get_object_or_404(_waves(request), pk=pk)
    rows = exports.wave_rows(queries.result(wave), queries.texts(wave))
    answer = as_file(format, wave.title, exports.WAVE_COLUMNS, rows)
    if answer is None:
        raise Http404
    return answer


@allow(Permission.SURVEYS_RUN)
@require_POST
def wave_ask(request: Request, pk: UUID) -> HttpResponse:
    """Add people to ask."""
    wave = _run(request, pk)
    form = AskForm(request.POST, wave=wave)
    if form.is_valid():
        given = form.values()

        def act() -> str:
            whom = actions.audience(wave, given["audience"], given["unit"], given["addresses"], given["target_group"])
            added = actions.ask(wave=wave, whom=whom)
            said = ngettext("%(n)s added.", "%(n)s added.", added) % {"n": added}
            messages.success(request, said)
            return reverse("wave_detail", args=[wave.pk])

        if address := once(request, form, act):
            return redirect(address)
    return _wave_page(request, wave, form)


def _base(request: Request) -> str:
    """Return the address that a link's token is put behind."""
    return request.build_absolute_uri(reverse("answer_start", args=["x"])).removesuffix("x/")


def _sent(request: Request, pk: UUID, *, is_reminder: bool) -> HttpResponse:
    wave = _run(request, pk)
    act = partial(
        actions.send_links,
        wave=wave,
        by=request.user,
        on=timezone.localdate(),
        base=_base(request),
        is_reminder=is_reminder,
    )
    said = _("The messages are on their way. They go out one by one; this page shows how many are left.")
    return pressed(request, act, back=reverse("wave_detail", args=[wave.pk]), said=said)


@allow(Permission.SURVEYS_RUN)
@require_POST
def wave_send(request: Request, pk: UUID) -> HttpResponse:
    """Send the links."""
    return _sent(request, pk, is_reminder=False)


@allow(Permission.SURVEYS_RUN)
@require_POST
def wave_remind(request: Request, pk: UUID) -> HttpResponse:
    """Remind those who have not answered."""
    return _sent(request, pk, is_reminder=True)


@allow(Permission.SURVEYS_RUN)
@require_POST
def wave_letters(request: Request, pk: UUID) -> HttpResponse:
    """Make a letter with a link for each one without an address, to be printed."""
    wave = _run(request, pk)
    try:
        with transaction.atomic():
            letters = actions.write_letters(wave=wave, on=timezone.localdate())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("wave_detail", wave.pk)
    base = _base(request)
    context = {"wave": wave, "letters": [(recipient, f"{base}{token}/") for recipient, token in letters]}
    return render(request, "questionnaires/wave_letters.html", context)


@allow(Permission.SURVEYS_RUN)
@require_POST
def wave_open_link(request: Request, pk: UUID) -> HttpResponse:
    """Make a link by which anybody may take part. It is shown once."""
    wave = _run(request, pk)
    try:
        with transaction.atomic():
            token = actions.open_to_all(wave=wave, on=timezone.localdate())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("wave_detail", wave.pk)
    address = request.build_absolute_uri(reverse("answer_join", args=[token]))
    return render(request, "questionnaires/wave_open_link.html", {"wave": wave, "address": address})


@allow(Permission.SURVEYS_RUN)
@require_POST
def wave_close(request: Request, pk: UUID) -> HttpResponse:
    """Close a wave, and write down what it shows."""
    wave = _run(request, pk)
    act = partial(actions.close_wave, wave=wave, on=timezone.localdate())
    said = _("The wave is closed. No more answers are taken.")
    return pressed(request, act, back=reverse("wave_detail", args=[wave.pk]), said=said)
