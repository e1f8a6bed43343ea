"""The editor: a questionnaire question by question, with each question beside it as it will be asked."""

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
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.access.models import Organisation
from lotsen.core.forms import once, pressed
from lotsen.core.refused import Refused
from lotsen.core.rights import Request, allow
from lotsen.core.text import local
from lotsen.questionnaires import actions
from lotsen.questionnaires.definitions import Definition, editing
from lotsen.questionnaires.forms import Asked, HeadForm, QuestionForm, SectionForm
from lotsen.questionnaires.models import Questionnaire, Response

Mapping = dict[str, Any]


def _editable(request: Request, pk: UUID) -> tuple[Questionnaire, Organisation]:
    """Return a questionnaire, and whose the new version will be: the organisation that the user leads programmes in."""
    questionnaire = get_object_or_404(Questionnaire.objects.visible_to(request.user), pk=pk)
    organisation = Organisation.objects.filter(units__in=request.user.led_units).order_by("name").first()
    if organisation is None or questionnaire.organisation not in {None, organisation}:
        raise Http404
    return questionnaire, organisation


@allow(Permission.SURVEYS_RUN)
def questionnaire_edit(request: Request, pk: UUID) -> HttpResponse:
    """Show all questions as they will be asked, each with what can be done about it; change the title."""
    questionnaire, organisation = _editable(request, pk)
    asked, is_draft = actions.in_the_making(questionnaire, request.user)
    head = {f"{name}_{lang}": asked.get(name, {}).get(lang, "") for name in ("title", "intro") for lang in ("sv", "en")}
    form = HeadForm(request.POST or None, initial=head)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.keep_edit(questionnaire=questionnaire, by=request.user, asked=form.changed(asked))
            return reverse("questionnaire_edit", args=[questionnaire.pk])

        if address := once(request, form, act):
            return redirect(address)
    definition = editing.checked(asked)
    context = {
        "questionnaire": questionnaire,
        "organisation": organisation,
        "is_draft": is_draft,
        "is_copy": questionnaire.organisation is None,
        "form": form,
        "definition": definition,
        "sections": [
            (number, local(section.text), _preview(definition, number))
            for number, section in enumerate(definition.sections)
        ],
    }
    return render(request, "questionnaires/questionnaire_edit.html", context, status=422 if form.errors else 200)


def _preview(definition: Definition, number: int) -> list[Asked]:
    """Return a section's questions as they will be asked, every one of them shown."""
    section = definition.sections[number]
    form = SectionForm(definition=definition, section=section, response=Response(), language="")
    form.asked = {question.code: question for question in section.questions}
    return form.shown


def _section(asked: Mapping, number: int) -> Mapping:
    if not 0 <= number < len(asked["sections"]):
        raise Http404
    found: Mapping = asked["sections"][number]
    return found


@allow(Permission.SURVEYS_RUN)
def question_edit(request: Request, pk: UUID, section: int, number: int) -> HttpResponse:
    """Write one question. Number 0 is a new one, last in its section."""
    questionnaire, _organisation = _editable(request, pk)
    asked, _is_draft = actions.in_the_making(questionnaire, request.user)
    questions = _section(asked, section)["questions"]
    if number > len(questions):
        raise Http404
    old = questions[number - 1] if number else None
    form = QuestionForm(request.POST or None, asked=asked, old=old)
    changed = partial(editing.with_question, asked, section, number - 1 if number else None)
    if "preview" in request.POST:
        return _question_preview(request, form, changed, section, number)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.keep_edit(questionnaire=questionnaire, by=request.user, asked=changed(form.question()))
            return reverse("questionnaire_edit", args=[questionnaire.pk])

        if address := once(request, form, act):
            return redirect(address)
    context = {"questionnaire": questionnaire, "form": form, "is_new": old is None}
    if old is not None:
        context["shown"] = _preview(editing.checked(asked), section)[number - 1]
    return render(request, "questionnaires/question_edit.html", context, status=422 if form.errors else 200)


def _question_preview(request: Request, form: QuestionForm, changed: Any, section: int, number: int) -> HttpResponse:
    """Answer with the question as it will be asked, or with what is still wrong."""
    said = ""
    shown = None
    if form.is_valid():
        try:
            with transaction.atomic():
                whole = editing.checked(changed(form.question()))
                shown = _preview(whole, section)[number - 1 if number else -1]
        except Refused as refused:
            said = str(refused)
    else:
        said = "; ".join(f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items())
    return render(request, "questionnaires/_preview.html", {"asked": shown, "said": said})


@allow(Permission.SURVEYS_RUN)
@require_POST
def question_arrange(request: Request, pk: UUID, section: int, number: int) -> HttpResponse:
    """Move a question up or down, or take it out."""
    questionnaire, _organisation = _editable(request, pk)
    asked, _is_draft = actions.in_the_making(questionnaire, request.user)
    if not 1 <= number <= len(_section(asked, section)["questions"]):
        raise Http404
    place, what = number - 1, request.POST.get("what", "")

    def act() -> None:
        changed = (
            editing.moved(asked, section, place, -1 if what == "up" else 1)
            if what in {"up", "down"}
            else editing.without_question(asked, section, place)
        )
        actions.keep_edit(questionnaire=questionnaire, by=request.user, asked=changed)

    back = reverse("questionnaire_edit", args=[questionnaire.pk])
    return pressed(request, act, back=back, said=_("Taken out.") if what == "remove" else _("Moved."))


@allow(Permission.SURVEYS_RUN)
def section_new(request: Request, pk: UUID) -> HttpResponse:
    """Add a page, with its first question."""
    questionnaire, _organisation = _editable(request, pk)
    asked, _is_draft = actions.in_the_making(questionnaire, request.user)
    form = QuestionForm(request.POST or None, asked=asked, old=None)
    form.ask_for_page()
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            changed = editing.with_section(asked, form.page(), form.question())
            actions.keep_edit(questionnaire=questionnaire, by=request.user, asked=changed)
            return reverse("questionnaire_edit", args=[questionnaire.pk])

        if address := once(request, form, act):
            return redirect(address)
    context = {"questionnaire": questionnaire, "form": form, "is_new": True}
    return render(request, "questionnaires/section_new.html", context, status=422 if form.errors else 200)


@allow(Permission.SURVEYS_RUN)
@require_POST
def questionnaire_publish(request: Request, pk: UUID) -> HttpResponse:
    """Make a new version of what was edited."""
    questionnaire, organisation = _editable(request, pk)

    def act() -> str:
        version = actions.publish(
            questionnaire=questionnaire, by=request.user, organisation=organisation, on=timezone.localdate()
        )
        return reverse("questionnaire_detail", args=[version.questionnaire_id])

    back = reverse("questionnaire_edit", args=[questionnaire.pk])
    return pressed(request, act, back=back, said=_("Published. New surveys ask this version."))


@allow(Permission.SURVEYS_RUN)
@require_POST
def questionnaire_undo(request: Request, pk: UUID) -> HttpResponse:
    """Throw away what was edited since the last version."""
    questionnaire, _organisation = _editable(request, pk)
    actions.drop_edit(questionnaire=questionnaire, by=request.user)
    messages.info(request, _("Your changes are thrown away."))
    return redirect("questionnaire_detail", questionnaire.pk)
