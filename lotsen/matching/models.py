"""How a programme weighs the factors; what was shown, and what was decided about a match."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.placements.models import Opening
from lotsen.programmes.models import Programme

from .enums import Decided


class FactorWeights(Record):
    """How a programme weighs the factors from a moment on. A row is never changed: another weighing is another row."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="factor_weights")
    number = models.PositiveSmallIntegerField(_("number"))
    weights = models.JSONField(_("weights"), help_text="Code of a factor -> whole number from 0 to 100.")
    why = models.CharField(_("why"), max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("set"))

    class Meta:
        verbose_name = _("weighing")
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "number"], name="factor_weights_once"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(why=""), name="factor_weights_have_a_reason"),
        ]

    class Privacy:
        ordinary = ("id", "programme", "number", "weights", "why", "by", "at")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return f"{self.programme}, {self.number}"


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
    #: The number of the programme's weighing; 0 is the standard.
    weighing = models.PositiveSmallIntegerField(_("weighing"), default=0)
    findings = models.JSONField(_("what each factor found"), default=dict)

    class Meta:
        verbose_name = _("decision about a match")
        ordering = ("-on",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "opening"], name="match_decided_once"),
            models.CheckConstraint(condition=Q(decided__in=Decided.values), name="match_decided_is_known"),
        ]

    class Privacy:
        sensitive = ("opening", "decided", "on", "rank", "score", "findings")
        free_text = ("why",)
        ordinary = ("id", "case", "by", "version", "weighing")
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return f"{self.opening}, {self.get_decided_display()}"


class ShownList(Record):
    """A list that somebody was shown: what it takes to make it again as it was, and to tell that it is the same.

    The openings and courses for a participant, or the participants for an opening. What was known then stands in the
    histories.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="shown_lists")
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, null=True, related_name="shown_lists")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("shown"))
    #: The units that it was shown to, whose participants an opening was asked for; those whose openings, courses and
    #: analyses were seen; and what of them was asked for.
    units = ArrayField(models.UUIDField())
    fellows = ArrayField(models.UUIDField(), default=list)
    asked = models.JSONField(_("asked for"), default=dict)
    #: How far each history had come (core.history.Marks): what was known then.
    marks = models.JSONField(_("marks of the histories"))
    version = models.PositiveSmallIntegerField(_("version of the factors"))
    looked_at = models.PositiveIntegerField(_("looked at"))
    #: SHA-256 of the order, the scores and the findings.
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("shown list")
        ordering = ("-at",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(case=None, opening__isnull=False) | Q(case__isnull=False, opening=None),
                name="shown_list_is_of_one",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "-at"], name="shown_list_of_case"),
            models.Index(fields=["opening", "-at"], name="shown_list_of_opening"),
        ]

    class Privacy:
        ordinary = (
            *(
                "id",
                "case",
                "opening",
                "by",
                "at",
                "units",
                "fellows",
                "asked",
                "marks",
                "version",
                "looked_at",
                "digest",
            ),
        )
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.case or self.opening}, {self.at:%Y-%m-%d %H:%M}"


class Exposure(Record):
    """A participant has stood in the list for an opening that somebody looked at: how high, at best, and since when."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="exposures")
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField(_("place in the list"))
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("exposure")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "opening"], name="exposure_once"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="exposure_has_a_place"),
        ]

    class Privacy:
        sensitive = ("opening", "rank")
        ordinary = ("id", "case", "since")
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return f"{self.opening}, {self.rank}"
