"""The roll, and how the hours of a month are signed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.activities.enums import Presence
from lotsen.activities.models import Session
from lotsen.activities.queries import Expected, Mark, month_of
from lotsen.cases.enums import Signed
from lotsen.cases.models import Case
from lotsen.core.dates import MonthField, minutes_of
from lotsen.core.forms import Form
from lotsen.core.pages import Filters


class RollForm(Form):
    """The roll of a session: for each who is expected, whether they came, for how long, and why not."""

    def __init__(self, *args: Any, session: Session, expected: Sequence[Expected], **kwargs: Any) -> None:
        """Ask about everybody; who is written down already is shown as such."""
        super().__init__(*args, **kwargs)
        self.session, self.expected = session, expected
        for each in expected:
            row, key = each.attendance, each.case.pk
            self.fields[f"came_{key}"] = forms.ChoiceField(
                label=each.case.list_name,
                choices=Presence.choices,
                widget=forms.RadioSelect,
                initial=row.presence if row else None,
                error_messages={"required": _("Say whether %(name)s came.") % {"name": each.case.list_name}},
            )
            self.fields[f"minutes_{key}"] = forms.IntegerField(
                label=_("Minutes"),
                min_value=1,
                max_value=session.minutes,
                required=False,
                initial=row.minutes if row and 0 < row.minutes < session.minutes else None,
                widget=forms.NumberInput(attrs={"class": "ds-input", "placeholder": session.minutes}),
            )
            self.fields[f"reason_{key}"] = forms.CharField(
                label=_("Reason"),
                max_length=200,
                required=False,
                initial=row.reason if row else "",
                widget=forms.TextInput(attrs={"class": "ds-input"}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse an empty roll: nobody would be written down, and the session would count as done."""
        if not self.expected:
            raise forms.ValidationError(_("Nobody of yours is expected. Sign up participants first."))
        return super().clean() or {}

    def rows(self) -> list[tuple[Expected, Any, Any, Any]]:
        """Return each who is expected with the three fields."""
        names = ("came", "minutes", "reason")
        return [(each, *(self[f"{name}_{each.case.pk}"] for name in names)) for each in self.expected]  # type: ignore[misc]  # three of them

    def marks(self) -> dict[Case, Mark]:
        """Return what is written down of each."""
        data = self.cleaned_data
        return {
            each.case: Mark(
                Presence(data[f"came_{each.case.pk}"]),
                data[f"minutes_{each.case.pk}"],
                data[f"reason_{each.case.pk}"].strip(),
            )
            for each in self.expected
        }


class CertifyForm(Form):
    """How both have signed the hours of a month."""

    how = forms.ChoiceField(label=_("How have you both signed?"), choices=Signed.choices, widget=forms.RadioSelect)


class PortalForm(Form):
    """What stands in the funder's portal."""

    ids = "portal_%s"
    hours = forms.RegexField(
        r"^\d{1,3}([.:,][0-5]\d)?$",
        label=_("Hours and minutes in the portal"),
        help_text=_("For example 52.30: fifty-two hours and thirty minutes."),
        error_messages={"invalid": _("Write hours and minutes, for example 52.30.")},
    )

    def clean_hours(self) -> int:
        """Return minutes."""
        return minutes_of(self.cleaned_data["hours"])


class CertifyManyForm(CertifyForm):
    """Whose papers lie there. Nobody is ticked beforehand: each has signed, or has not."""

    cases = forms.MultipleChoiceField(
        label=_("Who has signed?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick those who have signed.")},
    )
    field_order = ("cases", "how")

    def __init__(self, *args: Any, ready: Sequence[tuple[Case, str]], **kwargs: Any) -> None:
        """Take those whose month can be signed, each with the hours."""
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = [(str(case.pk), f"{case.list_name}, {hours}") for case, hours in ready]  # type: ignore[attr-defined]  # of a choice


class ReopenForm(Form):
    """Why a signed month is opened again."""

    ids = "reopen_%s"
    why = forms.CharField(label=_("Why is the month opened again?"), max_length=300)


class MonthFilters(Filters):
    """A month, as 2026-11; without one, this month."""

    month = MonthField(label=_("Month"), required=False)

    def days(self) -> tuple[date, date]:
        """Return the first and the last day of the month."""
        typed = self.cleaned_data.get("month") if self.is_valid() else None
        return month_of(typed or timezone.localdate())
