"""A place that an employer offers, and the filters of the list."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Municipality
from lotsen.cases.models import Case
from lotsen.core.dates import DayField
from lotsen.core.forms import Form, long_text
from lotsen.core.pages import Filters
from lotsen.employers.enums import Demand, Swedish
from lotsen.placements.enums import Offered
from lotsen.placements.models import OpeningQuerySet

from .course import TimesForm, occupation_field


class OpeningForm(TimesForm):
    """A place, or several alike."""

    title = forms.CharField(label=_("What the place is called"), max_length=120)
    occupation = occupation_field(required=False)
    offers = forms.MultipleChoiceField(
        label=_("Offered as"), choices=Offered.choices, widget=forms.CheckboxSelectMultiple
    )
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=500, initial=1)
    tasks = forms.CharField(label=_("Tasks"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    must = long_text(2, label=_("What one must have"))
    wish = long_text(2, label=_("What is good to have"))
    from_on = DayField(label=_("First day"), required=False)
    open_until = DayField(label=_("Wanted until"), required=False, help_text=_("After this day nobody is proposed."))
    swedish = forms.ChoiceField(label=_("Swedish"), choices=[("", _("Not known")), *Swedish.choices], required=False)
    takes_language_support = forms.BooleanField(label=_("Less will do with language support"), required=False)
    supervision = forms.ChoiceField(
        label=_("Supervision that can be given"), choices=[("", _("Not known")), *Demand.choices], required=False
    )
    needs_licence = forms.NullBooleanField(label=_("A driving licence is needed"), required=False)
    adaptations = long_text(2, label=_("What can be adapted"))
    field_order = (
        *("title", "occupation", "offers", "places", "tasks", "must", "wish", "from_on", "until", "open_until"),
        *("hours_per_week", "weekdays", "day_from", "day_to", "swedish", "takes_language_support", "needs_licence"),
        "supervision",
    )


class CloseForm(Form):
    """Why an opening is closed before it is filled."""

    ids = "close_%s"
    closed_why = forms.CharField(label=_("Why"), max_length=200, required=False)


class ChosenForm(forms.Form):
    """Whom to place: one of the open cases of the user's units."""

    case = forms.ModelChoiceField(label=_("Participant"), queryset=Case.objects.none())

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        """Offer them by name."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["case"]
        field.queryset, field.label_from_instance = cases, lambda case: case.list_name
        field.widget.attrs["class"], field.empty_label = "ds-input", _("Choose")


class OpeningFilters(Filters):
    """Openings by words, kind and municipality, and whether they are open."""

    q = forms.CharField(label=_("Occupation, title or workplace"), required=False, max_length=100)
    offered = forms.ChoiceField(label=_("Offered as"), choices=[("", _("All")), *Offered.choices], required=False)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.order_by("name"), required=False
    )
    over = forms.BooleanField(label=_("Also filled and closed ones"), required=False)

    def apply(self, queryset: Any) -> OpeningQuerySet:
        """Narrow the list."""
        found: OpeningQuerySet = queryset
        data = self.cleaned_data
        if not data["over"]:
            found = found.open(timezone.localdate())
        if data["q"].strip():
            found = found.named(data["q"])
        if data["offered"]:
            found = found.filter(offers__contains=[data["offered"]])
        if data["municipality"]:
            found = found.filter(workplace__municipality=data["municipality"])
        return found
