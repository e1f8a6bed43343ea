"""What a workplace is like, as it is written down."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.core.dates import DayField, years_after
from lotsen.core.forms import Form, long_text
from lotsen.employers.enums import Demand, Swedish


def _demand(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _("Not known")), *Demand.choices], required=False)


class AnalysisForm(Form):
    """What a workplace is like."""

    tasks = forms.CharField(label=_("Tasks"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
    hours = forms.CharField(label=_("Working hours"), max_length=200, required=False)
    physical = _demand(_("Bodily demands"))
    social = _demand(_("Social demands"))
    tempo = _demand(_("Tempo"))
    swedish = forms.ChoiceField(label=_("Swedish"), choices=[("", _("Not known")), *Swedish.choices], required=False)
    needs_licence = forms.NullBooleanField(label=_("A driving licence is needed"), required=False)
    adaptations = long_text(
        3, label=_("What can be adapted"), help_text=_("Tasks, times, pace, aids, a colleague beside.")
    )
    supervision = long_text(2, label=_("How somebody is supervised"))
    supervises = forms.IntegerField(
        label=_("How many can be supervised at once"), min_value=0, max_value=500, required=False
    )
    risks = long_text(3, label=_("Risks, and what is done about them"))
    safety_contact = forms.CharField(label=_("Safety representative"), max_length=200, required=False)
    is_step_free = forms.NullBooleanField(label=_("Can be reached without steps"), required=False)
    has_lift = forms.NullBooleanField(label=_("Has a lift"), required=False)
    has_accessible_toilet = forms.NullBooleanField(label=_("Has an accessible toilet"), required=False)
    made_on = DayField(label=_("Made on"), initial=timezone.localdate)
    holds_until = DayField(label=_("Holds until"), help_text=_("At most two years after it was made."))

    def clean(self) -> dict[str, Any]:
        """An analysis is made, and holds for a while."""
        data = super().clean() or {}
        made, until = data.get("made_on"), data.get("holds_until")
        if made and made > timezone.localdate():
            self.add_error("made_on", _("The day lies ahead."))
        if made and until and not made <= until <= years_after(made, 2):
            self.add_error("holds_until", _("Write a day within two years after it was made."))
        return data
