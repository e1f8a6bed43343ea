"""Unit costs, staff hours, budget and outcome, decisions, payments, and what self-control has drawn."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.activities.models import CertifiedMonth
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.programmes.enums import Source, Support
from lotsen.programmes.models import Programme

from .enums import CostOf, DecisionKind, Verdict


@tracked
class RateTable(Record):
    """The unit costs that hold from a month on: those of the programme's call, as the funder has published them.

    Which table holds follows from the call, not from the month that was worked; a later table takes its place whole.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rate_tables")
    since = models.DateField(_("holds from"), help_text="The first day of a month.")
    source = models.CharField(_("call and where the table is published"), max_length=300)
    yearly_minutes = models.PositiveIntegerField(_("most of a year, minutes for one employee"), null=True, blank=True)
    daily_minutes = models.PositiveIntegerField(_("most of a day, minutes for one employee"), null=True, blank=True)
    loaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    loaded_on = models.DateField(_("loaded"))

    class Meta:
        verbose_name = _("table of unit costs")
        ordering = ("since",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "since"], name="rate_table_once_a_month"),
            models.CheckConstraint(condition=Q(since__day=1), name="rate_table_begins_with_a_month"),
        ]

    class Privacy:
        ordinary = (
            *("id", "programme", "since", "source", "yearly_minutes", "daily_minutes", "loaded_by", "loaded_on"),
        )
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.since:%Y-%m}"


class UnitCost(Record):
    """What an hour counts for: of a participant, by means of support and age at start; of staff, by function."""

    table = models.ForeignKey(RateTable, on_delete=models.CASCADE, related_name="costs")
    of = models.CharField(max_length=20, choices=CostOf.choices)
    support = models.CharField(max_length=30, choices=Support.choices, blank=True)
    function = models.CharField(_("function"), max_length=100, blank=True)
    age_from = models.PositiveSmallIntegerField(_("from age"), default=0)
    per_hour = models.PositiveIntegerField(_("per hour"), help_text="In öre.")

    class Meta:
        ordering = ("of", "support", "function", "age_from")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "of", "support", "function", "age_from"], name="unit_cost_once"),
            models.CheckConstraint(
                condition=Q(of=CostOf.PARTICIPANT, support__in=Support.values, function="")
                | (Q(of=CostOf.STAFF, support="") & ~Q(function="")),
                name="unit_cost_is_of_one",
            ),
        ]

    class Privacy:
        ordinary = ("id", "table", "of", "support", "function", "age_from", "per_hour")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.get_support_display() if self.support else self.function}"


@tracked
class ThreeR(Record):
    """What a programme says of its 3R sheet: why women and men get what they get, and what is done about it."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="three_r")
    reality = models.TextField(_("why it is so"), blank=True)
    measures = models.TextField(_("what is done about it"), blank=True)

    class Meta:
        verbose_name = _("3R sheet")

    class Privacy:
        ordinary = ("id", "programme", "reality", "measures")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return str(self.programme)


@tracked
class StaffTime(Record):
    """What a member of staff has worked for a programme on a day, in a function."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="staff_times")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("day"))
    minutes = models.PositiveIntegerField(_("minutes"))
    function = models.CharField(_("function"), max_length=100)
    task = models.CharField(_("what was done"), max_length=300)

    class Meta:
        verbose_name = _("staff hours")
        ordering = ("on",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "user", "on", "function"], name="staff_time_once_a_day"),
            models.CheckConstraint(condition=Q(minutes__gt=0, minutes__lte=24 * 60), name="staff_time_fits_in_a_day"),
        ]

    class Privacy:
        ordinary = ("id", "programme", "unit", "user", "on", "minutes", "function", "task")
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.user}, {self.on}"


@tracked
class BudgetLine(Record):
    """What is planned to be spent on something in a calendar year."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="budget_lines")
    name = models.CharField(_("what for"), max_length=100)
    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.BigIntegerField(_("planned"), help_text="In öre.")

    class Meta:
        verbose_name = _("budget line")
        ordering = ("year", "name")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "name", "year"], name="budget_line_once_a_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_line_not_negative"),
        ]

    class Privacy:
        ordinary = ("id", "programme", "name", "year", "amount")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.name}, {self.year}"


@tracked
class Cost(Record):
    """What was spent on a budget line in a month, as the accounts have it. Negative where something is given back."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="costs")
    month = models.DateField(_("month"))
    amount = models.BigIntegerField(_("spent"), help_text="In öre.")
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("cost")
        ordering = ("month",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "month"], name="cost_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="cost_month_is_its_first_day"),
        ]

    class Privacy:
        ordinary = ("id", "line", "month", "amount", "note")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.line}, {self.month:%Y-%m}"


