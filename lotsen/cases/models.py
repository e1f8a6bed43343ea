"""The case and its dated histories."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.core.text import search_key
from lotsen.core.traces import Traced
from lotsen.people.enums import DataCategory
from lotsen.people.models import Consent, Person
from lotsen.programmes.enums import Outcome, Sex, Support
from lotsen.programmes.models import Destination, ExitReason, Programme, Step, TargetGroup

from .enums import CaseState, Closing, Occasion, Whereabouts


def state_of(started_on: date | None, closing: str) -> CaseState:
    """Return where a case is on its way: it follows from its start and from how it was closed."""
    if closing:
        return CaseState.TRANSFERRED if closing == Closing.TRANSFER else CaseState.ENDED
    return CaseState.ACTIVE if started_on else CaseState.REFERRED


class CaseQuerySet(models.QuerySet["Case"]):
    """Which cases."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """Those of the user's own units, and those of the programmes that the user looks over."""
        return self.filter(Q(unit__in=user.own_units) | Q(programme__lead_unit__in=user.led_units))

    def opened_to(self, user: User) -> "CaseQuerySet":
        """The same, and those that a consent opens to the user's units. After `open_by_consent`."""
        opened = Consent.objects.in_force(timezone.localdate()).filter(
            to_unit__in=user.own_units,
            categories__contains=[DataCategory.CASE],
            person__cases__unit=F("from_unit"),
        )
        return self.filter(
            Q(unit__in=user.own_units)
            | Q(programme__lead_unit__in=user.led_units)
            | Q(pk__in=opened.values("person__cases"))
        )

    def named(self, text: str) -> "CaseQuerySet":
        """Those of a name, from the beginning of its words whatever their order and accents, or of a case number."""
        words = search_key(text.replace(",", " ")).split()
        starts = [Q(person__search_key__startswith=w) | Q(person__search_key__contains=f" {w}") for w in words]
        by_name = Q(*starts) if starts else Q(pk__in=[])
        return self.filter(by_name | Q(number__iexact=text.strip()))

    def for_list(self) -> "CaseQuerySet":
        """With all that a row of a list shows. A person whom the user may not know comes as none."""
        shown = ("programme", "number", "age", "started_on", "closed_on", "closing", "unit__name", "destination__names")
        names = ("destination__outcome", "person__given_name", "person__family_name")
        found = self.select_related("person", "unit", "destination").only(*shown, *names)
        return found.order_by("person__sort_key", "number")


@tracked
class Case(Traced, Record):
    """One person's time in one programme. Re-entry keeps the first start and the final exit."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cases")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases", help_text="Answers for the case.")
    # Null for one who takes part without being named; and a hidden person is read as null, by the outer join.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases", null=True, blank=True)
    number = models.CharField(_("case number"), max_length=50)
    referred_on = models.DateField(_("referred"))
    referred_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_on = models.DateField(_("started"), null=True, blank=True)

    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, blank=True)
    age = models.SmallIntegerField(_("age at start"), null=True, blank=True)
    born_abroad = models.BooleanField(_("born abroad"), null=True)
    newly_arrived = models.BooleanField(_("newly arrived"), null=True)
    reduced_work_ability = models.BooleanField(_("reduced work ability"), null=True)
    has_upper_secondary = models.BooleanField(_("completed upper secondary school"), null=True)
    months_without_work = models.SmallIntegerField(_("months without work"), null=True, blank=True)
    on_sick_leave = models.BooleanField(_("on sick leave, now or before"), null=True)
    registered_job_seeker = models.BooleanField(_("registered with the employment service"), null=True)
    employed_by_unit = models.BooleanField(_("employed by a unit that takes part"), null=True)
    target_groups = models.ManyToManyField(TargetGroup, through="CaseTargetGroup", related_name="cases")

    closed_on = models.DateField(_("closed"), null=True, blank=True)
    closing = models.CharField(max_length=10, choices=Closing.choices, blank=True)
    destination = models.ForeignKey(Destination, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    reason = models.ForeignKey(ExitReason, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    transferred_to = models.CharField(_("transferred to"), max_length=200, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "number"], name="case_number_once_in_programme"),
            models.UniqueConstraint(fields=["programme", "person"], name="case_once_for_person_in_programme"),
            models.CheckConstraint(condition=Q(started_on__gte=F("referred_on")), name="case_starts_after_referral"),
            models.CheckConstraint(condition=Q(closed_on__gte=F("started_on")), name="case_closes_after_start"),
            models.CheckConstraint(condition=Q(age__gte=0, age__lte=120), name="case_age_is_possible"),
            models.CheckConstraint(condition=Q(sex__in=["", *Sex.values]), name="case_sex_is_known"),
            models.CheckConstraint(
                condition=Q(closing="", closed_on=None, destination=None, reason=None, transferred_to="")
                | (
                    Q(closing=Closing.EXIT, transferred_to="", started_on__isnull=False, closed_on__isnull=False)
                    & Q(destination__isnull=False, reason__isnull=False)
                )
                | (
                    Q(closing=Closing.TRANSFER, destination=None, reason=None, closed_on__isnull=False)
                    & Q(started_on__isnull=False)
                    & ~Q(transferred_to="")
                ),
                name="case_closing_is_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "started_on"], name="case_by_start"),
            models.Index(fields=["programme", "closed_on"], name="case_by_close"),
        ]

    class Privacy:
        identity = ("person", "number")
        sensitive = (
            *("born_abroad", "newly_arrived", "reduced_work_ability", "on_sick_leave", "target_groups"),
            *("destination", "reason", "transferred_to"),
        )
        ordinary = (
            *("id", "programme", "unit", "referred_on", "referred_by", "started_on", "sex", "age"),
            *("has_upper_secondary", "months_without_work", "registered_job_seeker", "employed_by_unit"),
            *("closed_on", "closing"),
        )
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> CaseState:
        """Where the case is on its way."""
        return state_of(self.started_on, self.closing)

    @property
    def title(self) -> str:
        """The person's name for those who may know it, the case number for others."""
        return self.person.name if self.person else self.number

    @property
    def outcome(self) -> str:
        """What became of the case.

        A destination may tell of illness or prison: without the name, only its kind is said.
        """
        if self.destination is None:
            return str(self.state.label)
        return self.destination.name if self.person else str(Outcome(self.destination.outcome).label)

    def days(self, today: date) -> int | None:
        """Days in the programme, to the day of closing or today."""
        return ((self.closed_on or today) - self.started_on).days if self.started_on else None


class AnonymousParticipant(Record):
    """Somebody who took part and may not be registered: no consent was given, or the identity is protected.

    Nothing but this is kept, and nobody is found again by it. Counted apart from the cases.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="anonymous_participants")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices)
    year = models.PositiveSmallIntegerField(_("year of start"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="anonymous_participant_sex_is_known")
        ]

    class Privacy:
        ordinary = ("id", "programme", "unit", "sex", "year")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.year}, {self.get_sex_display()}"


class CaseTargetGroup(Record):
    """A case belongs to a target group, as the rule said at its start. It may belong to several."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    target_group = models.ForeignKey(TargetGroup, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "target_group"], name="case_target_group_once")
        ]

    class Privacy:
        sensitive = ("target_group",)
        ordinary = ("id", "case")
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return str(self.target_group)


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

    class Privacy:
        ordinary = ("id", "case", "since", "step")
        sensitive = ()
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
