"""A list of employers that somebody has uploaded, and its rows, until they stand in the register."""

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Municipality, Unit, User
from lotsen.core.models import Record
from lotsen.core.privacy import Keep
from lotsen.employers.enums import Choice, ImportState, Sector, Verdict

from .register import Employer

_PATIENCE = timedelta(minutes=10)


class EmployerImport(Record):
    """A list that was uploaded. Read at once, registered when somebody says so, and gone after thirty days.

    Without a history: what it leads to has one.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    file_name = models.CharField(_("file"), max_length=200)
    headings = ArrayField(models.TextField())
    samples = ArrayField(models.TextField(), help_text="What stands in the first rows, by column.")
    lines = models.JSONField(help_text="The cells of each row, as texts.")
    #: What a column holds -> its place, from nought. Empty until somebody has said so.
    columns = models.JSONField(default=dict)
    # What holds for rows that say nothing of it.
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices, default=Sector.PRIVATE)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.READ)
    begun_at = models.DateTimeField(null=True, blank=True, help_text="When the worker was asked last.")
    done = models.PositiveIntegerField(default=0, help_text="Rows that are checked or registered.")
    expected = models.PositiveIntegerField(default=0, help_text="Rows that are to be.")

    class Meta:
        verbose_name = _("list of employers")
        ordering = ("-made_at",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_is_known"),
            models.CheckConstraint(condition=Q(sector__in=Sector.values), name="import_sector_is_known"),
            models.CheckConstraint(condition=Q(done__lte=F("expected")), name="import_does_what_is_expected"),
        ]

    class Privacy:
        # Whoever trades alone stands in such a list by name.
        identity = ("samples", "lines")
        ordinary = (
            *("id", "unit", "by", "made_at", "file_name", "headings", "columns", "sector", "municipality", "state"),
            *("begun_at", "done", "expected"),
        )
        keep = Keep.WHILE_USED

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_busy(self) -> bool:
        """Whether the worker has it. One that has been silent for ten minutes has not, and can be asked anew."""
        is_asked = self.state in {ImportState.CHECKING, ImportState.WRITING}
        return is_asked and self.begun_at is not None and timezone.now() < self.begun_at + _PATIENCE


class ImportRow(Record):
    """A row of a list: what was read or corrected, and what is found of it."""

    batch = models.ForeignKey(EmployerImport, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField(_("row"), help_text="As the spreadsheet counts: the headings are row 1.")
    #: What is said of the employer -> the text, as read from the columns or corrected by hand.
    told = models.JSONField(default=dict)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    choice = models.CharField(max_length=10, choices=Choice.choices, blank=True)
    #: Of which the row says what is known already, or may be; or which it has become.
    employer = models.ForeignKey(Employer, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    #: The row before it that says the same, or may.
    twin = models.PositiveIntegerField(_("the row before it"), null=True, blank=True)
    number = models.CharField(max_length=10, blank=True)
    search_key = models.CharField(max_length=220, blank=True)
    sound_key = models.CharField(max_length=220, blank=True)
    is_written = models.BooleanField(default=False)

    class Meta:
        ordering = ("place",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "place"], name="import_row_once_at_a_place"),
            models.CheckConstraint(condition=Q(verdict__in=["", *Verdict.values]), name="import_verdict_is_known"),
            models.CheckConstraint(condition=Q(choice__in=["", *Choice.values]), name="import_choice_is_known"),
            models.CheckConstraint(condition=Q(twin__lt=F("place")), name="import_twin_stands_before"),
        ]
        indexes: ClassVar = [models.Index(fields=["batch", "verdict", "place"], name="import_row_by_verdict")]

    class Privacy:
        identity = ("told",)
        ordinary = (
            *("id", "batch", "place", "verdict", "choice", "employer", "twin", "number", "search_key", "sound_key"),
            "is_written",
        )
        keep = Keep.WHILE_USED

    def __str__(self) -> str:
        return str(self.told.get("name", "")) or str(self.place)
