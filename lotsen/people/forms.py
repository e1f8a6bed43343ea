"""Consents, protection, openings in an emergency, and the filters of their lists."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core.dates import DayField
from lotsen.core.forms import Form, accept
from lotsen.core.pages import Filters
from lotsen.programmes.enums import Sex

from . import queries
from .enums import ALWAYS_OPENED, Basis, DataCategory, GivenHow, IdentityKind, Protection, ReadingKind
from .models import ConsentQuerySet, Person, Reading, ReadingQuerySet


class PersonForm(Form):
    """Who somebody is. The number is not shown: a new one is written where it has changed."""

    given_name = forms.CharField(label=_("Given name"), max_length=100)
    family_name = forms.CharField(label=_("Family name"), max_length=100)
    birth_date = DayField(label=_("Date of birth"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("Not known")), *Sex.choices], required=False)
    contact = forms.CharField(label=_("Phone or e-mail"), max_length=120, required=False)
    identity_number = forms.CharField(
        label=_("New identity number"),
        required=False,
        max_length=20,
        help_text=_("Only if it has changed. The number before is kept, and finds the person still."),
    )
    identity_grade = forms.ChoiceField(
        label=_("If it is a coordination number: how sure is the identity?"),
        choices=[
            ("", _("It is no coordination number")),
            *((k.value, k.label) for k in IdentityKind.of_coordination()),
        ],
        required=False,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        """Begin with what stands there."""
        names = ("given_name", "family_name", "birth_date", "sex", "contact")
        initial = {name: getattr(person, name) for name in names}
        if person.identity_kind in IdentityKind.of_coordination():
            initial["identity_grade"] = person.identity_kind
        super().__init__(*args, initial=initial, **kwargs)

    def clean_identity_number(self) -> str:
        """Refuse what is no number by its field."""
        text: str = self.cleaned_data["identity_number"].strip()
        if text:
            accept(queries.normal_identity_number, text)
        return text


class OtherRecordForm(Form):
    """Which other record is the same human being."""

    number = forms.CharField(
        label=_("Case number or identity number of the other record"),
        max_length=50,
        help_text=_("You see both side by side before anything is done."),
    )


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


class MeetingForm(Form):
    """A meeting with other agencies."""

    title = forms.CharField(label=_("What the meeting is called"), max_length=200)
    on = DayField(label=_("Day"))
    unit = forms.ModelChoiceField(label=_("Who calls it"), queryset=Unit.objects.none())
    organisations = forms.ModelMultipleChoiceField(
        label=_("Agencies at the table"),
        queryset=Organisation.objects.order_by("name"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Spoken of is only who has consented to every one of them."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer the user's own units, and the organisations of their programmes."""
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=user.own_units).order_by("name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # of a model's field
        if len(units) == 1:
            self.fields["unit"].initial = units[0]
        own = Organisation.objects.filter(units__in=user.own_units)
        partners = Organisation.objects.filter(partnerships__programme__units__in=user.own_units)
        offered = partners.exclude(pk__in=own.values("pk")).distinct().order_by("name")
        self.fields["organisations"].queryset = offered  # type: ignore[attr-defined]  # of a model's field


class AgendaForm(Form):
    """Whom to speak of."""

    number = forms.CharField(label=_("Case number or identity number"), max_length=50)


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


class _ReaderField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none at run time
    """A member of staff, with the address beside the name: two may be called the same."""

    def label_from_instance(self, obj: Any) -> str:
        """Say name and address."""
        return f"{obj.name}, {obj.email}"


class ReadingFilters(Filters):
    """The log of what was read: by whom, whose record, how, and when."""

    user = _ReaderField(label=_("Read by"), queryset=User.objects.none(), required=False)
    number = forms.CharField(label=_("Case number"), required=False, max_length=50)
    kind = forms.ChoiceField(label=_("How"), choices=[("", _("All")), *ReadingKind.choices], required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer who stands in the log: of it, the database shows what the acting user audits."""
        super().__init__(*args, **kwargs)
        readers = User.objects.filter(pk__in=Reading.objects.values("user_id")).order_by("name")
        self.fields["user"].queryset = readers  # type: ignore[attr-defined]  # of a model's field

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
