"""Needs, a competence, a reference, as they are written."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.core.dates import DayField
from lotsen.core.forms import Form, ListedField
from lotsen.employers.enums import Demand, Swedish, classifications

from .enums import CompetenceKind, Licence, Line, Travels, Validation


def _choice(label: Any, choices: type[TextChoices], empty: Any, **given: Any) -> forms.ChoiceField:
    """Return a field for one of a list that may be left empty."""
    return forms.ChoiceField(label=label, choices=[("", empty), *choices.choices], required=False, **given)


class NeedsForm(Form):
    """What plan, activities and placements must respect."""

    ids = "needs_%s"
    interpreter = forms.CharField(label=_("Interpreter: which language"), max_length=60, required=False)
    is_step_free = forms.BooleanField(label=_("Needs premises without steps"), required=False)
    has_lift = forms.BooleanField(label=_("Needs a lift"), required=False)
    hours_per_week = forms.IntegerField(label=_("Hours a week at most"), min_value=1, max_value=60, required=False)
    licence = forms.ChoiceField(
        label=_("Driving licence"), choices=[("", _("Not known")), *Licence.choices], required=False
    )
    swedish = _choice(_("Swedish"), Swedish, _("Not known"))
    travels = _choice(_("Can travel to work"), Travels, _("Not known"))
    minutes = forms.IntegerField(
        label=_("Minutes to work at most"),
        min_value=5,
        max_value=240,
        required=False,
        help_text=_("One way, by bus and train."),
    )
    physical = _choice(_("Bodily demands at most"), Demand, _("No limit"))
    social = _choice(_("Social demands at most"), Demand, _("No limit"))
    tempo = _choice(_("Tempo at most"), Demand, _("No limit"))
    supervision = _choice(_("Supervision needed"), Demand, _("Not known"))
    ready_on = DayField(label=_("Can begin from"), required=False)
    line = _choice(
        _("Wishes to try an occupation"), Line, _("Has not said so"), help_text=_("Only where the participant says so.")
    )
    other = forms.CharField(
        label=_("Other adaptations"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class WishForm(Form):
    """What the participant wants to work with."""

    ids = "wish_%s"
    words = forms.CharField(
        label=_("In the participant's own words"), max_length=300, help_text=_("Only what the participant says.")
    )
    occupation = ListedField(
        classifications.OCCUPATION,
        classifications,
        label=_("The occupation that comes nearest"),
        required=False,
        help_text=_("Shows what employers need of it, and the ways there."),
    )


class CompetenceForm(Form):
    """Something that the participant knows or can."""

    ids = "competence_%s"
    kind = forms.ChoiceField(label=_("Kind"), choices=CompetenceKind.choices)
    name = forms.CharField(
        label=_("What"),
        max_length=200,
        help_text=_("For example: Welding; Arabic; SFI course C, path 2. Skills are suggested while you write."),
    )
    occupation = ListedField(
        classifications.OCCUPATION, classifications, label=_("Is enough for the occupation"), required=False
    )
    level = forms.CharField(label=_("Level or grade"), max_length=60, required=False)
    validation = forms.ChoiceField(
        label=_("Validation"), choices=Validation.choices, initial=Validation.NONE, required=False
    )
    validated_on = DayField(label=_("Validated on"), required=False)
    result = forms.CharField(
        label=_("Steps and result"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    competence = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Have the page suggest skills while the name is written."""
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {
            "list": "skills",
            "autocomplete": "off",
            "hx-get": reverse("skill_list"),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": "#skills",
        }

    def clean_validation(self) -> str:
        """Read nothing as not asked for."""
        return self.cleaned_data["validation"] or Validation.NONE

    def told(self) -> dict[str, Any]:
        """Return the fields of the competence."""
        return {name: value for name, value in self.values().items() if name != "competence"}


class ReferenceForm(Form):
    """Somebody who may be asked about the participant."""

    ids = "reference_%s"
    name = forms.CharField(label=_("Name"), max_length=120)
    workplace = forms.CharField(label=_("Workplace"), max_length=200, required=False)
    contact = forms.CharField(label=_("Phone or e-mail"), max_length=120, required=False)
    gained_on = DayField(label=_("Gained"), initial=timezone.localdate)
    placement = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_gained_on(self) -> date:
        """Refuse a day to come."""
        day: date = self.cleaned_data["gained_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose today or a day before."))
        return day
