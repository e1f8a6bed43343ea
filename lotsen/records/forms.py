"""Retention rules, holds, and reviews of the log."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core.dates import DayField
from lotsen.core.forms import Form
from lotsen.programmes.models import Programme

from .enums import Kept, Verdict


class _OfManager(Form):
    """A form that offers what belongs to the units that a user manages."""

    def offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Offer rows in a field; where there is just one, choose it."""
        field: Any = self.fields[name]
        field.queryset = rows
        if field.required and len(rows) == 1:
            field.initial = rows[0]


class RetentionRuleForm(_OfManager):
    """For how long something is kept, and on whose decision."""

    organisation: Any = forms.ModelChoiceField(label=_("Authority"), queryset=Organisation.objects.none())
    kind = forms.ChoiceField(label=_("What"), choices=Kept.choices)
    programme: Any = forms.ModelChoiceField(
        label=_("Only for one project"),
        queryset=Programme.objects.none(),
        required=False,
        help_text=_("Only for evidence: where the decision on the grant asks for a longer time."),
    )
    years = forms.IntegerField(label=_("Years"), min_value=1, max_value=100)
    archive_first = forms.BooleanField(
        label=_("An archive file is taken before the erasure"), required=False, initial=True
    )
    ground = forms.CharField(
        label=_("Ground"),
        max_length=300,
        help_text=_("The decision or the law, for example the board's document plan and its paragraph."),
    )
    valid_from = DayField(label=_("Holds from"), initial=timezone.localdate)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer the authorities and projects of the units that the user manages."""
        super().__init__(*args, **kwargs)
        units = user.managed_units
        self.offer("organisation", Organisation.objects.filter(units__in=units).distinct())
        self.offer("programme", Programme.objects.visible_to(user).order_by("code"))

    def clean(self) -> dict[str, Any]:
        """Hold project and kind together."""
        data = super().clean() or {}
        if data.get("programme") and data.get("kind") != Kept.EVIDENCE:
            self.add_error("programme", _("Only a rule for evidence can be for one project."))
        return data


class HoldForm(Form):
    """Why a record is held back."""

    reason = forms.CharField(
        label=_("Why it must not be erased"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ProgrammeHoldForm(_OfManager):
    """Why the records of everybody in a project are held back."""

    unit: Any = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    programme: Any = forms.ModelChoiceField(label=_("Project"), queryset=Programme.objects.none())
    reason = HoldForm.base_fields["reason"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer what the user manages."""
        super().__init__(*args, **kwargs)
        self.offer("unit", Unit.objects.filter(pk__in=user.managed_units).order_by("name"))
        self.offer("programme", Programme.objects.visible_to(user).order_by("code"))


class ReviewForm(Form):
    """Which period of the log is looked through: the month before this one, unless another is chosen."""

    organisation: Any = forms.ModelChoiceField(label=_("Authority"), queryset=Organisation.objects.none())
    since = DayField(label=_("From"))
    until = DayField(label=_("Until and including"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer the authorities that the user audits."""
        first = timezone.localdate().replace(day=1)
        last = first - timedelta(days=1)
        kwargs["initial"] = {"since": last.replace(day=1), "until": last}
        super().__init__(*args, **kwargs)
        audited = Organisation.objects.filter(units__in=user.audited_units).distinct()
        self.fields["organisation"].queryset = audited  # type: ignore[attr-defined]  # of a model's field
        if len(audited) == 1:
            self.fields["organisation"].initial = audited[0]


class VerdictsForm(Form):
    """What the reviewer says of each drawn reading: two fields a row, made from the rows."""

    def __init__(self, *args: Any, rows: list[Any], **kwargs: Any) -> None:
        """Make the fields."""
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[f"verdict-{row.pk}"] = forms.ChoiceField(
                choices=[("", _("Not yet")), *Verdict.choices], required=False, initial=row.verdict, label=_("Verdict")
            )
            self.fields[f"note-{row.pk}"] = forms.CharField(
                required=False, max_length=500, initial=row.note, label=_("Note")
            )
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "ds-input")

    def verdicts(self) -> dict[str, tuple[str, str]]:
        """Return the key of each row with its verdict and note."""
        data = self.cleaned_data
        return {str(row.pk): (data[f"verdict-{row.pk}"], data[f"note-{row.pk}"].strip()) for row in self.rows}


class SignForm(Form):
    """What the reviewer has to say of the whole."""

    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
