"""The placement."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotsen.cases.models import Case
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.employers.models import Workplace
from lotsen.programmes.models import Kind


@tracked
class Placement(Record):
    """A participant is at a workplace, from a day to a day."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="placements")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="placements")
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="placements")
    began_on = models.DateField(_("began"))
    ended_on = models.DateField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("placement")
        ordering = ("began_on",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ended_on__gte=F("began_on")), name="placement_ends_after_beginning"),
            models.UniqueConstraint(fields=["case", "began_on"], name="placement_begins_once_a_day"),
        ]

    class Privacy:
        sensitive = ("workplace", "kind", "began_on", "ended_on")
        ordinary = ("id", "case")
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return f"{self.workplace}, {self.began_on}"
