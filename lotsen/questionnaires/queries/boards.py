"""A board with what is most important first."""

from django.db.models import Count, Exists, OuterRef

from lotsen.access.models import User
from lotsen.questionnaires.enums import Quadrant
from lotsen.questionnaires.models import Board, Note, Vote

from .waves import staff_of


def fields_of(board: Board, user: User) -> list[tuple[Quadrant, list[Note]]]:
    """Return the four fields, each with its notes: most votes first, and whether the user has voted."""
    own = Vote.objects.filter(note=OuterRef("pk"), user=user.pk)
    notes = board.notes.annotate(n=Count("votes"), is_own=Exists(own)).order_by("-n", "text")
    found: dict[str, list[Note]] = {quadrant.value: [] for quadrant in Quadrant}
    for note in notes:
        found[note.quadrant].append(note)
    return [(quadrant, found[quadrant.value]) for quadrant in Quadrant]


def owners_for(board: Board) -> list[User]:
    """Return who can take something on: the staff of the programme's units, and of the unit that leads it."""
    units = [*board.programme.units.all(), board.programme.lead_unit]
    return [user for user, _unit in staff_of(units)]
