"""The tables that a template file is loaded into."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Municipality, Organisation, Unit, User
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.core.text import local

from .enums import Category, CountsAs, Dimension, FundPeriod, HoursSigned, Outcome, PartnerRole, Source


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Which programmes."""

    def visible_to(self, user: User) -> "ProgrammeQuerySet":
        """Those that a unit of the user's takes part in or leads."""
        return self.filter(Q(units__in=user.own_units) | Q(lead_unit__in=[*user.own_units, *user.led_units])).distinct()


@tracked
class Programme(Record):
    """One financed undertaking: who leads it, when, under which fund, and what it is called."""

    code = models.SlugField(max_length=40, unique=True)
    names = models.JSONField()
    summary = models.JSONField()
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("end"))
    fund = models.JSONField(default=dict)
    fund_period = models.CharField(max_length=20, choices=FundPeriod.choices, blank=True)
    hours_signed = models.CharField(max_length=10, choices=HoursSigned.choices, default=HoursSigned.HERE)
    reference = models.CharField(_("reference"), max_length=40, blank=True)
    lead_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="led_programmes")
    units = models.ManyToManyField(Unit, through="ProgrammeUnit", related_name="programmes")
    area = models.ManyToManyField(Municipality, related_name="+")
    budget = models.BigIntegerField(_("budget"), null=True, help_text="In öre; null where it is not known.")
    age_bounds = ArrayField(models.SmallIntegerField(), help_text="Where each age band begins, in years.")
    follow_up_days = ArrayField(models.SmallIntegerField(), help_text="Days after the exit.")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "code")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("starts_on")), name="programme_ends_after_start"),
            models.CheckConstraint(condition=Q(budget__gte=0), name="programme_budget_not_negative"),
            models.CheckConstraint(
                condition=Q(fund_period__in=["", *FundPeriod.values], hours_signed__in=HoursSigned.values),
                name="programme_reporting_is_known",
            ),
        ]

    class Privacy:
        ordinary = (
            *("id", "code", "names", "summary", "starts_on", "ends_on", "fund", "fund_period"),
            *("hours_signed", "reference", "lead_unit", "units", "area", "budget", "age_bounds", "follow_up_days"),
        )
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language now in use."""
        return local(self.names)

    @property
    def counts_until(self) -> date:
        """The last day that figures are counted as of: a year after the last follow-up is due, for late answers."""
        return self.ends_on + timedelta(days=max(self.follow_up_days, default=0) + 365)

    @property
    def age_bands(self) -> list[str]:
        """The programme's own age bands, as `16-24`; the last one is open: `65-`."""
        bounds = self.age_bounds
        closed = [f"{low}-{high - 1}" for low, high in pairwise(bounds)]
        return [*closed, f"{bounds[-1]}-"]


class ProgrammeUnit(Record):
    """A unit takes part: its people may be cases of the programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "unit"], name="programme_unit_once")]

    class Privacy:
        ordinary = ("id", "programme", "unit")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return f"{self.programme}, {self.unit}"


class Partner(Record):
    """An organisation takes part, in one or more roles."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnerships")
    roles = ArrayField(models.CharField(max_length=20, choices=PartnerRole.choices))
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "organisation"], name="partner_once_in_programme")
        ]

    class Privacy:
        ordinary = ("id", "programme", "organisation", "roles", "position")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def role_names(self) -> list[str]:
        """The roles in the language now in use."""
        return [str(PartnerRole(role).label) for role in self.roles]


