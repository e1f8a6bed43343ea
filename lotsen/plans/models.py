"""The plan: the participant's own words, goals, and who does what by when."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Unit, User
from lotsen.cases.enums import Signed
from lotsen.cases.models import Case
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.programmes.models import Kind

from .enums import Horizon, Who


@tracked
class Plan(Record):
    """A version of a participant's plan. Without a day it is a draft: one at a time, until both sign it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans")
    agreed_on = models.DateField(_("agreed"), null=True, blank=True)
    revise_on = models.DateField(_("to be revised"), null=True, blank=True)
    signed_how = models.CharField(_("signed"), max_length=10, choices=Signed.choices, blank=True)
    signed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed for the unit by"),
    )

    class Meta:
        verbose_name = _("plan")
        ordering = (models.F("agreed_on").asc(nulls_last=True),)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "agreed_on"], name="plan_one_a_day"),
            models.UniqueConstraint(fields=["case"], condition=Q(agreed_on=None), name="plan_one_draft"),
            models.CheckConstraint(condition=Q(signed_how__in=["", *Signed.values]), name="plan_signed_how_is_known"),
            models.CheckConstraint(
                condition=Q(agreed_on=None) | Q(revise_on=None) | Q(revise_on__gte=models.F("agreed_on")),
                name="plan_is_revised_after_agreement",
            ),
        ]

    class Privacy:
        sensitive = ("agreed_on",)
        ordinary = ("id", "case", "revise_on", "signed_how", "signed_by")
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return f"{self.case}, {self.agreed_on or _('draft')}"


@tracked
class OwnWords(Record):
    """What the participant hopes for, in the participant's own words. Who looks over the programme does not read it."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="own_words")
    text = models.TextField(_("in the participant's own words"))

    class Meta:
        verbose_name = _("own words")
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="own_words_say_something")]

    class Privacy:
        free_text = ("text",)
        ordinary = ("id", "plan")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return self.text


@tracked
class PlanGoal(Record):
    """A goal of the plan, as both have put it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    horizon = models.CharField(_("horizon"), max_length=20, choices=Horizon.choices)
    text = models.CharField(_("goal"), max_length=300)
    due_on = models.DateField(_("by"), null=True, blank=True)
    reached_on = models.DateField(_("reached"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("goal")
        ordering = ("position",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(horizon__in=Horizon.values), name="plan_goal_horizon_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="plan_goal_says_something"),
        ]

    class Privacy:
        free_text = ("text",)
        ordinary = ("id", "plan", "horizon", "due_on", "reached_on", "position")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return self.text


@tracked
class PlanAction(Record):
    """A step towards a goal: who does it, by when, and what came of it. A measure is one of the programme's kinds."""

    goal = models.ForeignKey(PlanGoal, on_delete=models.CASCADE, related_name="actions")
    text = models.CharField(_("what"), max_length=300)
    who = models.CharField(_("who"), max_length=20, choices=Who.choices)
    # The name of the employer or the agency, where it is one.
    other = models.CharField(_("which employer or agency"), max_length=200, blank=True)
    kind = models.ForeignKey(
        Kind, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("measure")
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("action")
        ordering = ("position",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(who__in=Who.values), name="plan_action_who_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="plan_action_says_something"),
        ]

    class Privacy:
        sensitive = ("kind",)
        free_text = ("text", "other", "result")
        ordinary = ("id", "goal", "who", "due_on", "done_on", "position")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return self.text


class PlanTemplate(Record):
    """Goals and actions that a unit writes often, to be copied into a plan."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    #: A list of goals: {"horizon", "text", "actions": [{"text", "who"}]}.
    goals = models.JSONField(default=list)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "name"], name="plan_template_once_in_unit")]

    class Privacy:
        ordinary = ("id", "unit", "name", "goals")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return self.name
