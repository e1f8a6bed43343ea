"""Public figures: how many live in a municipality, who works in an occupation, how long bus and train take."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Municipality
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.employers.enums import Ages

#: What takes more than a day and a night is no way to work.
MOST_MINUTES = 24 * 60


class Population(Record):
    """How many of an age live in a municipality in a year: as counted, or as forecast by the statistics office."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    ages = models.CharField(_("ages"), max_length=10, choices=Ages.choices)
    people = models.PositiveIntegerField(_("people"))
    source = models.CharField(_("source"), max_length=300)
    loaded_on = models.DateField(_("loaded"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "year", "ages"], name="population_once"),
            models.CheckConstraint(condition=Q(ages__in=Ages.values), name="population_ages_are_known"),
            models.CheckConstraint(condition=Q(year__gte=1900, year__lte=2200), name="population_year_is_a_year"),
        ]

    class Privacy:
        ordinary = ("id", "municipality", "year", "ages", "people", "source", "loaded_on")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return f"{self.municipality}, {self.year}, {self.get_ages_display()}"


@tracked
class OccupationSexes(Record):
    """How many women and men work in an occupation in the whole country, in a year."""

    occupation = models.CharField(_("occupation"), max_length=4, help_text="SSYK 2012, four digits.")
    year = models.PositiveSmallIntegerField(_("year"))
    women = models.PositiveIntegerField(_("women"))
    men = models.PositiveIntegerField(_("men"))
    source = models.CharField(_("source"), max_length=300)
    loaded_on = models.DateField(_("loaded"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["occupation", "year"], name="occupation_sexes_once"),
            models.CheckConstraint(condition=Q(occupation__regex=r"^[0-9]{4}$"), name="occupation_sexes_of_ssyk"),
            models.CheckConstraint(condition=Q(women__gt=0) | Q(men__gt=0), name="occupation_sexes_of_somebody"),
        ]

    class Privacy:
        ordinary = ("id", "occupation", "year", "women", "men", "source", "loaded_on")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return f"{self.occupation}, {self.year}"

    @property
    def share_of_women(self) -> float:
        """The share of women, from 0 to 1."""
        return self.women / (self.women + self.men)


@tracked
class TravelTime(Record):
    """How many minutes bus and train take from one municipality to another, as a timetable or a survey says."""

    origin = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    destination = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    source = models.CharField(_("source"), max_length=300)
    loaded_on = models.DateField(_("loaded"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["origin", "destination"], name="travel_time_once"),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=MOST_MINUTES), name="travel_takes_a_day"),
            models.CheckConstraint(condition=~Q(origin=models.F("destination")), name="travel_goes_elsewhere"),
        ]

    class Privacy:
        ordinary = ("id", "origin", "destination", "minutes", "source", "loaded_on")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return f"{self.origin} – {self.destination}, {self.minutes} min"