class Financing(Record):
    """A part of the budget by its source, in öre."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="financing")
    source = models.CharField(max_length=20, choices=Source.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True)
    amount = models.BigIntegerField(help_text="In öre.")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="financing_amount_not_negative"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="financing_source_is_known"),
        ]

    class Privacy:
        ordinary = ("id", "programme", "source", "organisation", "amount", "position")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.amount}"


class ProgrammeItem(Record):
    """One line of one of the programme's own lists."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="%(class)ss")
    code = models.SlugField(max_length=60)
    names = models.JSONField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ("position",)
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["programme", "code"], name="%(class)s_code_once_in_programme")
        ]

    ITEM = ("id", "programme", "code", "names", "position")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language now in use."""
        return local(self.names)


class Phase(ProgrammeItem):
    """A part of the period, with what must be settled in it."""

    starts_on = models.DateField()
    ends_on = models.DateField()
    checklist = models.JSONField(default=list)

    class Meta(ProgrammeItem.Meta):
        constraints: ClassVar = [
            *ProgrammeItem.Meta.constraints,
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="phase_ends_after_start"),
        ]

    class Privacy:
        ordinary = (*ProgrammeItem.ITEM, "starts_on", "ends_on", "checklist")
        keep = Keep.ALWAYS


class TargetGroup(ProgrammeItem):
    """Who the programme is for, as a rule over facts at entry. A group of employers has no rule over persons."""

    rule = models.JSONField(default=list)
    is_of_employers = models.BooleanField(default=False)

    class Privacy:
        ordinary = (*ProgrammeItem.ITEM, "rule", "is_of_employers")
        keep = Keep.ALWAYS


class Step(ProgrammeItem):
    """A stage of the participants' way. A way, not a gate: activities and placements may start on any step."""

    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    weeks_at_most = models.PositiveSmallIntegerField(null=True, blank=True)
    requires = models.JSONField(default=list)

    class Privacy:
        ordinary = (*ProgrammeItem.ITEM, "weeks", "weeks_at_most", "requires")
        keep = Keep.ALWAYS

    @property
    def required_words(self) -> list[str]:
        """What must be there before the next step, in the language now in use."""
        return [local(names) for names in self.requires]

    @property
    def limit(self) -> int | None:
        """After how many weeks one asks whether to move on: the most where it is said, else the usual."""
        return self.weeks_at_most or self.weeks


class Kind(ProgrammeItem):
    """A kind of activity, measure or placement, in the programme's own words."""

    category = models.CharField(max_length=10, choices=Category.choices)
    counts_as = models.CharField(max_length=20, choices=CountsAs.choices, blank=True)
    #: Of a placement: so many days after the first one it is followed up; empty where the usual days hold.
    visits = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    class Meta(ProgrammeItem.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "category", "code"], name="kind_code_once_in_category"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="kind_category_is_known"),
        ]

    class Privacy:
        ordinary = (*ProgrammeItem.ITEM, "category", "counts_as", "visits")
        keep = Keep.ALWAYS


class Destination(ProgrammeItem):
    """Where an exit leads, and what that means to the indicators."""

    outcome = models.CharField(max_length=10, choices=Outcome.choices)

    class Meta(ProgrammeItem.Meta):
        constraints: ClassVar = [
            *ProgrammeItem.Meta.constraints,
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="destination_outcome_is_known"),
        ]

    class Privacy:
        ordinary = (*ProgrammeItem.ITEM, "outcome")
        keep = Keep.ALWAYS


class ExitReason(ProgrammeItem):
    """Why a case ended, in the programme's own list."""

    class Privacy:
        ordinary = ProgrammeItem.ITEM
        keep = Keep.ALWAYS


class Goal(ProgrammeItem):
    """A target over an indicator, or over some of its groups together. Without an indicator it is judged in words."""

    indicator = models.CharField(max_length=60, blank=True)
    dimension = models.CharField(max_length=30, choices=Dimension.choices, blank=True)
    keys = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta(ProgrammeItem.Meta):
        constraints: ClassVar = [
            *ProgrammeItem.Meta.constraints,
            models.CheckConstraint(
                condition=Q(indicator="", target=None) | (~Q(indicator="") & Q(target__isnull=False)),
                name="goal_target_goes_with_indicator",
            ),
        ]

    class Privacy:
        ordinary = (*ProgrammeItem.ITEM, "indicator", "dimension", "keys", "target")
        keep = Keep.ALWAYS
