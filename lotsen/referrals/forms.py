"""A referral as it is written, and the answer to it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.cases.models import Case
from lotsen.core.dates import DayField
from lotsen.core.forms import Form, accept, keeps_drafts
from lotsen.people.enums import IdentityKind
from lotsen.people.models import Person
from lotsen.people.queries import normal_identity_number
from lotsen.programmes.enums import Fact, Sex, Support
from lotsen.programmes.models import Programme, ProgrammeUnit

from .enums import Priority
from .queries import referrers_of

#: Facts that every report asks for, beside those of the programme's own rules.
REPORTED = (Fact.BORN_ABROAD,)
#: What is told by other fields, or counted from them.
_TOLD = {Fact.AGE, Fact.SEX, Fact.SUPPORT}
_UNKNOWN = ("", _("Not known"))


def facts_asked(programme: Programme) -> list[Fact]:
    """Return the facts that the programme's target groups and its reports ask for."""
    named = {each["fact"] for group in programme.targetgroups.all() for each in group.rule}
    return [fact for fact in Fact if fact not in _TOLD and (fact in named or fact in REPORTED)]


class ReferralForm(Form):
    """Who is sent, where to, and why. What must be filled in says which law or report asks for it."""

    from_organisation = forms.ModelChoiceField(label=_("Referred by"), queryset=Organisation.objects.none())
    unit = forms.ModelChoiceField(label=_("To"), queryset=Unit.objects.none())
    given_name = forms.CharField(
        label=_("Given name"), max_length=100, help_text=_("To find the record, and to make no second one.")
    )
    family_name = forms.CharField(label=_("Family name"), max_length=100)
    identity_number = forms.CharField(
        label=_("Identity number"),
        max_length=20,
        required=False,
        help_text=_(
            "The funder asks for it in the participants' report. Twelve digits. Never for a protected identity."
        ),
    )
    identity_grade = forms.ChoiceField(
        label=_("If it is a coordination number: how sure is the identity?"),
        choices=[
            ("", _("It is no coordination number")),
            *((k.value, k.label) for k in IdentityKind.of_coordination()),
        ],
        required=False,
    )
    birth_date = DayField(
        label=_("Date of birth"), required=False, help_text=_("Only where there is no number: the age groups need it.")
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[_UNKNOWN, *Sex.choices],
        required=False,
        help_text=_("Only where there is no number: all figures are shown for women and men."),
    )
    contact = forms.CharField(label=_("Phone or e-mail"), max_length=120, required=False)
    interpreter = forms.CharField(
        label=_("Interpreter: which language"),
        max_length=60,
        required=False,
        help_text=_("The authority must use one where it is needed (förvaltningslagen 13 §)."),
    )
    support = forms.ChoiceField(
        label=_("Means of support"),
        choices=[_UNKNOWN, *Support.choices],
        required=False,
        help_text=_("The target groups and the goals ask for it."),
    )
    reason = forms.CharField(
        label=_("Why, and what the person wants"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Write what the unit needs to know at the first contact. The person may read it."),
    )
    priority = forms.ChoiceField(label=_("Haste"), choices=Priority.choices, initial=Priority.ORDINARY, required=False)
    reference = forms.CharField(
        label=_("Your own reference"), max_length=60, required=False, help_text=_("So that you find it again. No name.")
    )

    def __init__(self, *args: Any, programme: Programme, user: User, **kwargs: Any) -> None:
        """Offer the units of the programme, and the organisations for which the user may refer."""
        super().__init__(*args, **kwargs)
        referrers = referrers_of(programme)
        if not programme.units.filter(pk__in=user.own_units).exists():
            referrers = referrers.filter(pk__in=user.referring_organisations)
        units = programme.units.order_by("name")
        for name, rows in (("from_organisation", referrers), ("unit", units)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # of a model's field
            if len(rows) == 1:
                self.fields[name].initial = rows[0]
        self.asked = facts_asked(programme)
        for fact in self.asked:
            self.fields[fact] = _field_of(fact)

    def keep_drafts(self, url: str) -> None:
        """Have the page send what is being written to this address."""
        keeps_drafts(self.fields["reason"], url)

    def clean_identity_number(self) -> str:
        """Refuse what is no number by its field."""
        text: str = self.cleaned_data["identity_number"].strip()
        if text:
            accept(normal_identity_number, text)
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for day of birth and sex where no number tells them."""
        data = super().clean() or {}
        if not data.get("identity_number") and "identity_number" not in self.errors:
            for name in ("birth_date", "sex"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Needed where there is no identity number."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return the facts that were told, by the name of the case's field."""
        return {fact.value: _fact(self.cleaned_data[fact]) for fact in self.asked}

    def told(self) -> dict[str, Any]:
        """Return the other fields."""
        return {name: value for name, value in self.values().items() if name not in {*self.asked, "priority"}} | {
            "priority": self.cleaned_data["priority"] or Priority.ORDINARY
        }


def _field_of(fact: Fact) -> forms.Field:
    """Return the field that asks for a fact: a number of months, or yes, no, not known."""
    label = str(fact.label)
    label = label[:1].upper() + label[1:]
    if fact == Fact.MONTHS_WITHOUT_WORK:
        return forms.IntegerField(
            label=label,
            min_value=0,
            max_value=720,
            required=False,
            widget=forms.NumberInput(attrs={"class": "ds-input", "inputmode": "numeric"}),
        )
    choices = [_UNKNOWN, ("yes", _("Yes")), ("no", _("No"))]
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.Select(attrs={"class": "ds-input"})
    )


def _fact(value: Any) -> Any:
    return {"yes": True, "no": False, "": None}.get(value, value) if isinstance(value, str) else value


class AcceptForm(Form):
    """Whose record it is: a new one, or one that is there already."""

    person = forms.ModelChoiceField(
        label=_("Whose record"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("A new record"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, known: list[Person], **kwargs: Any) -> None:
        """Offer the persons who may be the same."""
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(pk__in=[person.pk for person in known])  # type: ignore[attr-defined]  # of a model's field


class DeclineForm(Form):
    """The answer to a referral that is declined."""

    answer = forms.CharField(
        label=_("Why not"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The referrer reads it. Say what the person could do instead."),
    )


class TransferForm(Form):
    """Where somebody goes on: to a unit of a programme here, or to somebody outside."""

    to = forms.ChoiceField(label=_("To whom"))
    outside = forms.CharField(
        label=_("Who, outside Lotsen"),
        max_length=200,
        required=False,
        help_text=_("For example the coordinating association."),
    )
    on = DayField(label=_("Day"), initial=timezone.localdate)
    reason = forms.CharField(
        label=_("What they need to know"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only what the consent covers."),
    )
    has_consent = forms.BooleanField(
        label=_("The participant has agreed, and the receiver has said yes"), required=False
    )
    OUTSIDE = "outside"

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        """Offer the units of programmes that run, but for the case's own."""
        super().__init__(*args, **kwargs)
        rows = ProgrammeUnit.objects.filter(programme__ends_on__gte=timezone.localdate())
        rows = (
            rows.exclude(programme=case.programme_id, unit=case.unit_id)
            .select_related("programme", "unit")
            .order_by("unit__name")
        )
        self.places = {str(row.pk): row for row in rows}
        choices = [(key, f"{row.unit.name}, {row.programme.name}") for key, row in self.places.items()]
        self.fields["to"].choices = [("", _("Choose")), *choices, (self.OUTSIDE, _("Somebody outside Lotsen"))]  # type: ignore[attr-defined]  # of a choice

    def clean(self) -> dict[str, Any]:
        """Ask for what each of the two ways needs."""
        data = super().clean() or {}
        if data.get("to") == self.OUTSIDE:
            if not data.get("outside"):
                self.add_error("outside", _("Write who takes over."))
            if not data.get("has_consent"):
                self.add_error("has_consent", _("Nobody is handed over without having agreed."))
        elif data.get("to") and not data.get("reason"):
            self.add_error("reason", _("Write what they need to know."))
        return data
