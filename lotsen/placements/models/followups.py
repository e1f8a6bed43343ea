"""How a placement is followed up while it goes on, and how it went."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import User
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.placements.enums import VisitWay, Voice, Would

from .placement import Placement


@tracked
class Visit(Record):
    """A placement was followed up, with what the workplace said and what the participant said, each by itself."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="visits")
    on = models.DateField(_("day"))
    way = models.CharField(_("way"), max_length=10, choices=VisitWay.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    workplace_says = models.TextField(_("what the workplace says"), blank=True)
    participant_says = models.TextField(_("what the participant says"), blank=True)
    agreed = models.CharField(_("agreed"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("follow-up at the workplace")
        ordering = ("-on",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(way__in=VisitWay.values), name="visit_way_is_known"),
        ]

    class Privacy:
        free_text = ("workplace_says", "participant_says", "agreed")
        ordinary = ("id", "placement", "on", "way", "by")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.placement}, {self.on}"


@tracked
class Assessment(Record):
    """How a placement went, as the supervisor or the participant says it. One cannot change what the other says."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="assessments")
    voice = models.CharField(max_length=20, choices=Voice.choices)
    on = models.DateField(_("day"))
    went_well = models.TextField(_("what went well"), blank=True)
    was_hard = models.TextField(_("what was hard"), blank=True)
    hours_missed = models.PositiveSmallIntegerField(_("hours missed"), null=True, blank=True)
    # Of a supervisor: would you employ; of a participant: would you work there.
    would = models.CharField(_("would"), max_length=10, choices=Would.choices, blank=True)
    # Of the participant, about what the supervisor has said.
    agrees = models.BooleanField(_("agrees"), null=True)

    class Meta:
        verbose_name = _("assessment of a placement")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["placement", "voice"], name="assessment_once_by_voice"),
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="assessment_voice_is_known"),
            models.CheckConstraint(condition=Q(would__in=["", *Would.values]), name="assessment_would_is_known"),
            models.CheckConstraint(
                condition=Q(agrees=None) | Q(voice=Voice.PARTICIPANT), name="assessment_agrees_of_participant"
            ),
        ]

    class Privacy:
        sensitive = ("hours_missed", "would", "agrees")
        free_text = ("went_well", "was_hard")
        ordinary = ("id", "placement", "voice", "on")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.placement}, {self.get_voice_display()}"
