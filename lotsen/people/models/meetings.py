"""Meetings of several agencies about named people."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep

from .persons import Person


class SharedMeetingQuerySet(models.QuerySet["SharedMeeting"]):
    """Which meetings."""

    def visible_to(self, user: Any) -> "SharedMeetingQuerySet":
        """Those that the user's own units have called."""
        return self.filter(unit__in=user.own_units)


@tracked
class SharedMeeting(Record):
    """A unit meets other agencies about named people. Who is on the agenda, the consents say each time it is read."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    on = models.DateField(_("day"))
    organisations = models.ManyToManyField(Organisation, related_name="+", verbose_name=_("agencies at the table"))
    called_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = SharedMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting of agencies")
        ordering = ("-on", "title")

    class Privacy:
        free_text = ("title",)
        ordinary = ("id", "unit", "on", "organisations", "called_by")
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.on}, {self.title}"


class AgendaItem(Record):
    """Somebody is to be spoken of at a meeting, if the consents allow it."""

    meeting = models.ForeignKey(SharedMeeting, on_delete=models.CASCADE, related_name="items")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="agenda_items")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "person"], name="agenda_item_once_for_person")
        ]

    class Privacy:
        identity = ("person",)
        ordinary = ("id", "meeting")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return str(self.meeting)
