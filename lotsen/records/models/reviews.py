"""Reviews of the log of what was read."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, User
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.records.enums import Pattern, Verdict


class LogReviewQuerySet(models.QuerySet["LogReview"]):
    """Which reviews."""

    def visible_to(self, user: User) -> "LogReviewQuerySet":
        """Those of the authorities that the user audits."""
        return self.filter(organisation__units__in=user.audited_units).distinct()


@tracked
class LogReview(Record):
    """A period of an authority's reading log is looked through, and signed (SoLPUL 2001:454, 10 §)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="log_reviews")
    since = models.DateField(_("from"))
    until = models.DateField(_("until and including"))
    #: Pattern -> how many readings of the period it met; only some of them are drawn.
    counts = models.JSONField(default=dict)
    readings = models.PositiveIntegerField(_("readings"))
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    remark = models.TextField(_("remark"), blank=True)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)

    objects = LogReviewQuerySet.as_manager()

    class Meta:
        ordering = ("-until", "-begun_at")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="log_review_ends_after_beginning"),
            models.UniqueConstraint(fields=["organisation", "since", "until"], name="log_review_once_for_period"),
            models.CheckConstraint(
                condition=Q(signed_by=None, signed_at=None) | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="log_review_signing_is_whole",
            ),
        ]

    class Privacy:
        free_text = ("remark",)
        ordinary = (
            *("id", "organisation", "since", "until", "counts", "readings"),
            *("begun_by", "begun_at", "signed_by", "signed_at"),
        )
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"


@tracked
class ReviewedReading(Record):
    """One reading that a review looks at, why, and what the reviewer says of it."""

    review = models.ForeignKey(LogReview, on_delete=models.CASCADE, related_name="reviewed")
    # No foreign key: the log is cut by month, and its months go.
    reading_id = models.UUIDField()
    pattern = models.CharField(max_length=20, choices=Pattern.choices)
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict.choices, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "reading_id", "pattern"], name="reviewed_reading_once"),
            models.CheckConstraint(condition=Q(pattern__in=Pattern.values), name="reviewed_reading_pattern_is_known"),
            models.CheckConstraint(
                condition=Q(verdict__in=["", *Verdict.values]), name="reviewed_reading_verdict_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.WRONG) | ~Q(note=""), name="reviewed_reading_that_is_wrong_says_why"
            ),
        ]

    class Privacy:
        free_text = ("note",)
        ordinary = ("id", "review", "reading_id", "pattern", "verdict")
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.get_pattern_display()}: {self.get_verdict_display()}"
