"""The placement."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core.dates import weekly
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.core.text import search_key
from lotsen.employers.enums import classifications
from lotsen.employers.models import ContactPerson, Workplace, WorkplaceAnalysis
from lotsen.placements.enums import AHEAD, GOING_ON, OVER, PlacementState, StoppedBy
from lotsen.programmes.models import Kind

from .openings import Opening


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Which placements."""

    def worked_by(self, user: User) -> "PlacementQuerySet":
        """Those of the cases of the user's own units."""
        return self.filter(case__unit__in=user.own_units)

    def at(self, text: str) -> "PlacementQuerySet":
        """Those at a workplace or an employer whose name holds the text."""
        words = search_key(text)
        return self.filter(
            Q(workplace__search_key__contains=words) | Q(workplace__employer__search_key__contains=words)
        )

    def visible_to(self, user: User) -> "PlacementQuerySet":
        """The same, and those of the programmes that the user looks over."""
        return self.worked_by(user) | self.filter(case__programme__lead_unit__in=user.led_units)


@tracked
class Placement(Record):
    """A participant is at a workplace, from a day to a day: planned, agreed, going on, ended.

    Two placements of one case never overlap; one may begin on the day when the other ends.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="placements")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="placements")
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="placements")
    state = models.CharField(_("state"), max_length=20, choices=PlacementState.choices, default=PlacementState.PLANNED)
    # As it was planned and agreed; what came of it stands beside.
    from_on = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    began_on = models.DateField(_("began"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    hours_per_week = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    #: Days of the week, Monday is 1. With the hours they say when somebody is there, and cannot be in a class.
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    day_from = models.TimeField(_("from the hour"), null=True, blank=True)
    day_to = models.TimeField(_("to the hour"), null=True, blank=True)
    schedule = models.CharField(_("days and times"), max_length=200, blank=True)
    tasks = models.TextField(_("tasks"), blank=True)
    supervisor = models.ForeignKey(
        ContactPerson, on_delete=models.SET_NULL, null=True, blank=True, related_name="placements"
    )
    #: The opening that it fills, where there was one.
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, null=True, blank=True, related_name="placements")
    occupation = models.CharField(_("occupation"), max_length=4, blank=True, help_text="SSYK 2012, four digits.")
    language_supporter = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    language_hours = models.PositiveSmallIntegerField(_("hours of language support a week"), null=True, blank=True)
    #: One of `definitions.subsidies`, and until when it is decided.
    subsidy = models.CharField(_("subsidised as"), max_length=60, blank=True)
    subsidy_until = models.DateField(_("decided until"), null=True, blank=True)
    is_stage = models.BooleanField(_("a stage on the way"), default=False)
    insurance = models.CharField(_("insurance"), max_length=300, blank=True)
    # When the participant has agreed to what the workplace gets to see (JO 1029-2017).
    shown_since = models.DateField(_("the workplace may see"), null=True, blank=True)
    analysis = models.ForeignKey(
        WorkplaceAnalysis, on_delete=models.PROTECT, null=True, blank=True, related_name="placements"
    )
    without_analysis = models.CharField(_("why it began without an analysis"), max_length=300, blank=True)
    # Kept beside the follow-ups, so that the figure stays when they are erased.
    followed_up_on = models.DateField(_("followed up first"), null=True, blank=True)
    stopped_by = models.CharField(_("ended by"), max_length=20, choices=StoppedBy.choices, blank=True)
    stopped_why = models.CharField(_("why"), max_length=500, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        ordering = ("from_on",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=PlacementState.values), name="placement_state_is_known"),
            models.CheckConstraint(condition=Q(until__gte=F("from_on")), name="placement_until_comes_after"),
            models.CheckConstraint(condition=Q(ended_on__gte=F("began_on")), name="placement_ends_after_beginning"),
            models.CheckConstraint(
                condition=Q(state__in=[*AHEAD, PlacementState.NOT_STARTED], began_on=None, ended_on=None)
                | Q(state__in=GOING_ON, began_on__isnull=False, ended_on=None)
                | Q(state__in=OVER, began_on__isnull=False, ended_on__isnull=False),
                name="placement_days_follow_its_state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PlacementState.ENDED_EARLY, PlacementState.NOT_STARTED])
                | Q(stopped_by__in=StoppedBy.values),
                name="placement_stopped_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gte=1, hours_per_week__lte=60), name="placement_hours_fit_in_a_week"
            ),
            models.CheckConstraint(condition=Q(day_to__gt=F("day_from")), name="placement_day_ends_after_beginning"),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]), name="placement_weekdays_are_days"
            ),
            models.UniqueConstraint(fields=["case", "began_on"], name="placement_begins_once_a_day"),
            models.CheckConstraint(
                condition=Q(occupation="") | Q(occupation__regex=r"^[0-9]{4}$"), name="placement_occupation_is_ssyk"
            ),
            models.CheckConstraint(
                condition=Q(language_hours__gte=1, language_hours__lte=60), name="placement_language_hours_fit"
            ),
            models.CheckConstraint(
                condition=Q(subsidy_until=None) | ~Q(subsidy=""), name="placement_decision_is_of_a_subsidy"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "from_on"], name="placement_by_state")]

    class Privacy:
        sensitive = (
            *("workplace", "kind", "state", "from_on", "until", "began_on", "ended_on", "hours_per_week", "schedule"),
            *("weekdays", "day_from", "day_to", "opening", "occupation", "language_supporter", "language_hours"),
            *("subsidy", "subsidy_until", "followed_up_on"),
            *("supervisor", "is_stage", "shown_since", "stopped_by"),
        )
        free_text = ("tasks", "stopped_why")
        ordinary = ("id", "case", "insurance", "analysis", "without_analysis")
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return f"{self.workplace}, {self.first}"

    @property
    def days_and_times(self) -> str:
        """When somebody is there, in words: days of the week, hours, and what is said beside."""
        return weekly(self.weekdays, self.day_from, self.day_to, self.schedule)

    @property
    def occupation_name(self) -> str:
        """The occupation in words; empty where it is not said."""
        return classifications.names(classifications.OCCUPATION).get(self.occupation, "")

    @property
    def first(self) -> date:
        """The first day: as it was, else as it is planned."""
        return self.began_on or self.from_on

    @property
    def last(self) -> date | None:
        """The last day: as it was, else as it is planned; none where it goes on until further notice."""
        return self.ended_on or self.until

    @property
    def is_ahead(self) -> bool:
        """Whether it has not begun, and may."""
        return self.state in AHEAD

    @property
    def goes_on(self) -> bool:
        """Whether it has begun, and is not over; also while it is paused."""
        return self.state in GOING_ON

    @property
    def is_over(self) -> bool:
        """Whether it has been."""
        return self.state in OVER
