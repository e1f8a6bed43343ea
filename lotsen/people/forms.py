"""Consents, protection, openings in an emergency, and the filters of their lists."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core.dates import DayField
from lotsen.core.forms import Form
from lotsen.core.pages import Filters

from . import queries
from .enums import ALWAYS_OPENED, Basis, DataCategory, GivenHow, Protection, ReadingKind
from .models import ConsentQuerySet, Person, ReadingQuerySet


class ConsentForm(Form):
    """A consent, or another ground: who tells whom, which data, for what, how long."""

    basis = forms.ChoiceField(label=_("Ground"), choices=Basis.choices, initial=Basis.CONSENT)
    from_unit = forms.ModelChoiceField(label=_("Who tells"), queryset=Unit.objects.none())
    to_organisation = forms.ModelChoiceField(
        label=_("To whom"), queryset=Organisation.objects.order_by("name"), help_text=_("The authority or company.")
    )
    to_unit = forms.ModelChoiceField(
        label=_("Their unit in Lotsen"),
        queryset=Unit.objects.select_related("organisation").order_by("organisation__name", "name"),
        required=False,
        help_text=_("Its staff then see the data here. Leave it empty if they do not use Lotsen."),
    )
    categories = forms.MultipleChoiceField(
        label=_("Kinds of data, beside name and case"),
        choices=[(c.value, c.label) for c in DataCategory if c not in ALWAYS_OPENED],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Name, date of birth and the course of the case are always told. Choose what else."),
    )
    purpose = forms.CharField(
        label=_("For what"),
        max_length=500,
        help_text=_("What they need the data for, as it was said to the person."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    valid_from = DayField(label=_("From"), initial=timezone.localdate)
    valid_until = DayField(label=_("Until and including"), help_text=_("A consent always ends. At most two years."))
    given_how = forms.ChoiceField(
        label=_("How the consent was given"), choices=[("", _("Choose")), *GivenHow.choices], required=False
    )

    def __init__(self, *args: Any, person: Person, user: User, **kwargs: Any) -> None:
        """Offer the user's own units that have a record of the person."""
        super().__init__(*args, **kwargs)
        own = queries.units_that_tell(person, user)
        self.fields["from_unit"].queryset = own  # type: ignore[attr-defined]  # of a model's field
        if len(own) == 1:
            self.fields["from_unit"].initial = own[0]

    def clean(self) -> dict[str, Any]:
        """Hold the days together, and ask how where there is a consent."""
        data = super().clean() or {}
        begins, ends = data.get("valid_from"), data.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", _("The end lies before the beginning."))
        elif begins and ends and ends > begins + timedelta(days=731):
            self.add_error("valid_until", _("At most two years. Ask the person again after that."))
        if data.get("basis") == Basis.CONSENT and not data.get("given_how"):
            self.add_error("given_how", _("Say how the consent was given."))
        return data


class ProtectionForm(Form):
    """The kind of protection, and who may know beside the one who sets it."""

    protection = forms.ChoiceField(
        label=_("Kind of protection"), choices=[c for c in Protection.choices if c[0] != Protection.NONE]
    )
    readers = forms.ModelMultipleChoiceField(
        label=_("Who may know, beside you"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As few as possible, so that somebody is there when you are away."),
    )

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        """Offer the colleagues of the unit."""
        super().__init__(*args, **kwargs)
        self.fields["readers"].queryset = colleagues  # type: ignore[attr-defined]  # of a model's field


class ReaderForm(Form):
    """One more user who may know."""

    reader = forms.ModelChoiceField(label=_("Colleague"), queryset=User.objects.none())

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        """Offer the colleagues who are not named yet."""
        super().__init__(*args, **kwargs)
        self.fields["reader"].queryset = colleagues  # type: ignore[attr-defined]  # of a model's field


class EmergencyForm(Form):
    """Which record, and why it cannot wait."""

    number = forms.CharField(label=_("Case number or identity number"), max_length=50)
    reason = forms.CharField(
        label=_("Why it cannot wait"),
        max_length=500,
        min_length=10,
        help_text=_("Your manager reads this. You can see the record for an hour."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": _("Write a few words more, so that your manager understands.")},
    )


class ReadingFilters(Filters):
    """The log of what was read: by whom, whose record, how, and when."""

    user = forms.ModelChoiceField(label=_("Read by"), queryset=User.objects.none(), required=False)
    number = forms.CharField(label=_("Case number"), required=False, max_length=50)
    kind = forms.ChoiceField(label=_("How"), choices=[("", _("All")), *ReadingKind.choices], required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer everybody: the log outlives the roles."""
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.order_by("name")  # type: ignore[attr-defined]  # of a model's field

    def apply(self, queryset: Any) -> ReadingQuerySet:
        """Narrow the log."""
        found: ReadingQuerySet = queryset
        data = self.cleaned_data
        if data["user"]:
            found = found.filter(user_id=data["user"].pk)
        if data["number"]:
            found = found.filter(subjects__overlap=queries.subjects_of(data["number"]))
        if data["kind"]:
            found = found.filter(kind=data["kind"])
        if data["since"]:
            found = found.filter(at__gte=_begin(data["since"]))
        if data["until"]:
            found = found.filter(at__lt=_begin(data["until"] + timedelta(days=1)))
        return found


def _begin(day: date) -> datetime:
    """Return the first moment of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))


class ConsentFilters(Filters):
    """The list of consents: which of them hold."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), ("in_force", _("In force")), ("over", _("Withdrawn or ended"))],
        required=False,
    )

    def apply(self, queryset: Any) -> ConsentQuerySet:
        """Narrow the list."""
        found: ConsentQuerySet = queryset
        today = timezone.localdate()
        if self.cleaned_data["state"] == "in_force":
            return found.in_force(today)
        if self.cleaned_data["state"] == "over":
            return found.exclude(pk__in=found.in_force(today).values("pk"))
        return found
