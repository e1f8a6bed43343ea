"""A note with the next meeting, an appointment, handing over cases, snippets."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Unit, User
from lotsen.cases.enums import ContactWay
from lotsen.cases.models import Case
from lotsen.core.dates import ClockField, DayField
from lotsen.core.forms import Form, keeps_drafts
from lotsen.people.queries import colleagues
from lotsen.programmes.enums import Category
from lotsen.programmes.models import Kind

from .enums import Came, Interpreter, WaitsFor


class AppointmentForm(Form):
    """A meeting with a participant."""

    on = DayField(label=_("Day"), help_text=_("For example 20/11 or tomorrow."))
    at = ClockField(label=_("Time"), help_text=_("For example 10.15."))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=720, initial=45)
    way = forms.ChoiceField(label=_("How"), choices=ContactWay.choices, initial=ContactWay.MEETING)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    interpreter = forms.ChoiceField(label=_("Interpreter"), choices=Interpreter.choices, required=False)
    kind = forms.ModelChoiceField(
        label=_("Counts as"),
        queryset=Kind.objects.none(),
        required=False,
        help_text=_("A kind of activity counts as participant hours, when the participant comes."),
    )
    MEETING = ("on", "at", "minutes", "way", "place", "interpreter", "kind")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        """Offer the programme's kinds of activity. Who needs an interpreter is asked about one."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = case.programme.kinds.filter(category=Category.ACTIVITY, counts_as="")  # type: ignore[attr-defined]  # of a model's field
        needs = getattr(case, "needs", None)
        if needs and needs.interpreter:
            self.fields["interpreter"].initial = Interpreter.TO_BOOK

    def meeting(self) -> dict[str, Any]:
        """Return the fields of the meeting."""
        return {name: self.cleaned_data[name] for name in self.MEETING}


class NoteForm(Form):
    """What was said and done; and the next meeting on the same page."""

    on = DayField(label=_("Day"), initial=timezone.localdate)
    way = forms.ChoiceField(
        label=_("How you met"), choices=[("", _("No contact, only a note")), *ContactWay.choices], required=False
    )
    was_reached = forms.BooleanField(
        label=_("I reached the participant"),
        required=False,
        initial=True,
        help_text=_("Take the tick away where you tried in vain."),
    )
    body = forms.CharField(
        label=_("Your note"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What the participant said and wants first, then what you think. The participant may read it."),
    )
    is_private = forms.BooleanField(
        label=_("Only I read this"),
        required=False,
        help_text=_("It belongs to the record all the same, and is told when the participant asks for it."),
    )
    waits_for = forms.ChoiceField(
        label=_("Whose turn is it?"), choices=[("", _("Mine")), *WaitsFor.choices], required=False
    )
    waits_until = DayField(label=_("Wait until"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def keep_drafts(self, url: str) -> None:
        """Have the page send what is being written to this address."""
        keeps_drafts(self.fields["body"], url)

    def note(self) -> dict[str, Any]:
        """Return the fields of the note that its actions take by name."""
        names = ("way", "was_reached", "is_private", "waits_for", "waits_until")
        told = {name: self.cleaned_data[name] for name in names}
        if not told["waits_for"]:
            told["waits_until"] = None
        return told


class NextMeetingForm(AppointmentForm):
    """The next meeting, where one is booked with the note: nothing is asked for where the day is empty."""

    on = DayField(label=_("Day"), required=False)
    at = ClockField(label=_("Time"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=720, initial=45, required=False)
    way = forms.ChoiceField(label=_("How"), choices=ContactWay.choices, initial=ContactWay.MEETING, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep its fields apart from those of the note."""
        super().__init__(*args, prefix="next", **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask for the time where there is a day."""
        data = super().clean() or {}
        if data.get("on"):
            if not data.get("at") and "at" not in self.errors:
                self.add_error("at", _("Write the time of the meeting, for example 10.15."))
            data["minutes"] = data.get("minutes") or 45
            data["way"] = data.get("way") or ContactWay.MEETING
        return data


class CameForm(Form):
    """What became of an appointment."""

    came = forms.ChoiceField(choices=Came.choices)


class HandOverForm(Form):
    """A colleague's cases go to another one."""

    to = forms.ModelChoiceField(label=_("To whom"), queryset=User.objects.none())
    since = DayField(label=_("From"), initial=timezone.localdate)
    note = forms.CharField(
        label=_("A note in each case"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the next one must know."),
    )

    def __init__(self, *args: Any, unit: Unit, leaving: User, **kwargs: Any) -> None:
        """Offer the other colleagues of the unit."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues(unit).exclude(pk=leaving.pk)  # type: ignore[attr-defined]  # of a model's field


class SnippetForm(Form):
    """A text that the unit writes often."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    name = forms.CharField(label=_("Short name"), max_length=40)
    body = forms.CharField(label=_("Text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer the user's own units."""
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=user.own_units).order_by("name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # of a model's field
        if len(units) == 1:
            self.fields["unit"].initial = units[0]


class CompetenceForm(Form):
    """What a colleague is good at, shown where somebody is chosen for a case."""

    competence = forms.CharField(
        label=_("Good at"), max_length=200, required=False, help_text=_("Languages, groups, methods.")
    )
