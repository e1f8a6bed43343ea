"""Notes, appointments and snippets."""

from datetime import datetime, time
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Unit, User
from lotsen.activities.models import Session
from lotsen.cases.enums import ContactWay
from lotsen.cases.models import Case
from lotsen.core.dates import time_after
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.programmes.models import Kind

from .enums import Came, Interpreter, WaitsFor


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Which appointments."""

    def visible_to(self, user: Any) -> "AppointmentQuerySet":
        """Those of the user's own units' cases."""
        return self.filter(case__unit__in=user.own_units)

    def ahead(self, at: datetime) -> "AppointmentQuerySet":
        """Those that are still to come, the first one first."""
        later_today = Q(on=at.date(), at__gte=at.time())
        return self.filter(Q(on__gt=at.date()) | later_today, came="").order_by("on", "at")


@tracked
class Appointment(Record):
    """A member of staff and a participant meet at a time: at a place, by phone or by video."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="appointments")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("member of staff"))
    on = models.DateField(_("day"))
    at = models.TimeField(_("time"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=45)
    way = models.CharField(_("way"), max_length=20, choices=ContactWay.choices, default=ContactWay.MEETING)
    # Counts as participant hours where it is of one of the programme's kinds of activity.
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("place"), max_length=200, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=10, choices=Interpreter.choices, blank=True)
    # Where the hours are counted: made when somebody came to an appointment of a kind.
    session = models.OneToOneField(Session, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    came = models.CharField(_("came"), max_length=20, choices=Came.choices, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        ordering = ("on", "at")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "on", "at"], name="appointment_once_at_a_time"),
            models.CheckConstraint(condition=Q(minutes__gt=0, minutes__lte=12 * 60), name="appointment_fits_in_a_day"),
            models.CheckConstraint(condition=Q(way__in=ContactWay.values), name="appointment_way_is_known"),
            models.CheckConstraint(condition=Q(came__in=["", *Came.values]), name="appointment_came_is_known"),
            models.CheckConstraint(
                condition=Q(interpreter__in=Interpreter.values), name="appointment_interpreter_is_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "on"], name="appointment_by_user_and_day")]

    class Privacy:
        sensitive = ("way", "kind", "place", "interpreter", "came")
        ordinary = ("id", "case", "user", "on", "at", "minutes", "session")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.on} {self.at:%H.%M}"

    @property
    def ends_at(self) -> time:
        """When it ends, by the clock."""
        return time_after(self.at, self.minutes)


class NoteQuerySet(models.QuerySet["Note"]):
    """Which notes."""

    def visible_to(self, user: Any) -> "NoteQuerySet":
        """Those of the user's own units' cases; a private one is its writer's alone."""
        return self.filter(Q(is_private=False) | Q(written_by=user), case__unit__in=user.own_units)


@tracked
class Note(Record):
    """What was said and done on a day, in the words of staff.

    A private part is read by its writer alone, and is disclosed with the record all the same when the person asks
    (offentlighets- och sekretesslagen 10:3; the extract names it).
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    appointment = models.OneToOneField(
        Appointment, on_delete=models.SET_NULL, null=True, blank=True, related_name="note"
    )
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by"))
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    on = models.DateField(_("day"))
    way = models.CharField(_("way"), max_length=20, choices=ContactWay.choices, blank=True)
    was_reached = models.BooleanField(_("was reached"), default=True)
    body = models.TextField(_("text"))
    is_private = models.BooleanField(_("private"), default=False)
    waits_for = models.CharField(_("waits for"), max_length=20, choices=WaitsFor.choices, blank=True)
    waits_until = models.DateField(_("until"), null=True, blank=True)
    settled_on = models.DateField(_("settled"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        ordering = ("-on", "-written_at")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(body=""), name="note_says_something"),
            models.CheckConstraint(condition=Q(way__in=["", *ContactWay.values]), name="note_way_is_known"),
            models.CheckConstraint(condition=Q(waits_for__in=["", *WaitsFor.values]), name="note_waits_for_is_known"),
            models.CheckConstraint(
                condition=Q(waits_for="", waits_until=None) | (~Q(waits_for="") & Q(waits_until__isnull=False)),
                name="note_waits_for_somebody_until_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "-on"], name="note_by_case_and_day"),
            models.Index(
                fields=["waits_until"],
                condition=~Q(waits_for="") & Q(settled_on=None),
                name="note_that_waits",
            ),
        ]

    class Privacy:
        sensitive = ("way", "was_reached", "waits_for")
        free_text = ("body",)
        ordinary = (
            *("id", "case", "appointment", "written_by", "written_at", "on", "is_private", "waits_until"),
            *("settled_on", "revision"),
        )
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.on}"


class Snippet(Record):
    """A text that a unit writes often: its short name is written, and the whole is put in."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("short name"), max_length=40)
    body = models.TextField(_("text"))

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "name"], name="snippet_once_in_unit")]

    class Privacy:
        ordinary = ("id", "unit", "name", "body")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return self.name
