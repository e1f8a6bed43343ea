"""Premises; activities, their sessions, who takes part, and who came."""

from datetime import time
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.cases.models import Case
from lotsen.core.dates import time_after
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.programmes.models import Kind, Programme

from .enums import Audience, Presence, Result, SignedHow

# A place and the minutes for which it is taken, as one range of numbers: PostgreSQL compares those without an
# extension, which a place beside a range of times would need. 2^32 minutes are eight thousand years.
_TAKEN = (
    """int8range(place_id * 4294967296 + ("on" - date '2000-01-01') * 1440 + (extract(epoch from at) / 60)::bigint, """
    """place_id * 4294967296 + ("on" - date '2000-01-01') * 1440 + (extract(epoch from at) / 60)::bigint + minutes)"""
)
_NEXT_NUMBER = models.Func(models.Value("activities_premises_number"), function="nextval")


class PremisesQuerySet(models.QuerySet["Premises"]):
    """Which rooms."""

    def kept_by(self, user: User) -> "PremisesQuerySet":
        """Those of the user's own units."""
        return self.filter(unit__in=user.own_units)


@tracked
class Premises(Record):
    """A room where people meet, with what somebody must know who cannot take a stair."""

    #: A number too, since bookings are compared as numbers.
    number = models.BigIntegerField(unique=True, editable=False, db_default=_NEXT_NUMBER)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="premises")
    name = models.CharField(_("name"), max_length=100)
    address = models.CharField(_("address"), max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    is_step_free = models.BooleanField(_("can be reached without steps"), null=True)
    has_lift = models.BooleanField(_("has a lift"), null=True)
    has_accessible_toilet = models.BooleanField(_("has an accessible toilet"), null=True)
    has_hearing_loop = models.BooleanField(_("has a hearing loop"), null=True)

    objects = PremisesQuerySet.as_manager()

    class Meta:
        verbose_name = _("premises")
        ordering = ("name",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "name"], name="premises_once_in_unit")]

    class Privacy:
        ordinary = (
            *("id", "number", "unit", "name", "address", "capacity", "is_step_free", "has_lift"),
            *("has_accessible_toilet", "has_hearing_loop"),
        )
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return self.name


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Which activities."""

    def visible_to(self, user: User) -> "ActivityQuerySet":
        """Those of the programmes that the user works in or looks over."""
        return self.filter(programme__in=Programme.objects.visible_to(user))

    def kept_by(self, user: User) -> "ActivityQuerySet":
        """Those of the user's own units, and those for whole programmes that these take part in."""
        own = Q(unit__in=user.own_units)
        shared = Q(unit=None, programme__in=Programme.objects.filter(units__in=user.own_units))
        return self.filter(own | shared)

    def met_by(self, user: User) -> "ActivityQuerySet":
        """The same, and those of the programmes that the user looks over: meetings of groups are theirs too."""
        return self.kept_by(user) | self.filter(programme__lead_unit__in=user.led_units)


@tracked
class Activity(Record):
    """Something that people take part in, of one of the programme's kinds.

    Without a unit, it is for the whole programme.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="activities")
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="activities")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    audience = models.CharField(_("for whom"), max_length=20, choices=Audience.choices, default=Audience.PARTICIPANTS)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    purpose = models.CharField(_("purpose"), max_length=500, blank=True)
    # How it went: whether the purpose was met, and how many it reached where no roll is called.
    result = models.CharField(_("was the purpose met"), max_length=10, choices=Result.choices, blank=True)
    result_why = models.CharField(_("how one sees that"), max_length=500, blank=True)
    reached = models.PositiveIntegerField(_("number reached"), null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        ordering = ("title",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="activity_audience_is_known"),
            models.CheckConstraint(condition=Q(result__in=["", *Result.values]), name="activity_result_is_known"),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="activity_has_a_place"),
        ]

    class Privacy:
        ordinary = (
            *("id", "programme", "kind", "unit", "title", "audience", "capacity", "purpose", "result", "result_why"),
            "reached",
        )
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return self.title


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Which enrolments."""

    def on(self, day: Any) -> "EnrolmentQuerySet":
        """Those with a place on a day; nobody who waits for one."""
        return self.filter(Q(until=None) | Q(until__gte=day), waits=False, since__lte=day)


