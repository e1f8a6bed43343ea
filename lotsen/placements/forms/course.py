"""A placement planned, begun, ended; its agreement signed; followed up; how it went; the filters of the list."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core.dates import WEEKDAYS, ClockField, DayField
from lotsen.core.forms import Form, ListedField, long_text
from lotsen.core.pages import Filters
from lotsen.employers.enums import classifications
from lotsen.employers.models import ContactPerson, Workplace
from lotsen.placements.enums import Party, PlacementState, SignedBy, StoppedBy, VisitWay, Would
from lotsen.placements.models import Placement, PlacementQuerySet
from lotsen.placements.queries.subsidies import subsidy_names
from lotsen.programmes.enums import Category
from lotsen.programmes.models import Kind


class TimesForm(Form):
    """From when until when, how much a week, on which days and at which hours."""

    from_on = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), required=False, help_text=_("Empty where it goes on until further notice."))
    hours_per_week = forms.IntegerField(label=_("Hours a week"), min_value=1, max_value=60, required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"),
        choices=list(enumerate(WEEKDAYS, start=1)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    day_from = ClockField(label=_("From the hour"), required=False, help_text=_("For example 9.00."))
    day_to = ClockField(label=_("To the hour"), required=False)

    def clean(self) -> dict[str, Any]:
        """The last day does not lie before the first, nor does the last hour."""
        data = super().clean() or {}
        first, last = data.get("from_on"), data.get("until")
        if first and last and last < first:
            self.add_error("until", _("The last day lies before the first."))
        begins, ends = data.get("day_from"), data.get("day_to")
        if begins and ends and ends <= begins:
            self.add_error("day_to", _("The hour lies before the one it begins at."))
        return data


def occupation_field(**given: Any) -> ListedField:
    """Return a field for an occupation by SSYK 2012. Its page needs the list `_classifications.html`."""
    return ListedField(classifications.OCCUPATION, classifications, label=_("Occupation"), **given)


class _WorkForm(TimesForm):
    """What the work is: shared by planning a placement and changing it."""

    schedule = forms.CharField(label=_("More about the times"), max_length=200, required=False)
    tasks = long_text(3, label=_("Tasks"))
    supervisor = forms.ModelChoiceField(label=_("Supervisor"), queryset=ContactPerson.objects.none(), required=False)
    insurance = forms.CharField(
        label=_("Insurance"),
        max_length=300,
        required=False,
        help_text=_("Who insures the participant at the workplace."),
    )
    occupation = occupation_field(required=False)
    language_supporter = forms.ModelChoiceField(
        label=_("Language supporter"), queryset=User.objects.none(), required=False
    )
    language_hours = forms.IntegerField(
        label=_("Hours of language support a week"), min_value=1, max_value=60, required=False
    )
    subsidy = forms.ChoiceField(
        label=_("Subsidised as"),
        choices=lambda: [("", gettext("Not subsidised")), *subsidy_names().items()],
        required=False,
    )
    subsidy_until = DayField(label=_("Decided until"), required=False)
    is_stage = forms.BooleanField(label=_("A stage on the way, not the goal"), required=False)

    def offer(self, workplace: Workplace, unit: UUID) -> None:
        """Offer the people of the employer, and the staff of the unit."""
        people = ContactPerson.objects.filter(employer=workplace.employer_id)
        self.fields["supervisor"].queryset = people  # type: ignore[attr-defined]  # of a model's field
        staff = User.objects.filter(memberships__unit=unit, is_active=True).distinct().order_by("name")
        self.fields["language_supporter"].queryset = staff  # type: ignore[attr-defined]  # of a model's field

    def clean(self) -> dict[str, Any]:
        """A decision is of a subsidy."""
        data = super().clean() or {}
        if data.get("subsidy_until") and not data.get("subsidy"):
            self.add_error("subsidy", _("Choose what the decision is about."))
        return data


class PlanForm(_WorkForm):
    """A placement of somebody at a workplace."""

    kind = forms.ModelChoiceField(label=_("Kind"), queryset=Kind.objects.none())
    field_order = ("kind", "from_on", "until", "hours_per_week", "weekdays", "day_from", "day_to", "schedule", "tasks")

    def __init__(self, *args: Any, case: Case, workplace: Workplace, **kwargs: Any) -> None:
        """Offer the kinds of the programme."""
        super().__init__(*args, **kwargs)
        kinds = case.programme.kinds.filter(category=Category.PLACEMENT)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]  # of a model's field
        self.offer(workplace, case.unit_id)


class ChangeForm(_WorkForm):
    """What is planned or agreed, changed."""

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        """Begin with what stands there."""
        names = [name for name in self.base_fields if hasattr(placement, name)]
        kwargs.setdefault("initial", {name: getattr(placement, name) for name in names})
        super().__init__(*args, **kwargs)
        self.offer(placement.workplace, placement.case.unit_id)
        if not placement.is_ahead:
            del self.fields["from_on"]


class WorkplaceSearch(forms.Form):
    """Where somebody is to be placed: a part of the name of a workplace or an employer."""

    q = forms.CharField(
        label=_("Workplace or employer"),
        max_length=100,
        min_length=2,
        widget=forms.TextInput(attrs={"class": "ds-input"}),
    )


class StartForm(Form):
    """The first day, and why there is no analysis where there is none."""

    ids = "start_%s"
    on = DayField(label=_("Began on"), initial=timezone.localdate)
    without_analysis = forms.CharField(
        label=_("Why it begins without a workplace analysis"), max_length=300, required=False
    )

    def __init__(self, *args: Any, has_analysis: bool, **kwargs: Any) -> None:
        """Ask for the reason where no analysis holds."""
        super().__init__(*args, **kwargs)
        if has_analysis:
            del self.fields["without_analysis"]


class EndForm(Form):
    """The last day."""

    ids = "end_%s"
    on = DayField(label=_("Last day"), initial=timezone.localdate)


class StopForm(Form):
    """On whose wish something ends before its time, or never begins, and why."""

    ids = "stop_%s"
    on = DayField(label=_("Last day"), initial=timezone.localdate)
    stopped_by = forms.ChoiceField(label=_("On whose wish"), choices=StoppedBy.choices, widget=forms.RadioSelect)
    stopped_why = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("So that both can read it."),
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        """Ask for no day where nothing has begun."""
        super().__init__(*args, **kwargs)
        if placement.is_ahead:
            del self.fields["on"]


class SignForm(Form):
    """Who has signed, on paper or on the screen."""

    ids = "sign_%s"
    party = forms.ChoiceField(label=_("Who has signed"), choices=Party.choices)
    how = forms.ChoiceField(label=_("How"), choices=[c for c in SignedBy.choices if c[0] != SignedBy.LINK])
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    on = DayField(label=_("Day"), initial=timezone.localdate)


class VisitForm(Form):
    """A follow-up at the workplace."""

    ids = "visit_%s"
    on = DayField(label=_("Day"), initial=timezone.localdate)
    way = forms.ChoiceField(label=_("How"), choices=VisitWay.choices)
    workplace_says = long_text(2, label=_("What the workplace says"))
    participant_says = long_text(2, label=_("What the participant says"))
    agreed = forms.CharField(label=_("What you agreed"), max_length=300, required=False)


class SupervisorForm(Form):
    """How it went, as the supervisor says it."""

    ids = "supervisor_%s"
    went_well = long_text(3, label=_("What went well?"))
    was_hard = long_text(3, label=_("What was hard?"))
    hours_missed = forms.IntegerField(
        label=_("Hours missed without notice, about"), min_value=0, max_value=2000, required=False
    )
    would = forms.ChoiceField(
        label=_("Would you employ the participant, if you had a job?"), choices=Would.choices, widget=forms.RadioSelect
    )


class ParticipantForm(Form):
    """How it went, as the participant says it; also about what the supervisor has said."""

    ids = "participant_%s"
    went_well = long_text(3, label=_("What went well?"))
    was_hard = long_text(3, label=_("What was hard?"))
    would = forms.ChoiceField(label=_("Would you like to work there?"), choices=Would.choices, widget=forms.RadioSelect)
    agrees = forms.NullBooleanField(label=_("Do you agree with what the supervisor says?"), required=False)


class SignByLinkForm(forms.Form):
    """The name of whoever signs for the workplace."""

    name = forms.CharField(label=_("Your name"), max_length=120)


class PlacementFilters(Filters):
    """Placements by state, kind and unit, and by the name of the workplace."""

    q = forms.CharField(label=_("Workplace or employer"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"), choices=lambda: [("", gettext("All")), *PlacementState.choices], required=False
    )
    soon = forms.BooleanField(label=_("Only those that end within a month"), required=False)

    def apply(self, queryset: Any) -> PlacementQuerySet:
        """Narrow the list."""
        found: PlacementQuerySet = queryset
        data = self.cleaned_data
        if data["q"].strip():
            found = found.at(data["q"])
        if data["state"]:
            found = found.filter(state=data["state"])
        if data["soon"]:
            today = timezone.localdate()
            found = found.filter(state=PlacementState.RUNNING, until__range=(today, today + timedelta(days=31)))
        return found
