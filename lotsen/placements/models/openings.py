"""Places that employers offer."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Unit, User
from lotsen.core.dates import weekly
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.core.text import search_key
from lotsen.employers.enums import Demand, Swedish, classifications
from lotsen.employers.models import Contact, Workplace
from lotsen.placements.enums import Offered


def open_on(day: date) -> Q:
    """Openings that can be filled on a day: places left, not closed, wanted still."""
    return Q(Q(open_until=None) | Q(open_until__gte=day), closed_on=None, taken__lt=F("places"))


class OpeningQuerySet(models.QuerySet["Opening"]):
    """Which openings."""

    def open(self, on: date) -> "OpeningQuerySet":
        """Those that can be filled on a day: places left, not closed, wanted still."""
        return self.filter(open_on(on))

    def named(self, text: str) -> "OpeningQuerySet":
        """Those whose title, workplace, employer or occupation holds the text."""
        words = search_key(text)
        return self.filter(
            Q(search_key__contains=words)
            | Q(workplace__search_key__contains=words)
            | Q(workplace__employer__search_key__contains=words)
            | Q(occupation__in=classifications.codes_named(text))
        )


@tracked
class Opening(Record):
    """A place, or several alike, that can be filled at a workplace: tasks, what it asks for, when, for how many.

    How many are taken is counted by the database, over all units; no more than there are.
    """

    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="openings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="openings")
    title = models.CharField(_("title"), max_length=120)
    search_key = models.CharField(max_length=140, editable=False, default="")
    occupation = models.CharField(_("occupation"), max_length=4, blank=True, help_text="SSYK 2012, four digits.")
    offers = ArrayField(models.CharField(max_length=20, choices=Offered.choices), verbose_name=_("offered as"))
    places = models.PositiveSmallIntegerField(_("places"), default=1)
    taken = models.PositiveSmallIntegerField(_("taken"), default=0, editable=False)
    tasks = models.TextField(_("tasks"))
    must = models.TextField(_("what one must have"), blank=True)
    wish = models.TextField(_("what is good to have"), blank=True)
    hours_per_week = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    day_from = models.TimeField(_("from the hour"), null=True, blank=True)
    day_to = models.TimeField(_("to the hour"), null=True, blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    open_until = models.DateField(_("wanted until"), null=True, blank=True)
    swedish = models.CharField(_("Swedish"), max_length=10, choices=Swedish.choices, blank=True)
    takes_language_support = models.BooleanField(_("less will do with language support"), default=False)
    supervision = models.CharField(
        _("supervision that can be given"), max_length=10, choices=Demand.choices, blank=True
    )
    needs_licence = models.BooleanField(_("a driving licence is needed"), null=True)
    adaptations = models.TextField(_("what can be adapted"), blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    closed_why = models.CharField(_("why"), max_length=200, blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening")
        ordering = ("from_on", "title")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(places__gte=1, places__lte=500), name="opening_is_for_somebody"),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="opening_has_places"),
            models.CheckConstraint(condition=Q(offers__len__gte=1), name="opening_says_as_what"),
            models.CheckConstraint(condition=Q(offers__contained_by=Offered.values), name="opening_offers_are_known"),
            models.CheckConstraint(condition=~Q(tasks="") & ~Q(title=""), name="opening_names_tasks"),
            models.CheckConstraint(
                condition=Q(occupation="") | Q(occupation__regex=r"^[0-9]{4}$"), name="opening_occupation_is_ssyk"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("from_on")), name="opening_ends_after_beginning"),
            models.CheckConstraint(condition=Q(day_to__gt=F("day_from")), name="opening_day_ends_after_beginning"),
            models.CheckConstraint(condition=Q(swedish__in=["", *Swedish.values]), name="opening_swedish_known"),
            models.CheckConstraint(condition=Q(supervision__in=["", *Demand.values]), name="opening_supervision_known"),
            models.CheckConstraint(
                condition=Q(hours_per_week__gte=1, hours_per_week__lte=60), name="opening_hours_fit_in_a_week"
            ),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]), name="opening_weekdays_are_days"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["closed_on", "open_until"], name="opening_by_end")]

    class Privacy:
        free_text = ("must", "wish")
        ordinary = (
            *("id", "workplace", "unit", "by", "contact", "title", "search_key", "occupation", "offers", "places"),
            *("taken", "tasks", "hours_per_week", "weekdays", "day_from", "day_to", "from_on", "until", "open_until"),
            *(
                "swedish",
                "takes_language_support",
                "supervision",
                "needs_licence",
                "adaptations",
                "closed_on",
                "closed_why",
            ),
        )
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Write the key of the title along."""
        self.search_key = search_key(self.title)[:140]
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they are

    @property
    def left(self) -> int:
        """How many places are left."""
        return self.places - self.taken

    @property
    def offers_words(self) -> str:
        """As what it is offered, in words."""
        return ", ".join(str(Offered(each).label) for each in self.offers)

    @property
    def occupation_name(self) -> str:
        """The occupation in words; empty where it is not said."""
        return classifications.names(classifications.OCCUPATION).get(self.occupation, "")

    @property
    def days_and_times(self) -> str:
        """On which days and at which hours, in words."""
        return weekly(self.weekdays, self.day_from, self.day_to)

    def is_open(self, on: date) -> bool:
        """Tell whether it can be filled on a day."""
        return not self.closed_on and self.left > 0 and (self.open_until is None or self.open_until >= on)
