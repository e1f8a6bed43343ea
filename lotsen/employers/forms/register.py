"""Employers, workplaces, people, contacts and analyses as they are written down; the filters of the register."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NotANumber
from stdnum.se import orgnr

from lotsen.access.models import Municipality
from lotsen.core.forms import Form
from lotsen.core.pages import Filters
from lotsen.employers.enums import Sector, Size, classifications
from lotsen.employers.models import Contact, EmployerQuerySet, Workplace


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
