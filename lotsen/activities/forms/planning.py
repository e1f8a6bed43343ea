"""An activity with its days, signing up, rooms; the filters of the calendar."""

from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Any

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Unit, User
from lotsen.activities.enums import Audience, Result, Rhythm
from lotsen.activities.models import Activity, Premises
from lotsen.activities.queries import month_of, series
from lotsen.cases.models import Case
from lotsen.core.dates import ClockField, DayField
from lotsen.core.forms import Form
from lotsen.core.pages import Filters
from lotsen.people.queries import colleagues
from lotsen.programmes.enums import Category
from lotsen.programmes.models import Kind, Programme


class WhereForm(Form):
    """When a session begins, how long it takes, where, and who leads it."""

    at = ClockField(label=_("Time"), help_text=_("For example 10.15."), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=24 * 60, initial=120)
    place = forms.ModelChoiceField(label=_("Place"), queryset=Premises.objects.none(), required=False)
    led_by = forms.ModelChoiceField(label=_("Led by"), queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer the rooms and the colleagues of the user's own units."""
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Premises.objects.kept_by(user)  # type: ignore[attr-defined]  # of a model's field
        self.fields["led_by"].queryset = colleagues(*user.own_units)  # type: ignore[attr-defined]  # of a model's field
        self.fields["led_by"].initial = user

    def clean(self) -> dict[str, Any]:
        """Ask for the time where there is a place: a place is taken for a time."""
        data = super().clean() or {}
        if data.get("place") and not data.get("at") and "at" not in self.errors:
            self.add_error("at", _("Write when it begins, so that nobody else books the place."))
        return data


class ActivityForm(WhereForm):
    """An activity and the days of its series. The days are shown before anything is saved."""

    kind = forms.ModelChoiceField(label=_("Kind"), queryset=Kind.objects.none())
    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Without one, the name of the kind.")
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices, initial=Audience.PARTICIPANTS)
    capacity = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=10000,
        required=False,
        help_text=_("When all are taken, people stand in a waiting list."),
    )
    purpose = forms.CharField(
        label=_("Purpose"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    first = DayField(label=_("First day"), initial=timezone.localdate)
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, initial=Rhythm.ONCE)
    last = DayField(label=_("Last day"), required=False, help_text=_("Of a series."))
    #: Those that are left ticked, of the days that were shown. The page draws them itself.
    days = forms.MultipleChoiceField(label=_("Days"), required=False)
    field_order = (
        *("kind", "title", "unit", "first", "at", "minutes", "rhythm", "last", "place", "led_by"),
        *("audience", "capacity", "purpose"),
    )

    def __init__(self, *args: Any, programme: Programme, user: User, **kwargs: Any) -> None:
        """Offer the programme's kinds and the user's units in it."""
        super().__init__(*args, user=user, **kwargs)
        self.programme = programme
        units = programme.units.filter(pk__in=user.own_units)
        self.fields["kind"].queryset = programme.kinds.filter(category=Category.ACTIVITY)  # type: ignore[attr-defined]  # of a model's field
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # of a model's field
        self.fields["unit"].initial = units.first()
        # Days of a series that was changed since it was shown are nobody's choice: the new ones are shown first.
        if self.is_bound and not self.is_shown:
            self.data = self.data.copy()  # type: ignore[attr-defined]  # of a request
            self.data.pop("days", None)  # type: ignore[attr-defined]  # of a request
        self.fields["days"].choices = [(day.isoformat(), day) for day in self.series]  # type: ignore[attr-defined]  # of a choice

    @property
    def series_key(self) -> str:
        """What says which series was shown."""
        return ",".join(f"{day:%Y%m%d}" for day in self.series)

    @property
    def is_shown(self) -> bool:
        """Whether the days of just this series were shown."""
        return bool(self.data.get("shown")) and self.data.get("shown") == self.series_key

    @cached_property
    def series(self) -> list[date]:
        """The days that the series would have, as far as it is written."""
        if not self.is_bound:
            return []
        try:
            first = self.fields["first"].clean(self.data.get("first", ""))
            last = self.fields["last"].clean(self.data.get("last", ""))
            return series(first, last, Rhythm(self.data.get("rhythm", "")))
        except (forms.ValidationError, ValueError):
            return []

    def clean(self) -> dict[str, Any]:
        """Ask for the last day of a series, and keep it within the programme."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if data.get("rhythm") != Rhythm.ONCE and "last" in data and not last:
            self.add_error("last", _("Write the last day of the series."))
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first."))
        if first and not self.errors and not self.series:
            self.add_error("first", _("No working day lies between the first day and the last."))
        for name, day in (("first", first), ("last", last)):
            if day and not self.programme.starts_on <= day <= self.programme.ends_on:
                period = {"first": self.programme.starts_on, "last": self.programme.ends_on}
                self.add_error(name, _("The project goes on from %(first)s to %(last)s.") % period)
        return data

    def shown(self) -> list[tuple[str, str]]:
        """Return the days to be looked at before saving: the key and the day with its weekday."""
        return [(day.isoformat(), formats.date_format(day, "l j F Y")) for day in self.series]

    def chosen(self) -> list[date]:
        """Return the days that are left ticked."""
        return [date.fromisoformat(day) for day in self.cleaned_data["days"]]

    def activity(self) -> dict[str, Any]:
        """Return what the action takes by name, without the days."""
        names = ("kind", "unit", "audience", "capacity", "purpose", "at", "minutes", "place", "led_by")
        data = self.cleaned_data
        return {**{name: data[name] for name in names}, "title": data["title"] or data["kind"].names.get("sv", "")}


class SessionForm(WhereForm):
    """One session, moved or changed."""

    on = DayField(label=_("Day"))
    field_order = ("on", "at", "minutes", "place", "led_by")


class EnrolForm(Form):
    """Participants who get a place from a day on."""

    ids = "enrol_%s"
    cases = forms.ModelMultipleChoiceField(
        label=_("Participants"), queryset=Case.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    since = DayField(label=_("From"), initial=timezone.localdate)

    def __init__(self, *args: Any, activity: Activity, user: User, **kwargs: Any) -> None:
        """Offer the user's own participants who are going on and not on the list."""
        super().__init__(*args, **kwargs)
        listed = activity.enrolments.filter(until=None).values("case")
        cases = Case.objects.worked_by(user).filter(programme=activity.programme_id, closed_on=None)
        if activity.unit_id:
            cases = cases.filter(unit=activity.unit_id)
        found = cases.exclude(pk__in=listed).filter(started_on__isnull=False).select_related("person")
        self.fields["cases"].queryset = found.order_by("person__sort_key", "number")  # type: ignore[attr-defined]  # of a model's field
        self.fields["cases"].label_from_instance = attrgetter("list_name")  # type: ignore[attr-defined]  # of a model's field


class ResultForm(Form):
    """Whether the purpose was met, and how many were reached."""

    ids = "result_%s"
    result = forms.ChoiceField(label=_("Was the purpose met?"), choices=Result.choices, widget=forms.RadioSelect)
    result_why = forms.CharField(
        label=_("How do you see that?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    reached = forms.IntegerField(
        label=_("Number reached"), min_value=0, required=False, help_text=_("Where no roll is called.")
    )


class PremisesForm(Form):
    """A room, and what somebody must know who cannot take a stair."""

    premises = forms.UUIDField(widget=forms.HiddenInput, required=False)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    name = forms.CharField(label=_("Name"), max_length=100)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=10000, required=False)
    is_step_free = forms.NullBooleanField(label=_("Can be reached without steps"), required=False)
    has_lift = forms.NullBooleanField(label=_("Has a lift"), required=False)
    has_accessible_toilet = forms.NullBooleanField(label=_("Has an accessible toilet"), required=False)
    has_hearing_loop = forms.NullBooleanField(label=_("Has a hearing loop"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer the user's own units."""
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=user.own_units)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # of a model's field
        self.fields["unit"].initial = units.first()

    def told(self) -> dict[str, Any]:
        """Return what the action takes by name."""
        return {name: value for name, value in self.values().items() if name not in {"premises", "unit"}}


class CalendarFilters(Filters):
    """Which sessions of a week or a month, by one of its days: mine, those in a place, all."""

    week = DayField(label=_("Week of"), required=False)
    month = forms.BooleanField(label=_("The whole month"), required=False)
    place = forms.ModelChoiceField(label=_("Place"), queryset=Premises.objects.none(), required=False)
    mine = forms.BooleanField(label=_("Only those I lead"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer the rooms of the user's own units."""
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Premises.objects.kept_by(user)  # type: ignore[attr-defined]  # of a model's field

    @property
    def is_of_month(self) -> bool:
        """Whether the whole month is asked for."""
        return bool(self.is_valid() and self.cleaned_data["month"])

    def days(self) -> tuple[date, date]:
        """Return the first and the last day that are shown."""
        day: date = (self.cleaned_data.get("week") if self.is_valid() else None) or timezone.localdate()
        if self.is_of_month:
            return month_of(day)
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)

    def apply(self, queryset: Any) -> Any:
        """Narrow the sessions."""
        if self.is_valid() and self.cleaned_data["place"]:
            queryset = queryset.filter(place=self.cleaned_data["place"].number)
        if self.is_valid() and self.cleaned_data["mine"]:
            queryset = queryset.filter(led_by=self.user)
        return queryset
