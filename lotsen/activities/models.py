"""Activities, their sessions, and who came."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit
from lotsen.cases.models import Case
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.programmes.models import Kind, Programme

from .enums import Presence


@tracked
class Activity(Record):
    """Something that people take part in, of one of the programme's kinds.

    Without a unit, it is for the whole programme.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="activities")
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="activities")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        verbose_name = _("activity")

    class Privacy:
        ordinary = ("id", "programme", "kind", "unit", "title")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return self.title


@tracked
class Session(Record):
    """One occurrence of an activity."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="sessions")
    on = models.DateField(_("day"))
    minutes = models.PositiveIntegerField(_("minutes"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(minutes__gt=0, minutes__lte=24 * 60), name="session_fits_in_a_day")
        ]

    class Privacy:
        ordinary = ("id", "activity", "on", "minutes")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.activity}, {self.on}"


@tracked
class Attendance(Record):
    """A participant, or somebody for an organisation, was expected at a session, and came or did not. Whole minutes."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    presence = models.CharField(max_length=20, choices=Presence.choices)
    minutes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "case"], name="attendance_once_for_case"),
            models.UniqueConstraint(fields=["session", "organisation"], name="attendance_once_for_organisation"),
            models.CheckConstraint(
                condition=Q(case__isnull=True) ^ Q(organisation__isnull=True), name="attendance_is_of_one"
            ),
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="attendance_presence_is_known"),
            models.CheckConstraint(
                condition=Q(presence=Presence.PRESENT) | Q(minutes=0), name="attendance_absent_has_no_minutes"
            ),
        ]

    class Privacy:
        sensitive = ("presence", "minutes")
        ordinary = ("id", "session", "case", "organisation")
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.session}: {self.get_presence_display()}"
