"""The filters of the list of cases, and what is said when something happens to a case."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Unit, User
from lotsen.core import traces
from lotsen.core.dates import DayField
from lotsen.core.forms import Form
from lotsen.core.pages import Filters
from lotsen.people.enums import ReadingKind
from lotsen.people.queries import colleagues, identity_indexes
from lotsen.programmes.enums import Sex, Support
from lotsen.programmes.models import Destination, ExitReason, Programme, Step

from .enums import CaseState, Closing, ContactWay, TeamPart, Whereabouts
from .models import Case, CaseQuerySet
from .queries import FOLLOW_UP_ANSWERS, Load


class CaseFilters(Filters):
    """By name or number, and by state."""

    q = forms.CharField(label=_("Name or case number"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *CaseState.choices], required=False)

    def clean_q(self) -> str:
        """Refuse an identity number: what is filtered by stands in the address."""
        text: str = self.cleaned_data["q"].strip()
        if identity_indexes(text):
            raise forms.ValidationError(_("Search by identity number in the box at the top of the page."))
        return text

    def apply(self, queryset: Any) -> CaseQuerySet:
        """Narrow the list. A name is matched from the beginning of its words, whatever their order and accents."""
        found: CaseQuerySet = queryset
        if text := self.cleaned_data["q"]:
            traces.read_by(ReadingKind.SEARCH)
            found = found.named(text)
        states = {
            CaseState.REFERRED: Q(started_on=None),
            CaseState.ACTIVE: Q(started_on__isnull=False, closing=""),
            CaseState.ENDED: Q(closing=Closing.EXIT),
            CaseState.TRANSFERRED: Q(closing=Closing.TRANSFER),
        }
        if state := self.cleaned_data["state"]:
            found = found.filter(states[CaseState(state)])
        return found


class SearchForm(forms.Form):
    """A name, an identity number or a case number; nothing else may be searched by (SoLPUF 2001:637, 15 §)."""

    q = forms.CharField(label=_("Name, identity number or case number"), max_length=100, min_length=2)


class AnonymousForm(Form):
    """The sex and the year of the start: all that may be kept of somebody who is not registered."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("Choose")), *Sex.choices])
    year = forms.IntegerField(label=_("Year of start"))

    def __init__(self, *args: Any, programme: Programme, user: User, **kwargs: Any) -> None:
        """Offer the user's own units that take part."""
        super().__init__(*args, **kwargs)
        units = programme.units.filter(pk__in=user.own_units).order_by("name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # of a model's field
        if len(units) == 1:
            self.fields["unit"].initial = units[0]


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    """A colleague of the unit, shown with how many cases they answer for and what they are good at."""

    loads: dict[Any, Load]

    def label_from_instance(self, user: Any) -> str:
        """Return the name, the load and the competence."""
        load = self.loads.get(user.pk)
        cases = _("%(n)s cases") % {"n": load.cases if load else 0}
        return ", ".join(part for part in (user.name, str(cases), user.competence) if part)

    def offer(self, unit: Unit, loads: dict[Any, Load]) -> None:
        """Offer the colleagues of a unit."""
        self.loads = loads
        self.queryset = colleagues(unit)


class DistanceField(forms.TypedChoiceField):
    """The participant's own sense of distance to work: 1 to 10, not said (None), or not asked (an empty text)."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer the scale."""
        scale = [(str(n), str(n)) for n in range(1, 11)]
        choices = [("", _("Not asked")), ("-", _("Would rather not say")), *scale]
        super().__init__(
            choices=choices,
            required=False,
            empty_value="",
            coerce=lambda value: None if value == "-" else int(value),
            **kwargs,
        )


class StartForm(Form):
    """Participation starts: the day, the means of support, who answers for the case."""

    on = DayField(label=_("First day"), initial=timezone.localdate)
    support = forms.ChoiceField(
        label=_("Means of support"),
        choices=[("", _("Choose")), *Support.choices],
        help_text=_("The report tells of support before, at the exit and after."),
    )
    responsible = ColleagueField(label=_("Who answers for the case"), queryset=User.objects.none())
    step = forms.ModelChoiceField(
        label=_("First step"),
        queryset=Step.objects.none(),
        required=False,
        help_text=_("A staircase is a way and no gate: it may start on any step."),
    )
    distance = DistanceField(
        label=_("Own sense of distance to work"),
        help_text=_("The participant's own answer, from 1, far away, to 10, there. It is asked again at the exit."),
    )

    def __init__(self, *args: Any, case: Case, loads: dict[Any, Load], user: User, **kwargs: Any) -> None:
        """Offer the colleagues of the case's unit and the programme's steps."""
        super().__init__(*args, **kwargs)
        self.fields["responsible"].offer(case.unit, loads)  # type: ignore[attr-defined]  # a field of ours
        self.fields["responsible"].initial = user.pk
        steps = case.programme.steps.all()
        self.fields["step"].queryset = steps  # type: ignore[attr-defined]  # of a model's field
        self.fields["step"].initial = steps[0].pk if steps else None


class EndForm(Form):
    """The exit: where to, why, and what the funder asks for within four weeks of it."""

    on = DayField(label=_("Last day"), initial=timezone.localdate)
    destination = forms.ModelChoiceField(label=_("Where to"), queryset=Destination.objects.none())
    reason = forms.ModelChoiceField(label=_("Why"), queryset=ExitReason.objects.none())
    support = forms.ChoiceField(label=_("Means of support"), choices=[("", _("Choose")), *Support.choices])
    distance = DistanceField(
        label=_("Own sense of distance to work"),
        help_text=_(
            "The participant's own answer, from 1, far away, to 10, there. It is set against the one at the start."
        ),
    )
    lacking_reason = forms.CharField(
        label=_("Why it ends, if something is lacking"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The programme manager reads this too: write no name."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        """Offer the programme's own destinations and reasons."""
        super().__init__(*args, **kwargs)
        self.fields["destination"].queryset = case.programme.destinations.all()  # type: ignore[attr-defined]  # of a model's field
        self.fields["reason"].queryset = case.programme.exitreasons.all()  # type: ignore[attr-defined]  # of a model's field


class StepForm(Form):
    """The case comes onto a step. What the step before asks for is ticked off; what is lacking needs a reason."""

    step = forms.ModelChoiceField(label=_("To the step"), queryset=Step.objects.none())
    since = DayField(label=_("Since"), initial=timezone.localdate)
    met = forms.MultipleChoiceField(
        label=_("What should be there before"), widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.CharField(
        label=_("Why move on, if something is lacking"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The programme manager reads this too: write no name."),
    )

    def __init__(self, *args: Any, case: Case, now: Step | None, then: Step | None, **kwargs: Any) -> None:
        """Offer the programme's steps, and what the present one asks for."""
        super().__init__(*args, **kwargs)
        self.fields["step"].queryset = case.programme.steps.all()  # type: ignore[attr-defined]  # of a model's field
        self.fields["step"].initial = then.pk if then else None
        self.asked = now.required_words if now else []
        if self.asked:
            self.fields["met"].choices = [(str(place), words) for place, words in enumerate(self.asked)]  # type: ignore[attr-defined]  # of a choice
        else:
            del self.fields["met"]

    def lacking(self) -> list[str]:
        """Return what was not ticked, in words."""
        met = set(self.cleaned_data.get("met", []))
        return [words for place, words in enumerate(self.asked) if str(place) not in met]


class SupportForm(Form):
    """The means of support changed."""

    support = forms.ChoiceField(choices=Support.choices)
    since = DayField(label=_("Since"))


class WhereaboutsForm(Form):
    """The participant came into something else."""

    whereabouts = forms.ChoiceField(choices=Whereabouts.choices)
    since = DayField(label=_("Since"))


class ResponsibleForm(Form):
    """Who answers for the case from a day on."""

    user = ColleagueField(label=_("Who answers for the case"), queryset=User.objects.none())
    since = DayField(label=_("Since"), initial=timezone.localdate)

    def __init__(self, *args: Any, case: Case, loads: dict[Any, Load], **kwargs: Any) -> None:
        """Offer the colleagues of the case's unit."""
        super().__init__(*args, **kwargs)
        self.fields["user"].offer(case.unit, loads)  # type: ignore[attr-defined]  # a field of ours


class TeamForm(ResponsibleForm):
    """Who works with the case too."""

    user = ColleagueField(label=_("Who"), queryset=User.objects.none())
    part = forms.ChoiceField(label=_("Part"), choices=TeamPart.choices)


class FollowUpForm(Form):
    """What was found out some days after the exit. What was not asked is left open; no answer is never a no."""

    on = DayField(label=_("Day"), initial=timezone.localdate)
    reached = forms.ChoiceField(
        label=_("Did you reach the person?"),
        choices=[("yes", _("Yes")), ("tried", _("No, try again later")), ("no", _("No, and we stop trying"))],
        widget=forms.RadioSelect,
    )
    way = forms.ChoiceField(label=_("How"), choices=ContactWay.choices, initial=ContactWay.PHONE)
    in_work = forms.ChoiceField(label=_("In work"), required=False)
    in_education = forms.ChoiceField(label=_("In regular education"), required=False)
    in_other_programme = forms.ChoiceField(label=_("In another programme"), required=False)
    sees_better_chances = forms.ChoiceField(label=_("Sees better chances of work than before"), required=False)
    support = forms.ChoiceField(label=_("Means of support"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let each question be left open."""
        super().__init__(*args, **kwargs)
        choices = [("", _("Not asked")), ("yes", _("Yes")), ("no", _("No"))]
        for name in FOLLOW_UP_ANSWERS:
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # of a choice
        self.fields["support"].choices = [("", _("Not asked")), *Support.choices]  # type: ignore[attr-defined]  # of a choice

    def clean(self) -> dict[str, Any]:
        """Refuse an answer without a word in it."""
        data = super().clean() or {}
        if data.get("reached") == "yes" and not any(data.get(name) for name in FOLLOW_UP_ANSWERS):
            self.add_error("in_work", _("Answer at least one of the questions, or say that nobody answered."))
        return data

    def answers(self) -> dict[str, bool | None] | None:
        """Return what was answered, or None where nobody answered."""
        if self.cleaned_data["reached"] != "yes":
            return None
        return _said(self.cleaned_data)


def _said(data: Mapping[str, Any]) -> dict[str, bool | None]:
    return {name: {"yes": True, "no": False}.get(data[name]) for name in FOLLOW_UP_ANSWERS}


def _asked(label: Any) -> forms.ChoiceField:
    choices = [("yes", _("Yes")), ("no", _("No")), ("", _("I would rather not say"))]
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


class FollowUpAnswerForm(Form):
    """What the person answers by a link. Each question may be left out; all of them is no answer."""

    in_work = _asked(_("Are you working?"))
    in_education = _asked(_("Are you studying?"))
    in_other_programme = _asked(_("Are you in another programme, such as one of the employment service?"))
    sees_better_chances = _asked(_("Do you see better chances of work than before?"))

    def clean(self) -> dict[str, Any]:
        """Ask for one answer at least."""
        data = super().clean() or {}
        if not any(data.get(name) for name in FOLLOW_UP_ANSWERS):
            raise forms.ValidationError(_("Answer at least one of the questions."))
        return data

    def answers(self) -> dict[str, bool | None]:
        """Return what was answered."""
        return _said(self.cleaned_data)
