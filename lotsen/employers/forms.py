"""Employers, workplaces, people, contacts and analyses as they are written down; the filters of the register."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NotANumber
from stdnum.se import orgnr

from lotsen.access.models import Municipality, User
from lotsen.core.dates import DayField, years_after
from lotsen.core.forms import Form, long_text
from lotsen.core.pages import Filters
from lotsen.programmes.models import Programme

from .enums import ContactKind, Demand, Sector, Size, Swedish, classifications
from .models import Contact, ContactPerson, Employer, EmployerQuerySet, Workplace


def _industries() -> list[tuple[str, str]]:
    return [("", str(_("Not known"))), *classifications.names(classifications.INDUSTRY).items()]


def parse_number(typed: str) -> str:
    """Return an organisation number as ten digits. Raises `ValidationError` with a sentence for what is none.

    The number of somebody who trades alone is the identity number of that person, and is not kept here.
    """
    number = "".join(filter(str.isdigit, typed))
    if len(number) == 12 and number[:2] in {"16", "19", "20"}:
        number = number[2:]
    try:
        number = str(orgnr.validate(number))
    except NotANumber:
        raise forms.ValidationError(
            _("An organisation number has ten digits, as 555555-5555, and the last one checks the others. Look again.")
        ) from None
    if number[2] in "01":
        raise forms.ValidationError(
            _("This is the identity number of a person who trades alone. Leave the field empty: the name is enough.")
        )
    return number


class EmployerForm(Form):
    """An employer."""

    name = forms.CharField(label=_("Name"), max_length=200)
    organisation_number = forms.CharField(
        label=_("Organisation number"), max_length=20, required=False, help_text=_("For example 555555-5555.")
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices, initial=Sector.PRIVATE)
    industry = forms.ChoiceField(label=_("Industry"), choices=_industries, required=False)
    size = forms.ChoiceField(label=_("Size"), choices=[("", _("Not known")), *Size.choices], required=False)
    about = forms.CharField(label=_("About"), max_length=500, required=False)
    #: Said by who has looked at the ones that may be the same.
    is_another = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_organisation_number(self) -> str:
        """Check the number by its last digit."""
        typed: str = self.cleaned_data["organisation_number"].strip()
        return parse_number(typed) if typed else ""

    def told(self) -> dict[str, Any]:
        """Return what the action takes by name."""
        return {name: value for name, value in self.values().items() if name != "is_another"}


class WorkplaceForm(Form):
    """A workplace of an employer."""

    ids = "workplace_%s"
    name = forms.CharField(label=_("Name of the workplace"), max_length=200)
    municipality = forms.ModelChoiceField(label=_("Municipality"), queryset=Municipality.objects.order_by("name"))
    address = forms.CharField(label=_("Address"), max_length=200, required=False)


class PersonForm(Form):
    """Somebody at an employer."""

    ids = "person_%s"
    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.CharField(label=_("Role"), max_length=100, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    workplace = forms.ModelChoiceField(label=_("Workplace"), queryset=Workplace.objects.none(), required=False)
    is_supervisor = forms.BooleanField(label=_("Supervises participants"), required=False)
    trained_on = DayField(label=_("Trained as a supervisor on"), required=False)

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        """Offer the workplaces of the employer."""
        super().__init__(*args, **kwargs)
        self.fields["workplace"].queryset = employer.workplaces.all()  # type: ignore[attr-defined]  # of a model's field

    def clean(self) -> dict[str, Any]:
        """Whoever is trained as a supervisor is one."""
        data = super().clean() or {}
        if data.get("trained_on"):
            data["is_supervisor"] = True
        return data


class ContactForm(Form):
    """That an employer was met: how, with whom, what was said, and when to be in touch again."""

    ids = "contact_%s"
    programme = forms.ModelChoiceField(label=_("Project"), queryset=Programme.objects.none())
    kind = forms.ChoiceField(label=_("How"), choices=ContactKind.choices)
    on = DayField(label=_("Day"), initial=timezone.localdate)
    person = forms.ModelChoiceField(label=_("With whom"), queryset=ContactPerson.objects.none(), required=False)
    about = long_text(
        3, label=_("What was said"), help_text=_("Nothing about a participant: that belongs in the case.")
    )
    next_on = DayField(label=_("In touch again"), required=False)
    next_what = forms.CharField(label=_("About what"), max_length=200, required=False)

    def __init__(self, *args: Any, employer: Employer, user: User, today: date, **kwargs: Any) -> None:
        """Offer the running programmes of the user's units, and the people that one knows."""
        super().__init__(*args, **kwargs)
        running = Programme.objects.filter(units__in=user.own_units, ends_on__gte=today - timedelta(days=31))
        self.fields["programme"].queryset = running.distinct()  # type: ignore[attr-defined]  # of a model's field
        self.fields["programme"].initial = running.first()
        self.fields["person"].queryset = employer.people.all()  # type: ignore[attr-defined]  # of a model's field
        self.today = today

    def clean(self) -> dict[str, Any]:
        """What was said was said; what comes, comes after."""
        data = super().clean() or {}
        on, following = data.get("on"), data.get("next_on")
        if on and on > self.today:
            self.add_error("on", _("The day lies ahead. Write it under “In touch again”."))
        if on and following and following < on:
            self.add_error("next_on", _("The day lies before the contact."))
        if data.get("next_what") and not following and "next_on" not in self.errors:
            self.add_error("next_on", _("Write a day, so that you are reminded."))
        return data


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


class EmployerFilters(Filters):
    """Employers by name or number, industry, municipality, and whom one has met oneself."""

    q = forms.CharField(label=_("Name or number"), required=False, max_length=100)
    industry = forms.ChoiceField(
        label=_("Industry"),
        choices=lambda: [("", gettext("All")), *classifications.names(classifications.INDUSTRY).items()],
        required=False,
    )
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.order_by("name"), required=False
    )
    met = forms.BooleanField(label=_("Only those we have met"), required=False)

    def apply(self, queryset: Any) -> EmployerQuerySet:
        """Narrow the register."""
        found: EmployerQuerySet = queryset
        data = self.cleaned_data
        if data["q"].strip():
            found = found.named(data["q"])
        if data["industry"]:
            found = found.filter(industry=data["industry"])
        if data["municipality"]:
            here = Workplace.objects.filter(employer=OuterRef("pk"), municipality=data["municipality"])
            found = found.filter(Exists(here))
        if data["met"]:
            found = found.filter(Exists(Contact.objects.filter(employer=OuterRef("pk"))))
        return found
