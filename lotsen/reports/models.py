"""Texts of a report, and reports as they were made."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import User
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.programmes.models import Programme

from .enums import ReportState, Section


class ReportQuerySet(models.QuerySet["Report"]):
    """Which reports."""

    def visible_to(self, user: User) -> "ReportQuerySet":
        """Those of programmes that the user looks over: a report tells of the whole programme."""
        return self.filter(programme__lead_unit__pk__in=user.led_units)


@tracked
class ReportText(Record):
    """What staff write under one heading of the final report."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="report_texts")
    section = models.CharField(max_length=20, choices=Section.choices)
    body = models.TextField(_("text"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "section"], name="report_text_once_a_section"),
            models.CheckConstraint(condition=Q(section__in=Section.values), name="report_section_is_known"),
        ]

    class Privacy:
        free_text = ("body",)
        ordinary = ("id", "programme", "section", "version")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.programme}: {self.get_section_display()}"


@tracked
class Report(Record):
    """A final report as it was made: its figures and texts are frozen in `content`, its files beside it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reports")
    as_of = models.DateField(_("as of"))
    language = models.CharField(max_length=2, default="sv")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.QUEUED)
    done = models.PositiveSmallIntegerField(default=0, help_text="Steps of the making that are done.")
    error = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_is_known")
        ]

    class Privacy:
        free_text = ("content", "error")
        ordinary = ("id", "programme", "as_of", "language", "state", "done", "made_by", "asked_at")
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.programme}, {self.as_of}"


class ReportFile(Record):
    """A file of a made report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=4, choices=[("docx", "Word"), ("pdf", "PDF")])
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "format"], name="report_file_once")]

    class Privacy:
        free_text = ("data",)
        ordinary = ("id", "report", "format")
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.report}.{self.format}"
