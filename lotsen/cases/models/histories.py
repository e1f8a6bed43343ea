"""The dated histories of a case: steps, means of support, whereabouts, responsible staff and team; follow-ups."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import User
from lotsen.cases.enums import ContactWay, Occasion, TeamPart, Whereabouts
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.programmes.enums import Support
from lotsen.programmes.models import Step

from .cases import Case


class Since(Record):
    """A row of a dated history: holds from its day until the next row."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="%(class)ss")
    since = models.DateField(_("since"))

    class Meta:
        abstract = True
        ordering = ("since",)
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["case", "since"], name="%(class)s_one_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.since}"


@tracked
class StepEntry(Since):
    """The case came onto a step."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    # What the step before asked for and was not there, one a line; and why the case moved on all the same.
    lacking = models.TextField(_("what was lacking"), blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta(Since.Meta):
        constraints: ClassVar = [
            *Since.Meta.constraints,
            models.CheckConstraint(condition=Q(lacking="") | ~Q(reason=""), name="step_overruled_says_why"),
        ]

    class Privacy:
        ordinary = ("id", "case", "since", "step")
        free_text = ("lacking", "reason")
        keep = Keep.WITH_CASE


@tracked
class SupportEntry(Since):
    """The person's means of support changed."""

    support = models.CharField(max_length=30, choices=Support.choices)

    class Meta(Since.Meta):
        constraints: ClassVar = [
            *Since.Meta.constraints,
            models.CheckConstraint(condition=Q(support__in=Support.values), name="support_is_known"),
        ]

    class Privacy:
        sensitive = ("support",)
        ordinary = ("id", "case", "since")
        keep = Keep.WITH_CASE


@tracked
class WhereaboutsEntry(Since):
    """The participant came into an activity, studies, work or an internship, or out of them."""

    whereabouts = models.CharField(max_length=20, choices=Whereabouts.choices)

    class Meta(Since.Meta):
        constraints: ClassVar = [
            *Since.Meta.constraints,
            models.CheckConstraint(condition=Q(whereabouts__in=Whereabouts.values), name="whereabouts_is_known"),
        ]

    class Privacy:
        sensitive = ("whereabouts",)
        ordinary = ("id", "case", "since")
        keep = Keep.WITH_CASE


@tracked
class ResponsibleEntry(Since):
    """A member of staff began to answer for the case."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Privacy:
        sensitive = ("user",)
        ordinary = ("id", "case", "since")
        keep = Keep.WITH_PERSON


@tracked
class TeamMember(Record):
    """A member of staff works with the case beside the one who answers for it, from a day to a day."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("part"), max_length=20, choices=TeamPart.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("since",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "user"], condition=Q(until=None), name="team_member_once"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="team_member_ends_after_beginning"),
            models.CheckConstraint(condition=Q(part__in=TeamPart.values), name="team_part_is_known"),
        ]

    class Privacy:
        sensitive = ("user",)
        ordinary = ("id", "case", "part", "since", "until")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.user}, {self.get_part_display()}"


@tracked
class OwnRating(Record):
    """The participant's own sense of distance to work, 1 (far) to 10 (there).

    Empty: asked, and would rather not say.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ratings")
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    rated_on = models.DateField()
    distance = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "occasion"], name="rating_once_an_occasion"),
            models.CheckConstraint(condition=Q(distance__gte=1, distance__lte=10), name="rating_on_scale"),
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="rating_occasion_is_known"),
        ]

    class Privacy:
        sensitive = ("distance",)
        ordinary = ("id", "case", "occasion", "rated_on")
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return f"{self.get_occasion_display()}: {self.distance}"


@tracked
class FollowUp(Record):
    """What was found out some days after the exit. A missing answer is no answer, never a no."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="follow_ups")
    day = models.PositiveSmallIntegerField(help_text="Days after the exit, one of the programme's.")
    done_on = models.DateField()
    answered = models.BooleanField()
    in_work = models.BooleanField(null=True)
    in_education = models.BooleanField(null=True)
    in_other_programme = models.BooleanField(null=True)
    sees_better_chances = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "day"], name="follow_up_once_a_day"),
            models.CheckConstraint(
                condition=Q(answered=True)
                | Q(in_work=None, in_education=None, in_other_programme=None, sees_better_chances=None),
                name="follow_up_without_answer_says_nothing",
            ),
        ]

    class Privacy:
        sensitive = ("in_work", "in_education", "in_other_programme", "sees_better_chances")
        ordinary = ("id", "case", "day", "done_on", "answered")
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return f"{self.case}, {self.day}"


class FollowUpLink(Record):
    """A link by which the person answers a follow-up without signing in. Only the message holds its token."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    day = models.PositiveSmallIntegerField(help_text="Days after the exit, one of the programme's.")
    link = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token.")
    sent_on = models.DateField()

    class Privacy:
        sensitive = ("sent_on",)
        ordinary = ("id", "case", "day", "link")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.case}, {self.day}"


@tracked
class FollowUpAttempt(Record):
    """Somebody tried to reach the person for a follow-up, and did not."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="follow_up_attempts")
    day = models.PositiveSmallIntegerField(help_text="Days after the exit, one of the programme's.")
    on = models.DateField()
    way = models.CharField(_("way"), max_length=20, choices=ContactWay.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(way__in=ContactWay.values), name="follow_up_attempt_way_is_known"),
        ]

    class Privacy:
        sensitive = ("on",)
        ordinary = ("id", "case", "day", "way", "by")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.day}, {self.on}"
