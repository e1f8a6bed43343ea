"""What was decided about a match."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.placements.models import Opening

from .enums import Decided


@tracked
class MatchDecision(Record):
    """Somebody has chosen a place for a participant, or put it aside, with the reason.

    The reason is asked for by the action, and is emptied when the person is erased. Where the place stood in the list,
    and by which version of the factors, is kept: so that it can be seen later what works.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="match_decisions")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="+")
    decided = models.CharField(_("decided"), max_length=10, choices=Decided.choices)
    why = models.CharField(_("why"), max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("day"))
    rank = models.PositiveSmallIntegerField(_("place in the list"), null=True, blank=True)
    score = models.SmallIntegerField(_("score"))
    version = models.PositiveSmallIntegerField(_("version of the factors"))

    class Meta:
        verbose_name = _("decision about a match")
        ordering = ("-on",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "opening"], name="match_decided_once"),
            models.CheckConstraint(condition=Q(decided__in=Decided.values), name="match_decided_is_known"),
        ]

    class Privacy:
        sensitive = ("opening", "decided", "on", "rank", "score")
        free_text = ("why",)
        ordinary = ("id", "case", "by", "version")
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return f"{self.opening}, {self.get_decided_display()}"
