"""How long things are kept, what is held back, and what is erased."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core import encryption
from lotsen.core.dates import years_after
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.core.traces import Traced
from lotsen.people.enums import IdentityKind
from lotsen.people.models import Person
from lotsen.programmes.models import Programme
from lotsen.records.enums import ErasureState, Kept


class RetentionRuleQuerySet(models.QuerySet["RetentionRule"]):
    """Which rules."""

    def kept_by(self, user: User) -> "RetentionRuleQuerySet":
        """Those of the authorities in which the user manages a unit."""
        return self.filter(organisation__units__in=user.managed_units).distinct()

    def in_force(self, on: date) -> "RetentionRuleQuerySet":
        """The newest of each kind that has begun to hold."""
        of_one_thing = ("organisation_id", "kind", "programme_id")
        return self.filter(valid_from__lte=on).order_by(*of_one_thing, "-valid_from").distinct(*of_one_thing)


@tracked
class RetentionRule(Record):
    """For how many years an authority keeps something, by its own decision, from a day on.

    A rule is never changed, only followed by a newer one. Without a rule nothing is erased.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="retention_rules")
    kind = models.CharField(_("what"), max_length=20, choices=Kept.choices)
    # The decision on a grant may set a longer time for the evidence of one programme.
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("project")
    )
    years = models.PositiveSmallIntegerField(_("years"))
    archive_first = models.BooleanField(_("an archive file is taken before the erasure"), default=True)
    ground = models.CharField(_("ground"), max_length=300)
    valid_from = models.DateField(_("holds from"))
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "-valid_from")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "programme", "valid_from"],
                nulls_distinct=False,
                name="retention_rule_one_a_day",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kept.values), name="retention_rule_kind_is_known"),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=100), name="retention_rule_years_are_possible"),
            models.CheckConstraint(
                condition=Q(programme=None) | Q(kind=Kept.EVIDENCE), name="retention_rule_of_programme_is_for_evidence"
            ),
        ]

    class Privacy:
        ordinary = (
            *("id", "organisation", "kind", "programme", "years"),
            *("archive_first", "ground", "valid_from", "decided_by"),
        )
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.years}"

    def until(self, day: date) -> date:
        """Return the last day on which something is kept that began to count on a day."""
        return years_after(day, self.years)


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    """Which holds."""

    def in_force(self) -> "LegalHoldQuerySet":
        """Those that nobody has lifted."""
        return self.filter(lifted_at=None)


@tracked
class LegalHold(Record):
    """Why the record of a person, or of everybody in a programme, is not erased for now: a dispute, an inspection."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="holds")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="holds", verbose_name=_("project")
    )
    reason = models.CharField(_("reason"), max_length=500)
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ("-placed_at",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(programme__isnull=True), name="hold_is_of_one_thing"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(lifted_at=None, person__isnull=False), name="hold_once_for_person"
            ),
            models.UniqueConstraint(
                fields=["unit", "programme"],
                condition=Q(lifted_at=None, programme__isnull=False),
                name="hold_once_for_programme",
            ),
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None) | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="hold_lifting_is_whole",
            ),
        ]

    class Privacy:
        identity = ("person",)
        free_text = ("reason",)
        ordinary = ("id", "unit", "programme", "placed_by", "placed_at", "lifted_by", "lifted_at")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.placed_at:%Y-%m-%d}"


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Which erasures."""

    def visible_to(self, user: User) -> "ErasureQuerySet":
        """Those of the units that the user manages, and of the authorities that the user audits."""
        audited = Unit.objects.filter(organisation__units__in=user.audited_units)
        return self.filter(Q(unit__in=user.managed_units) | Q(unit__in=audited.values("pk")))


@tracked
class Erasure(Record):
    """The records of several people are to be erased: proposed, archived, approved by another, and done after a while.

    It stays as the protocol of what was erased, without telling of whom.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="erasures")
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=ErasureState.choices, default=ErasureState.PROPOSED)
    closed_before = models.DateField(help_text="Whose last case was closed before this day.")
    grace_until = models.DateField(_("not before"))
    persons = models.PositiveIntegerField(_("persons"))
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    archived_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    #: What was erased: table -> number of rows; and how many were spared.
    protocol = models.JSONField(default=dict)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ("-proposed_at",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ErasureState.values), name="erasure_state_is_known"),
            # Two persons: who proposes does not approve (OWASP ASVS 5.0, 2.3.5).
            models.CheckConstraint(condition=~Q(approved_by=F("proposed_by")), name="erasure_takes_two"),
            models.CheckConstraint(
                condition=~Q(state__in=[ErasureState.APPROVED, ErasureState.DONE]) | Q(approved_by__isnull=False),
                name="erasure_is_approved_first",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(state__in=[ErasureState.PROPOSED, ErasureState.APPROVED]),
                name="erasure_one_at_a_time",
            ),
        ]

    class Privacy:
        ordinary = (
            *("id", "unit", "rule", "state", "closed_before", "grace_until", "persons", "proposed_by", "proposed_at"),
            *("archived_by", "archived_at", "approved_by", "approved_at", "done_at", "protocol"),
        )
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return f"{self.unit}, {self.proposed_at:%Y-%m-%d}"


class ErasureItem(Record):
    """One person of an erasure. It goes with the person."""

    erasure = models.ForeignKey(Erasure, on_delete=models.CASCADE, related_name="items")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="erasure_items")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["erasure", "person"], name="erasure_item_once_for_person")
        ]

    class Privacy:
        identity = ("person",)
        ordinary = ("id", "erasure")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.erasure_id}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Which evidence."""

    def visible_to(self, user: User) -> "EvidenceQuerySet":
        """That of the units that the user manages."""
        return self.filter(unit__in=user.managed_units)


class Evidence(Traced, Record):
    """What a funder may ask for after the record of a participant is erased: who took part, when, how many hours.

    Nothing else of the person is in it, and nothing leads from it to the case, which counts on without a name.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+", verbose_name=_("project"))
    name = models.CharField(_("name"), max_length=220)
    identity_kind = models.CharField(max_length=30, choices=IdentityKind.choices)
    identity_sealed = models.BinaryField(null=True, editable=False)
    identity_index = models.BinaryField(null=True, editable=False)
    case_number = models.CharField(_("case number"), max_length=50)
    started_on = models.DateField(_("started"))
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    #: Month, such as 2017-03 -> minutes present.
    minutes = models.JSONField(_("minutes by month"), default=dict)
    keep_until = models.DateField(_("kept until"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        ordering = ("programme", "name")

    class Privacy:
        identity = ("name", "identity_sealed", "identity_index", "case_number")
        sensitive = ("identity_kind", "started_on", "closed_on", "minutes")
        ordinary = ("id", "unit", "programme", "keep_until")
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return self.case_number

    @property
    def identity_number(self) -> str:
        """The identity number, twelve digits; empty where there is none."""
        return encryption.decrypt(bytes(self.identity_sealed), self.pk) if self.identity_sealed else ""

    @property
    def hours(self) -> float:
        """All hours present."""
        return float(round(sum(self.minutes.values()) / 60, 1))
