"""Layouts of the participant file; the files as they were made and sent, and their rows."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Unit, User
from lotsen.cases.models import Case
from lotsen.core import encryption
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.core.text import local
from lotsen.programmes.enums import FundPeriod
from lotsen.programmes.models import Programme

from .enums import FileState


@tracked
class FileLayout(Record):
    """How the participant file of a programme period looks, from a day on: sheet, heading, columns, the window."""

    fund_period = models.CharField(max_length=20, choices=FundPeriod.choices)
    valid_from = models.DateField(_("valid from"))
    content = models.JSONField()

    class Meta:
        ordering = ("fund_period", "valid_from")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund_period", "valid_from"], name="file_layout_once_a_day"),
            models.CheckConstraint(condition=Q(fund_period__in=FundPeriod.values), name="file_layout_period_is_known"),
        ]

    class Privacy:
        ordinary = ("id", "fund_period", "valid_from", "content")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language now in use."""
        return local(self.content["name"])


class MonthlyFileQuerySet(models.QuerySet["MonthlyFile"]):
    """Which files."""

    def visible_to(self, user: User) -> "MonthlyFileQuerySet":
        """Those of the user's own units, and of the programmes that the user looks over: how far they are, no rows."""
        return self.filter(Q(unit__in=user.own_units) | Q(programme__lead_unit__in=user.led_units))

    def kept_by(self, user: User) -> "MonthlyFileQuerySet":
        """Those of the user's own units."""
        return self.filter(unit__in=user.own_units)


@tracked
class MonthlyFile(Record):
    """The participants of one unit in a programme in one month, as they were when the file was made.

    Made as often as one likes until it is sent; then frozen. A correction is a new version.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="monthly_files")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("month"), help_text="Its first day.")
    version = models.PositiveSmallIntegerField(_("version"))
    layout = models.ForeignKey(FileLayout, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=FileState.choices, default=FileState.QUEUED)
    done = models.PositiveIntegerField(default=0, help_text="Rows that are written.")
    expected = models.PositiveIntegerField(default=0, help_text="Rows that there will be.")
    minutes = models.PositiveBigIntegerField(_("minutes"), default=0)
    faults = models.JSONField(default=list)
    why = models.CharField(_("why it is sent again"), max_length=300, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    receipt = models.CharField(_("receipt"), max_length=200, blank=True)

    objects = MonthlyFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant file")
        ordering = ("month", "version")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "unit", "month", "version"], name="monthly_file_version_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="monthly_file_month_is_its_first_day"),
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="monthly_file_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=FileState.SENT, sent_at__isnull=False, sent_by__isnull=False)
                | (~Q(state=FileState.SENT) & Q(sent_at=None, sent_by=None, receipt="")),
                name="monthly_file_is_sent_whole",
            ),
        ]

    class Privacy:
        free_text = ("why",)
        sensitive = ("faults",)
        ordinary = (
            *("id", "programme", "unit", "month", "version", "layout", "state", "done", "expected", "minutes"),
            *("made_by", "made_at", "sent_by", "sent_at", "receipt"),
        )
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.programme}, {self.unit}, {self.month:%Y-%m}"

    @property
    def errors(self) -> list[dict[str, Any]]:
        """What must be mended before the file can be sent."""
        return [fault for fault in self.faults if fault["is_error"]]


class FileRow(Record):
    """One participant in a file. The number is sealed; of a protected person, a substitute stands in its place."""

    file = models.ForeignKey(MonthlyFile, on_delete=models.CASCADE, related_name="rows")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="file_rows")
    position = models.PositiveIntegerField(_("row"))
    started_on = models.DateField(_("start"))
    ended_on = models.DateField(_("end"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"))
    is_substitute = models.BooleanField(_("a substitute stands for the number"), default=False)
    number_sealed = models.BinaryField(null=True, editable=False)
    number_index = models.BinaryField(null=True, editable=False)

    class Meta:
        ordering = ("position",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "case"], name="file_row_once_for_case"),
            models.UniqueConstraint(fields=["file", "position"], name="file_row_once_at_a_place"),
        ]

    class Privacy:
        identity = ("number_sealed", "number_index")
        sensitive = ("started_on", "ended_on", "minutes", "is_substitute")
        ordinary = ("id", "file", "case", "position")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.position}"

    @property
    def number(self) -> str:
        """What stands for the person in the file; empty where there is nothing."""
        return encryption.decrypt(bytes(self.number_sealed), self.pk) if self.number_sealed else ""
