"""Meetings of groups: planned, written down, with what somebody shall do."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation
from lotsen.activities.enums import Audience, Presence
from lotsen.activities.queries import GROUPS
from lotsen.core.dates import ClockField, DayField
from lotsen.core.forms import Form
from lotsen.programmes.enums import Category
from lotsen.programmes.models import Kind, Programme

#: What is said of a partner; whether an absence is valid is asked of participants.
_CAME = (
    (Presence.PRESENT, _("Came")),
    (Presence.ABSENT_VALID, _("Gave notice")),
    (Presence.ABSENT_INVALID, _("Did not come")),
)


class MeetingForm(Form):
    """When a group meets, and about what."""

    kind = forms.ModelChoiceField(label=_("Which group"), queryset=Kind.objects.none())
    on = DayField(label=_("Day"))
    at = ClockField(label=_("Time"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=24 * 60, initial=120)
    agenda = forms.CharField(label=_("Agenda"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        """Offer the programme's groups, or where it names none, all its kinds of activity."""
        super().__init__(*args, **kwargs)
        kinds = programme.kinds.filter(category=Category.ACTIVITY)
        groups = kinds.filter(counts_as__in=GROUPS) | kinds.filter(activities__audience=Audience.PARTNERS)
        self.fields["kind"].queryset = groups.distinct() if groups.exists() else kinds  # type: ignore[attr-defined]  # of a model's field


class MinutesForm(Form):
    """Agenda, who came by organisation, and what was decided."""

    agenda = forms.CharField(label=_("Agenda"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    decisions = forms.CharField(label=_("Decided"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(
        self, *args: Any, invited: Sequence[tuple[Organisation, Presence | None]], is_over: bool, **kwargs: Any
    ) -> None:
        """Ask of each partner whether somebody came, once the meeting has been."""
        super().__init__(*args, **kwargs)
        self.invited = invited if is_over else ()
        for who, presence in self.invited:
            self.fields[f"came_{who.pk}"] = forms.ChoiceField(
                label=who.name, choices=_CAME, widget=forms.RadioSelect, initial=presence, required=False
            )

    def came(self) -> dict[Organisation, Presence]:
        """Return what is said of each partner; of whom nothing is said, nothing is known."""
        said = ((who, self.cleaned_data[f"came_{who.pk}"]) for who, _before in self.invited)
        return {who: Presence(value) for who, value in said if value}

    def presences(self) -> list[Any]:
        """Return the fields of the partners."""
        return [self[f"came_{who.pk}"] for who, _before in self.invited]


class TaskForm(Form):
    """What somebody shall do by when."""

    ids = "task_%s"
    what = forms.CharField(label=_("What"), max_length=300)
    who = forms.CharField(label=_("Who"), max_length=100)
    due_on = DayField(label=_("By"), required=False)
