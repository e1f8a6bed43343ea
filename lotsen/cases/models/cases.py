"""The case, who took part without a name, and the target groups."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.enums import Permission
from lotsen.access.models import Organisation, Unit, User
from lotsen.cases.enums import CaseState, Closing
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.core.text import search_key, sort_key, sound_key
from lotsen.core.traces import Traced
from lotsen.people.enums import DataCategory
from lotsen.people.models import Consent, Person
from lotsen.programmes.enums import Outcome, Sex
from lotsen.programmes.models import Destination, ExitReason, Programme, TargetGroup


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

    def worked_by(self, user: User) -> "CaseQuerySet":
        """Those that the user works with: of the user's own units."""
        return self.filter(unit__in=user.own_units)

    def named(self, text: str) -> "CaseQuerySet":
        """Those of a name, from the beginning of its words whatever their order and accents, or of a case number."""
        words = search_key(text.replace(",", " ")).split()
        starts = [Q(person__search_key__startswith=w) | Q(person__search_key__contains=f" {w}") for w in words]
        by_name = Q(*starts) if starts else Q(pk__in=[])
        return self.filter(by_name | Q(number__iexact=text.strip()))

    def beginning(self, text: str) -> "CaseQuerySet":
        """The same, of those whose given or family name begins with the first word: found by the indexes.

        Behind row security the database compares before it looks whose row it is, and matches no pattern.
        """
        first = text.replace(",", " ").split()[:1]
        begins = Q(pk__in=[])
        for field, key in (("search_key", search_key), ("sort_key", sort_key)):
            for word in map(key, first):
                begins |= Q(**{f"{field}__gte": word, f"{field}__lt": f"{word}\U0010ffff"})
        return self.filter(person__in=Person.objects.filter(begins)).named(text)

    def numbered(self, text: str) -> "CaseQuerySet":
        """Those of a case number, in the letters that were typed or in capitals."""
        return self.filter(number__in=[text.strip(), text.strip().upper()])

    def sounding(self, text: str) -> "CaseQuerySet":
        """Those of a name that sounds like it: for a search that has found nothing by the letters."""
        words = [word for word in sound_key(text.replace(",", " ")).split() if len(word) > 1]
        starts = [Q(person__sound_key__startswith=word) | Q(person__sound_key__contains=f" {word}") for word in words]
        return self.filter(*starts) if starts else self.none()

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
    # What an exit asks for and was not there, one a line; and why the case ended all the same.
    lacking = models.TextField(_("what was lacking at the exit"), blank=True)
    lacking_reason = models.TextField(_("reason"), blank=True)

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
            models.CheckConstraint(condition=Q(lacking="") | ~Q(lacking_reason=""), name="case_lacking_says_why"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "started_on"], name="case_by_start"),
            models.Index(fields=["programme", "closed_on"], name="case_by_close"),
            models.Index(fields=["unit", "closed_on"], name="case_by_unit_and_close"),
            models.Index(fields=["number"], name="case_by_number"),
        ]

    class Privacy:
        identity = ("person", "number")
        sensitive = (
            *("born_abroad", "newly_arrived", "reduced_work_ability", "on_sick_leave", "target_groups"),
            *("destination", "reason", "transferred_to"),
        )
        free_text = ("lacking", "lacking_reason")
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
    def list_name(self) -> str:
        """The name as it stands in a list, family name first; the case number where one may not know it."""
        return self.person.list_name if self.person else self.number

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

    def is_worked_by(self, user: User) -> bool:
        """Tell whether the user writes in the case, and not only reads it."""
        return self.unit_id in user.own_units and user.can(Permission.CASES_WORK)

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
