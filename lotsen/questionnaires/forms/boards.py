"""A board: its name, a note, and what is decided."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lotsen.access.models import User
from lotsen.core.dates import DayField
from lotsen.core.forms import Form
from lotsen.programmes.models import Programme
from lotsen.questionnaires.enums import Quadrant
from lotsen.questionnaires.models import Wave


class BoardForm(Form):
    """A new board."""

    title = forms.CharField(label=gettext_lazy("What the board is about"), max_length=200)
    wave = forms.ModelChoiceField(
        label=gettext_lazy("Begin with what a survey has gathered"), queryset=Wave.objects.none(), required=False
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        """Take the programme, whose waves have something to begin with."""
        super().__init__(*args, **kwargs)
        self.fields["wave"].queryset = programme.waves.all()  # type: ignore[attr-defined]  # a field of rows


class NoteForm(Form):
    """A note in one field."""

    quadrant = forms.ChoiceField(choices=Quadrant.choices, widget=forms.HiddenInput)
    text = forms.CharField(label=gettext_lazy("New note"), max_length=500)


class MeasureForm(Form):
    """What somebody does by a day."""

    text = forms.CharField(label=gettext_lazy("What shall be done"), max_length=500)
    owner = forms.ModelChoiceField(label=gettext_lazy("Who"), queryset=User.objects.none())
    due_on = DayField(label=gettext_lazy("By"))

    def __init__(self, *args: Any, owners: Sequence[User], **kwargs: Any) -> None:
        """Take who can take it on."""
        super().__init__(*args, **kwargs)
        keys = [user.pk for user in owners]
        self.fields["owner"].queryset = User.objects.filter(pk__in=keys)  # type: ignore[attr-defined]  # a field of rows
