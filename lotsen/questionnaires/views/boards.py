"""Boards: a workshop writes notes together, votes, and decides. Who has the page open sees what others write."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.core.forms import once, pressed
from lotsen.core.rights import Request, allow
from lotsen.programmes.queries import seen_programme
from lotsen.questionnaires import actions, queries
from lotsen.questionnaires.forms import BoardForm, MeasureForm, NoteForm
from lotsen.questionnaires.models import Board, Measure, Note


@allow(Permission.PROGRAMMES_VIEW)
def board_list(request: Request, pk: UUID) -> HttpResponse:
    """List the boards of a programme, and make a new one."""
    programme = seen_programme(pk, request.user)
    form = BoardForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            board = actions.make_board(programme=programme, on=timezone.localdate(), **form.values())
            return reverse("board_detail", args=[board.pk])

        if address := once(request, form, act):
            return redirect(address)
    context = {"programme": programme, "boards": programme.boards.all(), "form": form}
    return render(request, "questionnaires/board_list.html", context, status=422 if form.errors else 200)


def _board(request: Request, pk: UUID) -> Board:
    visible = Board.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("programme__lead_unit__organisation", "wave"), pk=pk)


@allow(Permission.PROGRAMMES_VIEW)
def board_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show a board: four fields of notes with their votes, and what was decided. Write a note, or decide."""
    board = _board(request, pk)
    if request.headers.get("HX-Request"):
        return render(request, "questionnaires/_board_fields.html", _fields(request, board))
    note = NoteForm(request.POST if "quadrant" in request.POST else None)
    measure = MeasureForm(request.POST if "due_on" in request.POST else None, owners=queries.owners_for(board))
    for form, action in ((note, actions.add_note), (measure, partial(actions.decide, on=timezone.localdate()))):
        if form.is_bound and form.is_valid():
            act: Any = partial(_written, board, action, form.values())
            if address := once(request, form, act):
                return redirect(address)
    has_errors = bool(note.errors or measure.errors)
    context = {**_fields(request, board), "note": note, "form": measure, "errors": note if note.errors else measure}
    return render(request, "questionnaires/board_detail.html", context, status=422 if has_errors else 200)


def _written(board: Board, action: Any, values: dict[str, Any]) -> str:
    action(board=board, **values)
    return reverse("board_detail", args=[board.pk])


def _fields(request: Request, board: Board) -> dict[str, Any]:
    return {
        "board": board,
        "programme": board.programme,
        "fields": queries.fields_of(board, request.user),
        "measures": board.measures.select_related("owner"),
        "today": timezone.localdate(),
    }


def _note(request: Request, pk: UUID) -> Note:
    return get_object_or_404(Note.objects.filter(board__in=Board.objects.visible_to(request.user)), pk=pk)


@allow(Permission.PROGRAMMES_VIEW)
@require_POST
def note_vote(request: Request, pk: UUID) -> HttpResponse:
    """Vote for a note, or take the vote back."""
    note = _note(request, pk)
    act = partial(actions.vote, note=note, by=request.user)
    return pressed(request, act, back=reverse("board_detail", args=[note.board_id]), said="")


@allow(Permission.PROGRAMMES_VIEW)
@require_POST
def note_remove(request: Request, pk: UUID) -> HttpResponse:
    """Take a note off the board."""
    note = _note(request, pk)
    act = partial(actions.remove_note, note=note)
    return pressed(request, act, back=reverse("board_detail", args=[note.board_id]), said=_("The note is taken off."))


@allow(Permission.PROGRAMMES_VIEW)
@require_POST
def measure_finish(request: Request, pk: UUID) -> HttpResponse:
    """Say that something is done."""
    found = Measure.objects.filter(board__in=Board.objects.visible_to(request.user))
    measure = get_object_or_404(found, pk=pk)
    act = partial(actions.finish, measure=measure, on=timezone.localdate())
    return pressed(request, act, back=reverse("board_detail", args=[measure.board_id]), said=_("Noted."))
