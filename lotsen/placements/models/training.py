"""Courses and apprenticeships that answer what employers need, and who takes them."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Unit
from lotsen.cases.models import Case
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.employers.enums import Swedish, classifications
from lotsen.placements.enums import TrainingKind, TrainingState


def offered_on(day: date) -> Q:
    """Training that one can still apply for on a day, with places left."""
    return Q(Q(apply_by__gte=day) | Q(apply_by=None, from_on__gte=day), Q(places=None) | Q(taken__lt=F("places")))


class TrainingOfferQuerySet(models.QuerySet["TrainingOffer"]):
    """Which offers."""

    def open(self, on: date) -> "TrainingOfferQuerySet":
        """Those that one can still apply for on a day, with places left."""
        return self.filter(offered_on(on))

    def named(self, text: str) -> "TrainingOfferQuerySet":
        """Those whose title, provider or occupation holds the text."""
        words = Q(title__icontains=text) | Q(provider__icontains=text)
        return self.filter(words | Q(occupation__in=classifications.codes_named(text)))


@tracked
class TrainingOffer(Record):
    """A course or an apprenticeship: when, for how many, what one must have, and which occupation it leads to.

    It answers the needs that employers have told of that occupation.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=TrainingKind.choices)
    title = models.CharField(_("title"), max_length=120)
    provider = models.CharField(_("who gives it"), max_length=120)
    occupation = models.CharField(_("leads to the occupation"), max_length=4, help_text="SSYK 2012, four digits.")
    from_on = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    apply_by = models.DateField(_("apply by"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    taken = models.PositiveSmallIntegerField(_("taken"), default=0, editable=False)
    swedish = models.CharField(_("Swedish"), max_length=10, choices=Swedish.choices, blank=True)
    needs_licence = models.BooleanField(_("a driving licence is needed"), null=True)
    must = models.TextField(_("what else one must have"), blank=True)
    about = models.TextField(_("about"), blank=True)
    link = models.URLField(_("more about it"), blank=True)

    objects = TrainingOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("training offer")
        ordering = ("from_on", "title")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=TrainingKind.values), name="training_kind_is_known"),
            models.CheckConstraint(condition=Q(occupation__regex=r"^[0-9]{4}$"), name="training_occupation_is_ssyk"),
            models.CheckConstraint(condition=Q(until__gte=F("from_on")), name="training_ends_after_beginning"),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="training_has_places"),
            models.CheckConstraint(condition=Q(swedish__in=["", *Swedish.values]), name="training_swedish_known"),
        ]

    class Privacy:
        ordinary = (
            *("id", "unit", "kind", "title", "provider", "occupation", "from_on", "until", "apply_by", "places"),
            *("taken", "swedish", "needs_licence", "must", "about", "link"),
        )
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return f"{self.title}, {self.provider}"

    @property
    def occupation_name(self) -> str:
        """The occupation that it leads to, in words."""
        return classifications.names(classifications.OCCUPATION).get(self.occupation, self.occupation)


@tracked
class TrainingPlace(Record):
    """A participant has applied for a course, takes it, or has taken it."""

    offer = models.ForeignKey(TrainingOffer, on_delete=models.PROTECT, related_name="takers")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="trainings")
    state = models.CharField(_("state"), max_length=20, choices=TrainingState.choices, default=TrainingState.APPLIED)
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("place in a course")
        ordering = ("-since",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["offer", "case"], name="training_place_once"),
            models.CheckConstraint(condition=Q(state__in=TrainingState.values), name="training_state_is_known"),
        ]

    class Privacy:
        sensitive = ("offer", "state", "since")
        ordinary = ("id", "case")
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return f"{self.offer}, {self.get_state_display()}"
