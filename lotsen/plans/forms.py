"""The parts of a plan as they are written."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.cases.enums import Signed
from lotsen.core.dates import DayField
from lotsen.core.forms import Form, keeps_drafts
from lotsen.programmes.enums import Category
from lotsen.programmes.models import Kind, Programme

from .enums import Horizon, Who
from .models import PlanTemplate

#: A plan is gone through again after so long, unless both agree on another day.
REVISED_AFTER = timedelta(days=90)


class WordsForm(Form):
    """What the participant hopes for, in the participant's own words."""

    ids = "words_%s"
    text = forms.CharField(
        label=_("In the participant’s own words"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write what the participant says, in the first person. What you think stands in the notes."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def keep_drafts(self, url: str) -> None:
        """Have the page send what is being written to this address."""
        keeps_drafts(self.fields["text"], url)


class GoalForm(Form):
    """A goal."""

    ids = "goal_%s"
    text = forms.CharField(label=_("Goal"), max_length=300, help_text=_("Begin with I: I pass SFI course C."))
    horizon = forms.ChoiceField(label=_("Horizon"), choices=Horizon.choices)
    due_on = DayField(label=_("By"), required=False)
    goal = forms.UUIDField(widget=forms.HiddenInput, required=False)


class ActionForm(Form):
    """Who does what by when."""

    text = forms.CharField(label=_("What"), max_length=300)
    who = forms.ChoiceField(label=_("Who"), choices=Who.choices)
    other = forms.CharField(label=_("Which employer or agency"), max_length=200, required=False)
    kind = forms.ModelChoiceField(label=_("Measure"), queryset=Kind.objects.none(), required=False)
    due_on = DayField(label=_("By"), required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        """Offer the programme's kinds of measure."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = programme.kinds.filter(category=Category.MEASURE)  # type: ignore[attr-defined]  # of a model's field

    def clean(self) -> dict[str, Any]:
        """Ask which employer or agency, where it is one."""
        data = super().clean() or {}
        if data.get("who") in {Who.EMPLOYER, Who.AGENCY} and not data.get("other"):
            self.add_error("other", _("Write which one."))
        return data


class SignForm(Form):
    """Both sign the plan."""

    ids = "sign_%s"
    on = DayField(label=_("Agreed on"), initial=timezone.localdate)
    how = forms.ChoiceField(label=_("How both sign"), choices=Signed.choices, widget=forms.RadioSelect)
    revise_on = DayField(label=_("Go through it again"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Propose a day to go through it again."""
        super().__init__(*args, **kwargs)
        self.fields["revise_on"].initial = lambda: timezone.localdate() + REVISED_AFTER

    def clean_on(self) -> date:
        """Refuse a day to come."""
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose today or a day before."))
        return day


class TemplateForm(Form):
    """Keep the goals as a template."""

    ids = "template_%s"
    name = forms.CharField(label=_("Name of the template"), max_length=100, help_text=_("No names of people."))


class CopyForm(Form):
    """Copy a template."""

    ids = "copy_%s"
    template = forms.ModelChoiceField(label=_("Template"), queryset=PlanTemplate.objects.none())

    def __init__(self, *args: Any, templates: list[PlanTemplate], **kwargs: Any) -> None:
        """Offer the unit's templates."""
        super().__init__(*args, **kwargs)
        rows = PlanTemplate.objects.filter(pk__in=[each.pk for each in templates])
        self.fields["template"].queryset = rows  # type: ignore[attr-defined]  # of a model's field
