"""Writing a text, and asking for a report."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lotsen.core.dates import DayField
from lotsen.core.forms import Form, accept, keeps_drafts
from lotsen.indicators.queries import check_day
from lotsen.programmes.models import Programme


class TextForm(Form):
    """What stands under one heading."""

    body = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=20000,
        help_text=_("An empty line begins a new paragraph. What you write is kept as a draft while you write."),
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def keep_drafts(self, url: str) -> None:
        """Have the page send what is being written to this address."""
        keeps_drafts(self.fields["body"], url)


class ReportForm(Form):
    """The day that the figures of the report are of."""

    as_of = DayField(
        label=_("Figures as of"),
        help_text=_("For example 2018-08-31, 31/8 or 31 aug 2018."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        """Take the programme, whose period bounds the day."""
        super().__init__(*args, **kwargs)
        self.programme = programme

    def clean_as_of(self) -> date:
        """Refuse a day that figures are not counted of."""
        day: date = self.cleaned_data["as_of"]
        accept(check_day, self.programme, day)
        return day
