"""The log of what was read."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Unit, User
from lotsen.core.privacy import Keep
from lotsen.people.enums import ReadingKind


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Which readings."""

    def visible_to(self, user: User) -> "ReadingQuerySet":
        """Those that touch a unit whose authority the user audits."""
        units = Unit.objects.filter(organisation__units__in=user.audited_units).values_list("pk", flat=True)
        return self.filter(units__overlap=list(units))


class Reading(models.Model):
    """One request in which somebody's record was read: who, when, on which page, whose.

    Written by `lotsen_log_reading()` in the transaction of the request, and by nothing else; no role of the pages can
    change or delete a row. The table is cut by month (migrations), so that old months can go as a whole.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField(_("when"))
    # No foreign keys: the log outlives who and what it tells of.
    user_id = models.UUIDField()
    kind = models.CharField(_("how"), max_length=20, choices=ReadingKind.choices)
    page = models.CharField(_("page"), max_length=200)
    #: Persons and cases.
    subjects = ArrayField(models.UUIDField())
    #: The units that answer for them.
    units = ArrayField(models.UUIDField())
    #: The consents and other grounds that it rested on, where it crossed a border.
    grounds = ArrayField(models.UUIDField())
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        managed = False
        ordering = ("-at",)

    class Privacy:
        identity = ("subjects",)
        free_text = ("reason",)
        ordinary = ("id", "at", "user_id", "kind", "page", "units", "grounds")
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"
