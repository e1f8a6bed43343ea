"""The work that followed."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lotsen.core.dates import DayField
from lotsen.core.forms import Form
from lotsen.placements.enums import EmployedAs
from lotsen.placements.queries.subsidies import subsidy_names

from .course import occupation_field


class EmploymentForm(Form):
    """An employment."""

    employer_name = forms.CharField(label=_("Employer"), max_length=200)
    employed_as = forms.ChoiceField(label=_("Employed"), choices=EmployedAs.choices)
    extent = forms.IntegerField(label=_("Percent of full time"), min_value=1, max_value=100, required=False)
    occupation = occupation_field(required=False)
    from_on = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), required=False, help_text=_("Empty where it goes on until further notice."))
    subsidy = forms.ChoiceField(
        label=_("Subsidised as"),
        choices=lambda: [("", gettext("Not subsidised")), *subsidy_names().items()],
        required=False,
    )
    is_municipal_measure = forms.BooleanField(
        label=_("A measure of the municipality's own"),
        required=False,
        help_text=_("A job within the labour-market unit is not counted as work in the open statistics (Kolada)."),
    )

    def clean(self) -> dict[str, Any]:
        """The last day does not lie before the first."""
        data = super().clean() or {}
        first, last = data.get("from_on"), data.get("until")
        if first and last and last < first:
            self.add_error("until", _("The last day lies before the first."))
        return data
