"""The plan."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lotsen.cases.models import Case
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep


@tracked
class Plan(Record):
    """A version of a participant's plan, as agreed on a day."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans")
    agreed_on = models.DateField(_("agreed"))

    class Meta:
        verbose_name = _("plan")
        ordering = ("agreed_on",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "agreed_on"], name="plan_one_a_day")]

    class Privacy:
        sensitive = ("agreed_on",)
        ordinary = ("id", "case")
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return f"{self.case}, {self.agreed_on}"