@tracked
class Enrolment(Record):
    """A participant has a place in an activity from a day to a day, or waits for one."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="enrolments")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="enrolments")
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True, blank=True)
    waits = models.BooleanField(_("waits for a place"), default=False)
    signed_up_at = models.DateTimeField(auto_now_add=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        ordering = ("signed_up_at",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "case"], condition=Q(until=None), name="enrolment_once"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="enrolment_ends_after_beginning"),
        ]

    class Privacy:
        sensitive = ("activity", "since", "until")
        ordinary = ("id", "case", "waits", "signed_up_at")
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return f"{self.activity}, {self.since}"


class SessionQuerySet(models.QuerySet["Session"]):
    """Which sessions."""

    def without_roll(self, **whose: Any) -> "SessionQuerySet":
        """Those where somebody whom one sees has a place and is not written down; `whose` narrows the enrolments."""
        written = Attendance.objects.filter(session=OuterRef(OuterRef("pk")), case=OuterRef("case"))
        placed = Enrolment.objects.filter(activity=OuterRef("activity"), **whose).on(OuterRef("on"))
        return self.filter(Exists(placed.exclude(Exists(written))), cancelled_on=None)


@tracked
class Session(Record):
    """One occurrence of an activity. A time and a place are known or not; a place holds one session at a time."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="sessions")
    on = models.DateField(_("day"))
    at = models.TimeField(_("at"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"))
    place = models.ForeignKey(
        Premises, on_delete=models.PROTECT, to_field="number", null=True, blank=True, related_name="sessions"
    )
    led_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    called_on = models.DateField(_("roll called"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled"), null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("on", "at")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(minutes__gt=0, minutes__lte=24 * 60), name="session_fits_in_a_day"),
            models.CheckConstraint(
                condition=Q(called_on=None) | Q(cancelled_on=None), name="session_cancelled_has_no_roll"
            ),
            ExclusionConstraint(
                name="session_place_is_free",
                expressions=[(models.Func(template=_TAKEN, output_field=BigIntegerRangeField()), "&&")],
                condition=Q(place__isnull=False, at__isnull=False, cancelled_on=None),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["on"], name="session_by_day")]

    class Privacy:
        ordinary = ("id", "activity", "on", "at", "minutes", "place", "led_by", "called_on", "cancelled_on")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.activity}, {self.on}"

    @property
    def ends_at(self) -> time | None:
        """When it ends, by the clock; none where it is not known when it begins."""
        return time_after(self.at, self.minutes) if self.at else None


@tracked
class Attendance(Record):
    """A participant, or somebody for an organisation, was expected at a session, and came or did not. Whole minutes.

    Who came late or left early has fewer minutes than the session.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    presence = models.CharField(max_length=20, choices=Presence.choices)
    minutes = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

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
        free_text = ("reason",)
        ordinary = ("id", "session", "case", "organisation")
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.session}: {self.get_presence_display()}"


class CalendarFeed(Record):
    """Somebody's sessions as a calendar program reads them, behind a link that only that program holds."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    link = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the link.")
    made_on = models.DateField(_("made"))

    class Meta:
        verbose_name = _("calendar link")

    class Privacy:
        ordinary = ("id", "user", "link", "made_on")
        keep = Keep.WHILE_USED

    def __str__(self) -> str:
        return str(self.user)


@tracked
class Minutes(Record):
    """What a meeting of a group was about: its agenda, and what was decided."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="minutes_kept")
    agenda = models.TextField(_("agenda"), blank=True)
    decisions = models.TextField(_("decided"), blank=True)

    class Meta:
        verbose_name = _("minutes of a meeting")

    class Privacy:
        free_text = ("agenda", "decisions")
        ordinary = ("id", "session")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return str(self.session)


@tracked
class Task(Record):
    """What somebody shall do by when, as a meeting of a group has decided."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="tasks")
    what = models.CharField(_("what"), max_length=300)
    who = models.CharField(_("who"), max_length=100)
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("task")
        ordering = ("due_on", "what")

    class Privacy:
        free_text = ("what", "who")
        ordinary = ("id", "session", "due_on", "done_on")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return self.what


@tracked
class CertifiedMonth(Record):
    """The hours of a participant in a month, signed by both. While it stands, the attendance of the month stays."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="certified_months")
    month = models.DateField(_("month"), help_text="Its first day.")
    minutes = models.PositiveIntegerField(_("minutes"))
    signed_how = models.CharField(_("signed"), max_length=10, choices=SignedHow.choices)
    signed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("signed for the unit by")
    )
    signed_on = models.DateField(_("signed on"))
    reopened_on = models.DateField(_("reopened"), null=True, blank=True)
    reopened_why = models.CharField(_("why it was reopened"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("certified month")
        ordering = ("month", "signed_on")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "month"], condition=Q(reopened_on=None), name="month_certified_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="certified_month_is_its_first_day"),
            models.CheckConstraint(condition=Q(signed_how__in=SignedHow.values), name="certified_signed_how_is_known"),
            models.CheckConstraint(
                condition=Q(reopened_on=None, reopened_why="") | (Q(reopened_on__isnull=False) & ~Q(reopened_why="")),
                name="certified_reopened_says_why",
            ),
        ]

    class Privacy:
        sensitive = ("minutes",)
        free_text = ("reopened_why",)
        ordinary = ("id", "case", "month", "signed_how", "signed_by", "signed_on", "reopened_on")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.case}, {self.month:%Y-%m}"
