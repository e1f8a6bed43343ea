"""Boards of strengths, weaknesses, opportunities and threats, that a workshop works on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import User
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.programmes.models import Programme
from lotsen.questionnaires.enums import Quadrant

from .surveys import Wave


class BoardQuerySet(models.QuerySet["Board"]):
    """Which boards."""

    def visible_to(self, user: User) -> "BoardQuerySet":
        """Those of the programmes that the user sees."""
        return self.filter(programme__in=Programme.objects.visible_to(user))


@tracked
class Board(Record):
    """One workshop's board, on one subject. It may begin with what a survey has gathered."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="boards")
    title = models.CharField(_("title"), max_length=200)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, null=True, blank=True, related_name="boards")
    made_on = models.DateField(_("made"))

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("board")
        ordering = ("-made_on", "title")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "title"], name="board_title_once_in_programme")
        ]

    class Privacy:
        ordinary = ("id", "programme", "title", "wave", "made_on")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return self.title


@tracked
class Note(Record):
    """Something that stands on a board, in one of its four fields."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="notes")
    quadrant = models.CharField(max_length=20, choices=Quadrant.choices)
    text = models.CharField(_("text"), max_length=500)

    class Meta:
        verbose_name = _("note")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quadrant__in=Quadrant.values), name="note_quadrant_is_known"),
            models.UniqueConstraint(fields=["board", "quadrant", "text"], name="note_once_in_field"),
        ]

    class Privacy:
        free_text = ("text",)
        ordinary = ("id", "board", "quadrant")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return self.text


class Vote(Record):
    """Somebody holds a note for important. Taking it back is deleting it."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["note", "user"], name="vote_once")]

    class Privacy:
        ordinary = ("id", "note", "user")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.note}, {self.user}"


@tracked
class Measure(Record):
    """What follows from a board: something that somebody does by a day."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="measures")
    text = models.CharField(_("what"), max_length=500)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    due_on = models.DateField(_("by"))
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("measure")
        ordering = ("due_on", "text")

    class Privacy:
        free_text = ("text",)
        ordinary = ("id", "board", "owner", "due_on", "done_on")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return self.text
