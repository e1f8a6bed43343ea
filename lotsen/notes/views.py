"""Notes with the next meeting, appointments, who answers for how much, and texts that are written often."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lotsen.access.actions import describe_competence
from lotsen.access.enums import Permission
from lotsen.access.models import Unit, User
from lotsen.cases.models import Case
from lotsen.cases.queries import own_case, seen_case
from lotsen.core.drafts import answer_draft, draft_of, drop_draft
from lotsen.core.forms import Form, once, pressed
from lotsen.core.rights import Request, allow
from lotsen.people.queries import colleagues

from . import actions, queries
from .enums import Came
from .forms import (
    AppointmentForm,
    CameForm,
    CompetenceForm,
    HandOverForm,
    NextMeetingForm,
    NoteForm,
    SnippetForm,
)
from .models import Appointment, Note, Snippet


@allow(Permission.CASES_VIEW)
def note_list(request: Request, pk: UUID) -> HttpResponse:
    """List the notes of a case and the meetings to come. Who looks over the programme reads none of them."""
    case = seen_case(pk, request.user)
    now = timezone.localtime()
    context = {
        "case": case,
        "notes": queries.notes_of(case, request.user),
        "ahead": case.appointments.ahead(now).select_related("user"),
        "unsaid": case.appointments.filter(came="", on__lt=now.date()),
        "may_write": case.is_worked_by(request.user),
        "came": Came.choices,
    }
    return render(request, "notes/note_list.html", context)


@allow(Permission.CASES_WORK)
def note_new(request: Request, pk: UUID) -> HttpResponse:
    """Write a note, of a meeting or not, and book the next one on the same page."""
    case, key = own_case(pk, request.user), f"note/{pk}"
    meeting = _meeting_of(request, case)
    draft = draft_of(request.user, key)
    initial: dict[str, Any] = {"body": draft.body if draft else ""}
    if meeting:
        initial |= {"on": meeting.on, "way": meeting.way}
    form = NoteForm(request.POST or None, initial=initial)
    form.keep_drafts(reverse("note_draft", args=[case.pk]))
    following = NextMeetingForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid() & following.is_valid():

        def act() -> str:
            told = {name: form.cleaned_data[name] for name in ("on", "body")}
            today = timezone.localdate()
            actions.write_note(case=case, by=request.user, today=today, appointment=meeting, **told, **form.note())
            if meeting and not meeting.came:
                actions.record_came(appointment=meeting, came=Came.PRESENT, today=today)
            if following.cleaned_data["on"]:
                actions.book_appointment(case=case, user=request.user, **following.meeting())
            drop_draft(user=request.user, key=key)
            return reverse("case_detail", args=[case.pk])

        if address := once(request, form, act):
            messages.success(request, _("The note is saved."))
            return redirect(address)
    context = {
        "case": case,
        "form": form,
        "following": following,
        "meeting": meeting,
        "draft": draft,
        "snippets": queries.snippets_for(case),
    }
    return render(request, "notes/note_new.html", context, status=422 if form.errors or following.errors else 200)


def _meeting_of(request: Request, case: Case) -> Appointment | None:
    """Return the meeting that a note is about, as the address names it."""
    named = request.GET.get("meeting", "")
    return next((each for each in case.appointments.filter(note=None) if str(each.pk) == named), None)


@allow(Permission.CASES_WORK)
@require_POST
def note_draft(request: Request, pk: UUID) -> HttpResponse:
    """Keep what is being written, or drop it."""
    case = own_case(pk, request.user)
    if "drop" in request.POST:
        drop_draft(user=request.user, key=f"note/{case.pk}")
        return redirect("note_new", case.pk)
    return answer_draft(request, f"note/{case.pk}")


@allow(Permission.CASES_WORK)
def note_edit(request: Request, pk: UUID) -> HttpResponse:
    """Change a note of one's own."""
    note = get_object_or_404(
        Note.objects.visible_to(request.user).filter(written_by=request.user).select_related("case__person"), pk=pk
    )
    case = own_case(note.case_id, request.user)
    names = ("on", "way", "was_reached", "body", "is_private", "waits_for", "waits_until")
    initial = {**{name: getattr(note, name) for name in names}, "seen": note.revision}
    form = NoteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            data = form.cleaned_data
            actions.change_note(
                note=note, by=request.user, seen=data["seen"] or 0, body=data["body"], on=data["on"], **form.note()
            )
            return reverse("note_list", args=[case.pk])

        if address := once(request, form, act):
            messages.success(request, _("The note is saved."))
            return redirect(address)
        note.refresh_from_db()
        form.follow_upon(seen=note.revision)
    context = {"case": case, "form": form, "note": note}
    return render(request, "notes/note_edit.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_WORK)
@require_POST
def note_settle(request: Request, pk: UUID) -> HttpResponse:
    """Say that what a note waits for has come."""
    note = get_object_or_404(Note.objects.visible_to(request.user), pk=pk)
    return pressed(
        request,
        lambda: actions.settle_note(note=note, on=timezone.localdate()),
        back=_back(request, note.case_id),
        said=_("Settled."),
    )


def _back(request: Request, case: UUID) -> str:
    """Return the page that a button was pressed on, where it says so; else the case."""
    named = request.POST.get("back", "")
    if named and url_has_allowed_host_and_scheme(named, allowed_hosts=None):
        return named
    return reverse("case_detail", args=[case])


@allow(Permission.CASES_WORK)
def appointment_new(request: Request, pk: UUID) -> HttpResponse:
    """Book a meeting."""
    case = own_case(pk, request.user)
    form = AppointmentForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.book_appointment(case=case, user=request.user, **form.meeting())
            return reverse("case_detail", args=[case.pk])

        if address := once(request, form, act):
            messages.success(request, _("The meeting is booked."))
            return redirect(address)
    context = {"case": case, "form": form, "heading": _("Book a meeting"), "save": _("Book"), "lead": ""}
    return render(request, "cases/_form.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_WORK)
def appointment_change(request: Request, pk: UUID) -> HttpResponse:
    """Move a meeting, or say that its interpreter is booked."""
    appointment = get_object_or_404(Appointment.objects.visible_to(request.user).select_related("user"), pk=pk)
    case = own_case(appointment.case_id, request.user)
    initial = {name: getattr(appointment, name) for name in AppointmentForm.MEETING}
    form = AppointmentForm(request.POST or None, case=case, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.change_appointment(appointment=appointment, **form.meeting())
            return reverse("case_detail", args=[case.pk])

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    context = {"case": case, "form": form, "heading": _("Change the meeting"), "save": "", "lead": ""}
    return render(request, "cases/_form.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_WORK)
@require_POST
def appointment_came(request: Request, pk: UUID) -> HttpResponse:
    """Write down whether somebody came: one click from the worklist."""
    appointment = get_object_or_404(
        Appointment.objects.visible_to(request.user).select_related("case", "kind", "session__activity"), pk=pk
    )
    form = CameForm(request.POST)
    back = _back(request, appointment.case_id)
    if not form.is_valid():
        messages.error(request, _("Choose what became of the meeting."))
        return redirect(back)
    came = Came(form.cleaned_data["came"])
    return pressed(
        request,
        lambda: actions.record_came(appointment=appointment, came=came, today=timezone.localdate()),
        back=back,
        said=str(came.label),
    )


@allow(Permission.CASES_ASSIGN)
def staff_list(request: Request) -> HttpResponse:
    """Show how much each colleague of the units that one manages answers for."""
    today = timezone.localdate()
    units = [
        (unit, queries.colleagues_with_loads(unit, today))
        for unit in Unit.objects.filter(pk__in=request.user.managed_units)
    ]
    return render(request, "notes/staff_list.html", {"units": units})


def _managed(request: Request, pk: UUID, user: UUID) -> tuple[Unit, User]:
    """Return a unit that one manages, and a colleague of it."""
    unit = get_object_or_404(Unit.objects.filter(pk__in=request.user.managed_units), pk=pk)
    return unit, get_object_or_404(colleagues(unit), pk=user)


@allow(Permission.CASES_ASSIGN)
def hand_over(request: Request, pk: UUID, user: UUID) -> HttpResponse:
    """Give cases of one colleague to another, with a note in each."""
    unit, leaving = _managed(request, pk, user)
    form = HandOverForm(request.POST or None, unit=unit, leaving=leaving)
    cases = queries.cases_to_hand_over(unit, leaving, timezone.localdate())
    chosen = set(request.POST.getlist("cases")) if request.method == "POST" else {str(case.pk) for case in cases}
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            wanted = [case for case in cases if str(case.pk) in chosen]
            actions.hand_over(cases=wanted, by=request.user, **form.values())
            return reverse("staff_list")

        if address := once(request, form, act):
            n = len(chosen)
            messages.success(
                request, ngettext("%(n)s case is handed over.", "%(n)s cases are handed over.", n) % {"n": n}
            )
            return redirect(address)
    context: dict[str, Any] = {
        "unit": unit,
        "leaving": leaving,
        "form": form,
        "cases": [(case, str(case.pk) in chosen) for case in cases],
    }
    return render(request, "notes/hand_over.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_ASSIGN)
def staff_competence(request: Request, pk: UUID, user: UUID) -> HttpResponse:
    """Say what a colleague is good at."""
    unit, colleague = _managed(request, pk, user)
    form = CompetenceForm(request.POST or None, initial={"competence": colleague.competence})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            describe_competence(user=colleague, competence=form.cleaned_data["competence"])
            return reverse("staff_list")

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    context = {"unit": unit, "colleague": colleague, "form": form}
    return render(request, "notes/staff_competence.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_WORK)
def snippet_list(request: Request) -> HttpResponse:
    """List the texts that one's units write often, and keep a new one."""
    form: Form = SnippetForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.keep_snippet(**form.values())
            return reverse("snippet_list")

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    snippets = Snippet.objects.filter(unit__in=request.user.own_units).select_related("unit")
    context = {"form": form, "snippets": snippets}
    return render(request, "notes/snippet_list.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_WORK)
@require_POST
def snippet_drop(request: Request, pk: UUID) -> HttpResponse:
    """Forget a text."""
    snippet = get_object_or_404(Snippet.objects.filter(unit__in=request.user.own_units), pk=pk)
    return pressed(
        request, lambda: actions.drop_snippet(snippet=snippet), back=reverse("snippet_list"), said=_("Gone.")
    )
