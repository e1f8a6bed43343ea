"""Beginning to answer, making a wave, and saying whom it asks."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotsen.access.models import Unit
from lotsen.core.dates import DayField
from lotsen.core.forms import Form
from lotsen.programmes.models import Programme, TargetGroup
from lotsen.questionnaires.enums import Audience, Purpose, Voice
from lotsen.questionnaires.models import SMALLEST_GROUP, Version, Wave

#: As many addresses as are taken at once.
MOST_ADDRESSES = 2000


class _VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none when it runs
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.questionnaire.title)


def _among(versions: Sequence[Version]) -> Any:
    keys = [version.pk for version in versions]
    return Version.objects.filter(pk__in=keys).select_related("questionnaire").order_by("questionnaire__code")


class BeginForm(Form):
    """Which questionnaire, and whose voice."""

    version = _VersionField(label=gettext_lazy("Questionnaire"), queryset=Version.objects.none())
    voice = forms.ChoiceField(
        label=gettext_lazy("Who answers"),
        choices=[(voice.value, voice.label) for voice in (Voice.PARTICIPANT, Voice.STAFF)],
        initial=Voice.PARTICIPANT,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, versions: Sequence[Version], **kwargs: Any) -> None:
        """Take the versions to choose from."""
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = _among(versions)  # type: ignore[attr-defined]  # a field of rows


class WaveForm(Form):
    """A new wave."""

    version = _VersionField(label=gettext_lazy("Questionnaire"), queryset=Version.objects.none())
    title = forms.CharField(
        label=gettext_lazy("What the wave is called"),
        max_length=200,
        help_text=gettext_lazy("For example: Spring 2026, before."),
    )
    follows = forms.ModelChoiceField(
        label=gettext_lazy("Compared with"),
        queryset=Wave.objects.none(),
        required=False,
        help_text=gettext_lazy("An earlier wave with the same questions, if there is one."),
    )
    opens_on = DayField(label=gettext_lazy("First day"))
    closes_on = DayField(label=gettext_lazy("Last day"))
    is_anonymous = forms.BooleanField(
        label=gettext_lazy("Anonymous: nobody can see who answered what, not even in the database"),
        required=False,
        initial=True,
    )
    reminds = forms.BooleanField(
        label=gettext_lazy("Remind each week those who have not answered"), required=False, initial=True
    )
    goal = forms.IntegerField(
        label=gettext_lazy("How many shall answer, per cent"), min_value=1, max_value=100, initial=75
    )
    smallest_group = forms.IntegerField(
        label=gettext_lazy("Smallest group whose answers are shown"),
        min_value=2,
        max_value=100,
        initial=SMALLEST_GROUP,
    )

    def __init__(self, *args: Any, programme: Programme, versions: Sequence[Version], **kwargs: Any) -> None:
        """Take the programme, whose waves can be followed, and the versions to choose from."""
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = _among(versions)  # type: ignore[attr-defined]  # a field of rows
        self.fields["follows"].queryset = programme.waves.filter(followed_by=None)  # type: ignore[attr-defined]  # the same


class AskForm(Form):
    """Whom a wave asks: by a list of addresses, or those whom the programme knows."""

    audience = forms.ChoiceField(
        label=gettext_lazy("Whom"), choices=Audience.choices, initial=Audience.ADDRESSES, widget=forms.RadioSelect
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=gettext_lazy("Only of this unit; employers, of its municipality."),
    )
    target_group = forms.ModelChoiceField(
        label=gettext_lazy("Target group"),
        queryset=TargetGroup.objects.none(),
        required=False,
        help_text=gettext_lazy("Of participants, only these."),
    )
    addresses = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        required=False,
        help_text=gettext_lazy("One on each line. Before the address a name, if you like: Kim Lind, kim@exempel.se"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=200_000,
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        """Take the wave, whose programme has the units."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = wave.programme.units.order_by("name")  # type: ignore[attr-defined]  # a field of rows
        self.fields["target_group"].queryset = wave.programme.targetgroups.filter(is_of_employers=False)  # type: ignore[attr-defined]  # the same

    def clean_addresses(self) -> list[tuple[str, str]]:
        """Return name and address of each line."""
        if self.cleaned_data.get("audience") != Audience.ADDRESSES:
            return []
        if not self.cleaned_data["addresses"].strip():
            raise ValidationError(_("Write at least one address."))
        found = []
        for number, line in enumerate(self.cleaned_data["addresses"].splitlines(), 1):
            if not line.strip():
                continue
            name, email = _read_line(line)
            try:
                validate_email(email)
            except ValidationError:
                said = _("Line %(number)s is no e-mail address: %(line)s")
                raise ValidationError(said % {"number": number, "line": line.strip()[:60]}) from None
            found.append((name[:200], email))
        if len(found) > MOST_ADDRESSES:
            raise ValidationError(_("At most %(most)s addresses at once.") % {"most": MOST_ADDRESSES})
        return found


def _read_line(line: str) -> tuple[str, str]:
    """Take `Kim Lind, kim@exempel.se`, `Kim Lind <kim@exempel.se>` or the address alone apart."""
    parts = [part for part in re.split(r"[,;<>\t]+", line.strip()) if part.strip()]
    email = parts[-1].strip().split(" ")[-1].lower() if parts else ""
    name = " ".join(part.strip() for part in parts[:-1])
    return name, email


#: What is asked of whom, by a questionnaire's purpose.
SURVEYS = (Purpose.STAFF, Purpose.EMPLOYER, Purpose.PARTICIPANT)
