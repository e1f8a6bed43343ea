"""What was found out about a workplace before anybody is placed there."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Unit, User
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.employers.enums import Demand, Swedish

from .register import Workplace


class WorkplaceAnalysisQuerySet(models.QuerySet["WorkplaceAnalysis"]):
    """Which analyses."""

    def holding(self, on: date) -> "WorkplaceAnalysisQuerySet":
        """Those that hold on a day."""
        return self.filter(made_on__lte=on, holds_until__gte=on)


@tracked
class WorkplaceAnalysis(Record):
    """What a workplace is like: tasks, demands, what can be adapted, who supervises, what is dangerous.

    Made before a placement begins (the working environment duties of whoever receives somebody: AML 1977:1160, 3:2 and
    1:3), and holds for as long as whoever made it says.
    """

    workplace = models.ForeignKey(Workplace, on_delete=models.CASCADE, related_name="analyses")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_on = models.DateField(_("made"))
    holds_until = models.DateField(_("holds until"))
    tasks = models.TextField(_("tasks"))
    hours = models.CharField(_("working hours"), max_length=200, blank=True)
    physical = models.CharField(_("bodily demands"), max_length=10, choices=Demand.choices, blank=True)
    social = models.CharField(_("social demands"), max_length=10, choices=Demand.choices, blank=True)
    tempo = models.CharField(_("tempo"), max_length=10, choices=Demand.choices, blank=True)
    swedish = models.CharField(_("Swedish"), max_length=10, choices=Swedish.choices, blank=True)
    needs_licence = models.BooleanField(_("a driving licence is needed"), null=True)
    adaptations = models.TextField(_("what can be adapted"), blank=True)
    supervision = models.TextField(_("how somebody is supervised"), blank=True)
    supervises = models.PositiveSmallIntegerField(_("how many can be supervised at once"), null=True, blank=True)
    risks = models.TextField(_("risks, and what is done about them"), blank=True)
    safety_contact = models.CharField(_("safety representative"), max_length=200, blank=True)
    is_step_free = models.BooleanField(_("can be reached without steps"), null=True)
    has_lift = models.BooleanField(_("has a lift"), null=True)
    has_accessible_toilet = models.BooleanField(_("has an accessible toilet"), null=True)

    objects = WorkplaceAnalysisQuerySet.as_manager()

    class Meta:
        verbose_name = _("workplace analysis")
        ordering = ("-made_on",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(holds_until__gte=F("made_on")), name="analysis_holds_for_a_while"),
            models.CheckConstraint(condition=~Q(tasks=""), name="analysis_names_tasks"),
            models.CheckConstraint(
                condition=Q(supervises__gte=0, supervises__lte=500), name="analysis_supervises_so_many"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__in": ["", *Demand.values]}), name=f"analysis_{name}_known"
                )
                for name in ("physical", "social", "tempo")
            ),
            models.CheckConstraint(condition=Q(swedish__in=["", *Swedish.values]), name="analysis_swedish_known"),
        ]

    class Privacy:
        identity = ("safety_contact",)
        ordinary = (
            *("id", "workplace", "unit", "made_by", "made_on", "holds_until", "tasks", "hours", "physical", "social"),
            *(
                "tempo",
                "swedish",
                "needs_licence",
                "adaptations",
                "supervision",
                "supervises",
                "risks",
                "is_step_free",
                "has_lift",
            ),
            "has_accessible_toilet",
        )
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return f"{self.workplace}, {self.made_on}"
