"""What a case has answered, and answering together with staff."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.cases.models import Case
from lotsen.core.acting import open_by_consent
from lotsen.core.forms import once
from lotsen.core.rights import Request, allow
from lotsen.questionnaires import actions, exports, queries
from lotsen.questionnaires.enums import Purpose
from lotsen.questionnaires.forms import BeginForm
from lotsen.questionnaires.models import Response

from .answering import Way, check_page, language_of, section_page


@allow(Permission.CASES_VIEW)
def response_list(request: Request, pk: UUID) -> HttpResponse:
    """Show what a case has answered over time, voice by voice, and begin anew."""
    open_by_consent()
    cases = Case.objects.opened_to(request.user).select_related("person", "unit", "programme")
    case = get_object_or_404(cases, pk=pk)
    may_answer = request.user.can(Permission.ASSESSMENTS_KEEP) and case.unit_id in request.user.own_units
    told = queries.told_by(case)
    context = {
        "case": case,
        "told": [exports.draw(each) for each in told],
        "both": queries.side_by_side(told),
        "begun": case.responses.filter(completed_on=None, wave=None).select_related("version__questionnaire"),
        "form": _begin_form(request) if may_answer else None,
    }
    return render(request, "questionnaires/response_list.html", context)


def _begin_form(request: Request) -> BeginForm:
    versions = queries.latest_versions(request.user, Purpose.PARTICIPANT)
    return BeginForm(request.POST if request.method == "POST" else None, versions=versions)


@allow(Permission.ASSESSMENTS_KEEP)
@require_POST
def response_begin(request: Request, pk: UUID) -> HttpResponse:
    """Begin to answer about a case."""
    case = get_object_or_404(Case.objects.filter(unit__in=request.user.own_units), pk=pk)
    form = _begin_form(request)
    if form.is_valid():

        def act() -> str:
            response = actions.begin_response(case=case, by=request.user, on=timezone.localdate(), **form.values())
            return reverse("response_section", args=[response.pk, 1])

        if address := once(request, form, act):
            return redirect(address)
    return redirect("response_list", case.pk)


@allow(Permission.CASES_VIEW)
def response_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show what was answered, as it was answered."""
    open_by_consent()
    response = get_object_or_404(
        Response.objects.select_related("version__questionnaire", "taken_by", "case__person", "case__programme"),
        pk=pk,
        case__in=Case.objects.opened_to(request.user),
        completed_on__isnull=False,
    )
    definition = queries.definition_of(response.version)
    context = {"response": response, "case": response.case, "sections": queries.lines(definition, response)}
    return render(request, "questionnaires/response_detail.html", context)


@allow(Permission.ASSESSMENTS_KEEP)
def response_section(request: Request, pk: UUID, number: int) -> HttpResponse:
    """Answer one section together."""
    return section_page(request, _way(request, _own_draft(request, pk)), number)


@allow(Permission.ASSESSMENTS_KEEP)
def response_check(request: Request, pk: UUID) -> HttpResponse:
    """Look at all answers, and save them for good."""
    response = _own_draft(request, pk)
    send = partial(actions.hand_in, response=response, recipient=None, on=timezone.localdate())
    return check_page(request, _way(request, response), send)


def _own_draft(request: Request, pk: UUID) -> Response:
    found = Response.objects.select_related("version__questionnaire", "case__person", "case__programme")
    return get_object_or_404(found, pk=pk, case__unit__in=request.user.own_units, completed_on=None, wave=None)


def _way(request: Request, response: Response) -> Way:
    definition = queries.definition_of(response.version)
    return Way(
        response=response,
        definition=definition,
        language=language_of(request, definition),
        section=lambda number: reverse("response_section", args=[response.pk, number]),
        check=reverse("response_check", args=[response.pk]),
        done=reverse("response_list", args=[response.case_id]),
        head="questionnaires/_case_head.html",
        context={"case": response.case},
    )