@tracked
class Contribution(Record):
    """What a co-financier has put in, in cash or in kind."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="contributions")
    source = models.CharField(
        _("kind"), max_length=20, choices=[(s.value, s.label) for s in (Source.CASH, Source.IN_KIND)]
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("day"))
    amount = models.BigIntegerField(_("amount"), help_text="In öre.")
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("contribution")
        ordering = ("on",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(source__in=[Source.CASH, Source.IN_KIND]), name="contribution_kind_is_known"
            )
        ]

    class Privacy:
        ordinary = ("id", "programme", "source", "organisation", "on", "amount", "note")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.organisation}, {self.on}"


@tracked
class Decision(Record):
    """What the funder has decided about the programme's money, and when."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="decisions")
    on = models.DateField(_("day"))
    kind = models.CharField(_("what"), max_length=10, choices=DecisionKind.choices)
    reference = models.CharField(_("reference"), max_length=60)
    amount = models.BigIntegerField(_("grant after it"), null=True, blank=True, help_text="In öre.")
    note = models.CharField(_("what changes"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("decision")
        ordering = ("on",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="decision_kind_is_known"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="decision_amount_not_negative"),
        ]

    class Privacy:
        ordinary = ("id", "programme", "on", "kind", "reference", "amount", "note")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"


@tracked
class Payment(Record):
    """An application for payment over some months, in arrears, and what was paid on it.

    When it is handed in, the hours and the amounts that it rests on are written down.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="payments")
    first = models.DateField(_("from month"))
    last = models.DateField(_("to month"))
    asked = models.BigIntegerField(_("asked for"), null=True, blank=True, help_text="In öre.")
    applied_on = models.DateField(_("handed in"), null=True, blank=True)
    minutes = models.BigIntegerField(_("minutes of participants"), null=True, blank=True)
    support = models.BigIntegerField(_("co-financing by support"), null=True, blank=True, help_text="In öre.")
    paid_on = models.DateField(_("paid"), null=True, blank=True)
    paid = models.BigIntegerField(_("paid amount"), null=True, blank=True, help_text="In öre.")

    class Meta:
        verbose_name = _("payment")
        ordering = ("first",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first__day=1, last__day=1, last__gte=F("first")), name="payment_is_of_months"
            ),
            models.CheckConstraint(
                condition=Q(applied_on=None, minutes=None, support=None)
                | Q(applied_on__isnull=False, minutes__isnull=False, support__isnull=False),
                name="payment_is_handed_in_whole",
            ),
            models.CheckConstraint(
                condition=Q(paid_on=None, paid=None)
                | Q(applied_on__isnull=False, paid_on__isnull=False, paid__isnull=False),
                name="payment_is_paid_after_it_was_asked",
            ),
        ]

    class Privacy:
        ordinary = (
            *("id", "programme", "first", "last", "asked", "applied_on", "minutes", "support", "paid_on", "paid"),
        )
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.first:%Y-%m} – {self.last:%Y-%m}"


@tracked
class SampleItem(Record):
    """A signed month that was drawn by lot for the self-control of a payment, and what was found."""

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="sample")
    certified = models.ForeignKey(CertifiedMonth, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(_("found"), max_length=10, choices=Verdict.choices, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField(_("checked"), null=True, blank=True)

    class Meta:
        ordering = ("certified__month", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payment", "certified"], name="sample_item_once"),
            models.CheckConstraint(
                condition=Q(verdict="", checked_by=None, checked_on=None)
                | Q(verdict__in=Verdict.values, checked_by__isnull=False, checked_on__isnull=False),
                name="sample_item_is_checked_whole",
            ),
            models.CheckConstraint(condition=~Q(verdict=Verdict.WRONG) | ~Q(note=""), name="sample_wrong_says_what"),
        ]

    class Privacy:
        free_text = ("note",)
        ordinary = ("id", "payment", "certified", "verdict", "checked_by", "checked_on")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.payment}: {self.certified}"
