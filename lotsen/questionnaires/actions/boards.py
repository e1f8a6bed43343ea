"""A workshop gathers, weighs and decides on a board."""

from datetime import date

from django.utils.translation import gettext as _

from lotsen.access.models import User
from lotsen.core.refused import Refused, action, refusing
from lotsen.programmes.models import Programme
from lotsen.questionnaires import queries
from lotsen.questionnaires.enums import Quadrant
from lotsen.questionnaires.models import Board, Measure, Note, Vote, Wave

#: As long as a note may be.
LONGEST = 500


@action
def make_board(*, programme: Programme, title: str, wave: Wave | None, on: date) -> Board:
    """Make a board, with what a survey has gathered under the same four questions, if it has."""
    taken = _("There is a board of this name already. Give this one another.")
    with refusing("board_title_once_in_programme", taken, "title"):
        board = Board.objects.create(programme=programme, title=title, wave=wave, made_on=on)
    gathered = queries.texts(wave) if wave else []
    for question, said in gathered:
        if question.code in Quadrant.values:
            for text in dict.fromkeys(line.strip()[:LONGEST] for line in said if line.strip()):
                Note.objects.create(board=board, quadrant=question.code, text=text)
    return board


@action
def add_note(*, board: Board, quadrant: str, text: str) -> Note:
    """Write a note into a field. What stands there already is not written twice."""
    note, _made = Note.objects.get_or_create(board=board, quadrant=quadrant, text=text.strip())
    return note


@action
def remove_note(*, note: Note) -> None:
    """Take a note off the board. The history keeps it."""
    note.delete()


@action
def vote(*, note: Note, by: User) -> None:
    """Hold a note for important, or no longer."""
    held, made = Vote.objects.get_or_create(note=note, user=by)
    if not made:
        held.delete()


@action
def decide(*, board: Board, text: str, owner: User, due_on: date, on: date) -> Measure:
    """Decide on something that somebody does by a day."""
    if due_on < on:
        raise Refused(_("The day has passed already."), "due_on")
    return Measure.objects.create(board=board, text=text, owner=owner, due_on=due_on)


@action
def finish(*, measure: Measure, on: date) -> None:
    """Note that something is done, or that it is not done after all."""
    measure.done_on = None if measure.done_on else on
    measure.save(update_fields=["done_on"])
