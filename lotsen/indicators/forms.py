"""Which day the figures are of."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lotsen.core.dates import DayField
from lotsen.core.forms import accept
from lotsen.programmes.enums import Dimension, Sex
from lotsen.programmes.models import Programme

from .enums import Part
from .queries import UNKNOWN, check_day


class AsOfForm(forms.Form):
    """The day that figures are counted as of."""

    as_of = DayField(label=_("Figures as of"), required=False)

    def __init__(self, data: Any, programme: Programme, today: date) -> None:
        """Start from today, or from the programme's last day if it is over."""
        super().__init__(data)
        self.programme = programme
        self.default = max(min(today, programme.ends_on), programme.starts_on)

    def clean_as_of(self) -> date:
        """Refuse a day that figures are not counted of."""
        day: date = self.cleaned_data["as_of"] or self.default
        accept(check_day, self.programme, day)
        return day

    @property
    def day(self) -> date:
        """The day that was chosen, or the usual one where what was typed is no good."""
        return self.cleaned_data.get("as_of") or self.default if self.is_valid() else self.default

    @property
    def is_default(self) -> bool:
        """Tell whether the day is the usual one, so that addresses need not name it."""
        return self.day == self.default


class MembersForm(forms.Form):
    """Which part of a figure a list shows."""

    by = forms.ChoiceField(choices=[("all", ""), *Dimension.choices], required=False)
    key = forms.CharField(max_length=60, required=False)
    part = forms.ChoiceField(choices=Part.choices, required=False)
    sex = forms.ChoiceField(choices=[*Sex.choices, (UNKNOWN, "")], required=False)
