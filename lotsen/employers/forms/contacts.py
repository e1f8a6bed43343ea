"""Whom one meets at an employer, and what was said."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import User
from lotsen.core.dates import DayField
from lotsen.core.forms import Form, long_text
from lotsen.employers.enums import ContactKind
from lotsen.employers.models import ContactPerson, Employer, Workplace
from lotsen.programmes.models import Programme


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
