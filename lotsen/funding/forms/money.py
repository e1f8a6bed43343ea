"""Budget lines, costs, contributions, decisions and payments; staff hours; what self-control has found."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit
from lotsen.core.dates import DayField, MonthField, minutes_of
from lotsen.core.forms import Form
from lotsen.core.money import AmountField
from lotsen.core.pages import Filters
from lotsen.funding.enums import CostOf, DecisionKind, Verdict
from lotsen.funding.models import BudgetLine, RateTable
from lotsen.programmes.enums import Source, Support
from lotsen.programmes.models import Programme


class DecisionForm(Form):
    """What the funder has decided."""

    ids = "decision_%s"
    on = DayField(label=_("Day of the decision"), initial=timezone.localdate)
    kind = forms.ChoiceField(label=_("What was decided"), choices=DecisionKind.choices)
    reference = forms.CharField(label=_("Reference"), max_length=60)
    amount = AmountField(label=_("The whole grant after it, kronor"), required=False)
    note = forms.CharField(label=_("What changes"), max_length=500, required=False)


class BudgetLineForm(Form):
    """What is planned to be spent on something in a year."""

    ids = "line_%s"
    name = forms.CharField(label=_("What for"), max_length=100)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    amount = AmountField(label=_("Planned, kronor"))


class CostForm(Form):
    """What was spent on a line in a month."""

    ids = "cost_%s"
    line = forms.ModelChoiceField(label=_("Budget line"), queryset=BudgetLine.objects.none())
    month = MonthField(label=_("Month"))
    amount = AmountField(label=_("Spent, kronor"), may_be_negative=True, help_text=_("As the accounts have it."))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        """Offer the programme's lines."""
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = programme.budget_lines.all()  # type: ignore[attr-defined]  # of a model's field

    def clean(self) -> dict[str, Any]:
        """Keep the month within the year of its line."""
        data = super().clean() or {}
        line, month = data.get("line"), data.get("month")
        if line and month and month.year != line.year:
            self.add_error("month", _("The line is of another year."))
        return data


class ContributionForm(Form):
    """What a co-financier has put in."""

    ids = "contribution_%s"
    organisation = forms.ModelChoiceField(label=_("Who"), queryset=Organisation.objects.none())
    source = forms.ChoiceField(
        label=_("Kind"), choices=[(source.value, source.label) for source in (Source.CASH, Source.IN_KIND)]
    )
    on = DayField(label=_("Day"), initial=timezone.localdate)
    amount = AmountField(label=_("Amount, kronor"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        """Offer the programme's partners."""
        super().__init__(*args, **kwargs)
        partners = Organisation.objects.filter(partnerships__programme=programme).order_by("name")
        self.fields["organisation"].queryset = partners  # type: ignore[attr-defined]  # of a model's field


class PaymentForm(Form):
    """Over which months one applies for payment."""

    ids = "payment_%s"
    first = MonthField(label=_("From the month"))
    last = MonthField(label=_("To the month"))

    def clean(self) -> dict[str, Any]:
        """Keep the months in order."""
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("The last month lies before the first."))
        return data


class ApplyForm(Form):
    """The application is handed in."""

    ids = "apply_%s"
    asked = AmountField(label=_("Asked for, kronor"))
    on = DayField(label=_("Handed in"), initial=timezone.localdate)


class PaidForm(Form):
    """The funder has paid."""

    ids = "paid_%s"
    paid = AmountField(label=_("Paid, kronor"))
    on = DayField(label=_("Day"), initial=timezone.localdate)


class CheckForm(Form):
    """What the self-control of a drawn month has found."""

    verdict = forms.ChoiceField(label=_("Found"), choices=Verdict.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("What is wrong"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask what is wrong where something is."""
        data = super().clean() or {}
        if data.get("verdict") == Verdict.WRONG and not data.get("note"):
            self.add_error("note", _("Write what is wrong, so that it can be mended."))
        return data


class StaffTimeForm(Form):
    """What one has worked on a day."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    on = DayField(label=_("Day"), initial=timezone.localdate)
    hours = forms.RegexField(
        r"^\d{1,2}([.:,][0-5]\d)?$",
        label=_("Hours and minutes"),
        help_text=_("For example 7.30: seven hours and thirty minutes."),
        error_messages={"invalid": _("Write hours and minutes, for example 7.30.")},
    )
    function = forms.ChoiceField(label=_("Function"))
    task = forms.CharField(label=_("What you did"), max_length=300)

    def __init__(self, *args: Any, units: Any, table: RateTable | None, **kwargs: Any) -> None:
        """Offer one's units, and the functions of the table of unit costs that holds now."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # of a model's field
        self.fields["unit"].initial = units.first()
        costs = table.costs.filter(of=CostOf.STAFF) if table else []
        self.fields["function"].choices = [(cost.function, cost.function) for cost in costs]  # type: ignore[attr-defined]  # of a choice

    def clean_hours(self) -> int:
        """Return minutes."""
        total = minutes_of(self.cleaned_data["hours"])
        if not 0 < total <= 24 * 60:
            raise forms.ValidationError(_("A day has at most 24 hours, and you have worked some of them."))
        return total

    def told(self) -> dict[str, Any]:
        """Return what the action takes by name."""
        return {"minutes" if name == "hours" else name: value for name, value in self.values().items()}


class ThreeRForm(Form):
    """The programme's own words beside its 3R sheet."""

    reality = forms.CharField(
        label=_("Why is it so?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Which norms and habits decide who comes, and who gets what."),
    )
    measures = forms.CharField(
        label=_("What do you do about it?"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class LedgerFilters(Filters):
    """Some months of the ledger, one unit, one means of support."""

    first = MonthField(label=_("From the month"), required=False)
    last = MonthField(label=_("To the month"), required=False)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False)
    support = forms.ChoiceField(
        label=_("Means of support"),
        choices=[("", _("All")), *Support.choices, ("-", _("Not known"))],
        required=False,
    )

    def __init__(self, *args: Any, programme: Programme, today: date, **kwargs: Any) -> None:
        """Take the programme's units and its period."""
        super().__init__(*args, **kwargs)
        self.programme, self.today = programme, today
        self.fields["unit"].queryset = programme.units.order_by("name")  # type: ignore[attr-defined]  # of a model's field

    def months(self) -> tuple[date, date]:
        """Return the first and the last month; without them, the year that runs, or the programme's last one."""
        data = self.cleaned_data if self.is_valid() else {}
        day = max(self.programme.starts_on, min(self.today, self.programme.ends_on))
        first = data.get("first") or max(day.replace(month=1, day=1), self.programme.starts_on.replace(day=1))
        last = data.get("last") or max(first, day.replace(day=1))
        return first, max(first, last)

    def narrowed(self) -> dict[str, str]:
        """Return what else than the months was asked for, for the address of what a sum is made of."""
        return {name: self.data[name] for name in ("unit", "support") if self.is_valid() and self.cleaned_data[name]}

    def holds(self, unit: Unit, support: str) -> bool:
        """Tell whether a line or a row is one that was asked for."""
        data = self.cleaned_data if self.is_valid() else {}
        wanted = data.get("support") or ""
        is_of_unit = not data.get("unit") or data["unit"] == unit
        return is_of_unit and (not wanted or support == wanted.replace("-", ""))
