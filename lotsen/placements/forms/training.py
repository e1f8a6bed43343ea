"""Training offers, who takes them, and the filters of the list."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.cases.models import Case
from lotsen.core.dates import DayField
from lotsen.core.forms import Form, long_text
from lotsen.core.pages import Filters
from lotsen.employers.enums import Swedish
from lotsen.placements.enums import TrainingKind, TrainingState
from lotsen.placements.models import TrainingOfferQuerySet

from .course import occupation_field


class TrainingForm(Form):
    """A course or an apprenticeship."""

    kind = forms.ChoiceField(label=_("Kind"), choices=TrainingKind.choices)
    title = forms.CharField(label=_("Title"), max_length=120)
    provider = forms.CharField(label=_("Who gives it"), max_length=120)
    occupation = occupation_field()
    from_on = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), required=False)
    apply_by = DayField(label=_("Apply by"), required=False)
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=5000, required=False)
    swedish = forms.ChoiceField(label=_("Swedish"), choices=[("", _("Not known")), *Swedish.choices], required=False)
    needs_licence = forms.NullBooleanField(label=_("A driving licence is needed"), required=False)
    must = long_text(2, label=_("What else one must have"))
    about = long_text(3, label=_("About"))
    link = forms.URLField(label=_("More about it"), required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        """It ends after it has begun, and one applies before it ends."""
        data = super().clean() or {}
        first, last, apply_by = data.get("from_on"), data.get("until"), data.get("apply_by")
        if first and last and last < first:
            self.add_error("until", _("The last day lies before the first."))
        if apply_by and (last or first) and apply_by > (last or first):
            self.add_error("apply_by", _("The day lies after the training."))
        return data


class TakerForm(Form):
    """How far a participant has come with it."""

    ids = "taker_%s"
    case = forms.ModelChoiceField(label=_("Participant"), queryset=Case.objects.none())
    state = forms.ChoiceField(label=_("State"), choices=TrainingState.choices)
    since = DayField(label=_("Since"), initial=timezone.localdate)

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        """Offer the cases by name."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["case"]
        field.queryset, field.label_from_instance = cases, lambda case: case.list_name


class TrainingFilters(Filters):
    """Training offers by words, and whether one can still apply."""

    q = forms.CharField(label=_("Occupation, title or provider"), required=False, max_length=100)
    over = forms.BooleanField(label=_("Also those that have begun"), required=False)

    def apply(self, queryset: Any) -> TrainingOfferQuerySet:
        """Narrow the list."""
        found: TrainingOfferQuerySet = queryset
        data = self.cleaned_data
        if not data["over"]:
            found = found.open(timezone.localdate())
        if words := data["q"].strip():
            found = found.named(words)
        return found
