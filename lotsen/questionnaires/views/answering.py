"""Answering, section by section: the same pages for who has a link and for staff who sit beside."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from lotsen.core.refused import Refused
from lotsen.core.text import local
from lotsen.employers.enums import classifications
from lotsen.questionnaires import actions, definitions, queries
from lotsen.questionnaires.definitions import Definition
from lotsen.questionnaires.enums import QuestionKind
from lotsen.questionnaires.forms import SectionForm
from lotsen.questionnaires.models import Response


@dataclass(frozen=True)
class Way:
    """One response on its way through its sections: where each page is, and in which language the questions stand."""

    response: Response
    definition: Definition
    language: str
    section: Callable[[int], str]
    check: str
    done: str
    #: What stands above the questions, as a template.
    head: str
    context: dict[str, Any]

    @property
    def title(self) -> str:
        """The name of the questionnaire."""
        return local(self.definition.title, self.language)


def language_of(request: HttpRequest, definition: Definition) -> str:
    """Return the language that the questions are read in: the one chosen for them, else that of the page."""
    chosen = request.GET.get("language", "")
    page = str(getattr(request, "LANGUAGE_CODE", "sv"))[:2]
    return chosen if chosen in definition.languages else page if page in definition.languages else "sv"


def section_page(request: HttpRequest, way: Way, number: int) -> HttpResponse:
    """Show a section, or save it: as one goes, where the page sends by itself, or to go on."""
    if not 1 <= number <= len(way.definition.sections):
        raise Http404
    section = way.definition.sections[number - 1]
    form = SectionForm(
        request.POST if request.method == "POST" else None,
        definition=way.definition,
        section=section,
        response=way.response,
        language=way.language,
    )
    if request.method == "POST":
        is_valid = form.is_valid()
        answer = _saved(request, way, form, number, is_valid=is_valid)
        if answer is not None:
            return answer
    kinds = {question.kind for question in section.questions}
    lists = {
        kind.value: classifications.names(kind)
        for kind in (QuestionKind.OCCUPATION, QuestionKind.INDUSTRY)
        if kind in kinds or (kind == QuestionKind.OCCUPATION and QuestionKind.NEEDS in kinds)
    }
    context = {
        "form": form,
        "way": way,
        "number": number,
        "of": len(way.definition.sections),
        "heading": local(section.text, way.language),
        "help": local(section.help, way.language),
        "before": way.section(number - 1) if number > 1 else "",
        "lists": lists,
        **way.context,
    }
    return render(request, "questionnaires/_section.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, way: Way, form: SectionForm, number: int, *, is_valid: bool) -> HttpResponse | None:
    """Save what could be read, and return where to go; or nothing where the page has something to say first."""
    shown = set(request.POST.getlist("shown"))
    try:
        seen = form.cleaned_data.get("seen") or 0
        with transaction.atomic():
            conflicts = actions.save_answers(response=way.response, entries=form.entries, seen=seen)
    except Refused as refused:
        if "keep" in request.POST:
            return JsonResponse({"said": str(refused)}, status=409)
        messages.error(request, str(refused))
        return redirect(way.done)
    if "keep" in request.POST:
        at = formats.time_format(timezone.localtime())
        said = _("Another window has changed these answers. Load the page again.") if conflicts else ""
        told = {
            "said": said or _("Saved %(time)s") % {"time": at},
            # A page that has not seen what another has saved must not overwrite it with the next sending either.
            "seen": seen if conflicts else way.response.revision,
            "asked": [*form.asked],
        }
        return JsonResponse(told)
    if conflicts:
        others = {
            code: queries.written(way.definition.questions[code], entry and entry.get("value")) or _("another answer")
            for code, entry in conflicts.items()
        }
        form.begin_from(way.response.revision, others)
        return None
    appeared = [question.code for question in form.section.questions if question.code in form.asked]
    if is_valid and set(appeared) <= shown:
        return redirect(way.section(number + 1) if number < len(way.definition.sections) else way.check)
    if is_valid:
        messages.info(request, _("Your answer leads to one more question here."))
        return redirect(way.section(number))
    return None


def check_page(request: HttpRequest, way: Way, send: Callable[[], None]) -> HttpResponse:
    """Show all answers once more, and send them."""
    missing = definitions.missing(way.definition, way.response.values, way.response.declined)
    if request.method == "POST":
        try:
            with transaction.atomic():
                send()
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(way.check)
        return redirect(way.done)
    asked = definitions.asked(way.definition, way.response.values)
    told = {
        line.question.code: line
        for _heading, said in queries.lines(way.definition, way.response, way.language)
        for line in said
    }
    sections = []
    for number, section in enumerate(way.definition.sections, 1):
        questions = [question for question in section.questions if question.code in asked]
        shown = [(local(q.text, way.language), told.get(q.code), q.code in missing) for q in questions]
        if shown:
            sections.append((way.section(number), local(section.text, way.language), shown))
    context = {"way": way, "sections": sections, "missing": len(missing), **way.context}
    return render(request, "questionnaires/_check.html", context)
