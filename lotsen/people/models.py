"""The person; who may know a protected one; consents; the log of what was read."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core import encryption
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.core.traces import Traced
from lotsen.programmes.enums import Sex

from .enums import Basis, DataCategory, GivenHow, Protection, ReadingKind


class PersonQuerySet(models.QuerySet["Person"]):
    """Which persons."""

    def visible_to(self, user: User) -> "PersonQuerySet":
        """Those whose record or case is with the user's own units, and those whose name a consent opens to them.

        Protected persons are held back by the database alone: who is protected is itself not to be read.
        """
        opened = Consent.objects.in_force(timezone.localdate()).filter(to_unit__in=user.own_units)
        return self.filter(
            Q(unit__in=user.own_units) | Q(cases__unit__in=user.own_units) | Q(pk__in=opened.values("person"))
        ).distinct()


@tracked
class Person(Traced, Record):
    """A human being as one authority knows them.

    Date of birth and sex are facts of their own, not read from the number.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="persons")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", help_text="Keeps the record.")
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    # Compared byte by byte, whatever the collation of the database.
    sort_key = models.CharField(max_length=220, db_index=True, db_collation="C")
    search_key = models.CharField(max_length=220, db_collation="C")
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, blank=True)
    identity_sealed = models.BinaryField(null=True, editable=False)
    identity_index = models.BinaryField(null=True, editable=False)
    protection = models.CharField(_("protection"), max_length=30, choices=Protection.choices, default=Protection.NONE)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "identity_index"], name="person_identity_once_in_organisation"
            ),
            models.CheckConstraint(condition=Q(sex__in=["", *Sex.values]), name="person_sex_is_known"),
            models.CheckConstraint(
                condition=Q(identity_sealed__isnull=True, identity_index__isnull=True)
                | Q(identity_sealed__isnull=False, identity_index__isnull=False),
                name="person_identity_has_both_forms",
            ),
            models.CheckConstraint(condition=Q(protection__in=Protection.values), name="person_protection_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation"], condition=~Q(protection="none"), name="person_protected")
        ]

    class Privacy:
        identity = (
            *("given_name", "family_name", "sort_key", "search_key", "birth_date"),
            *("identity_sealed", "identity_index"),
        )
        sensitive = ("protection",)
        ordinary = ("id", "organisation", "unit", "sex")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Given name first."""
        return f"{self.given_name} {self.family_name}"

    @property
    def list_name(self) -> str:
        """Family name first, as lists are sorted."""
        return f"{self.family_name}, {self.given_name}"

    @property
    def is_protected(self) -> bool:
        """Whether only named readers may know of this person."""
        return self.protection != Protection.NONE

    @property
    def identity_number(self) -> str:
        """The personal identity number, twelve digits; empty where there is none. Shown only when asked for."""
        return encryption.decrypt(bytes(self.identity_sealed), self.pk) if self.identity_sealed else ""


@tracked
class NamedReader(Record):
    """A user who may know of a person with a protected identity: named by a colleague, or for a while in an emergency.

    Without such a row nobody sees the person or the cases, on no page and in no figure: the database sees to it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="named_readers")
    # The unit whose managers answer for the opening.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("reader"))
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("named reader")
        ordering = ("named_at",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "user"], condition=Q(until=None), name="named_reader_once_for_person"
            ),
            models.CheckConstraint(condition=Q(until=None) | ~Q(reason=""), name="named_reader_in_emergency_says_why"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="named_reader_review_is_whole",
            ),
        ]

    class Privacy:
        identity = ("person",)
        free_text = ("reason",)
        ordinary = ("id", "unit", "user", "named_by", "named_at", "until", "reviewed_by", "reviewed_at")
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.user}, {self.named_at:%Y-%m-%d}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Which consents."""

    def visible_to(self, user: User) -> "ConsentQuerySet":
        """Those that the user's own units gave data by, and those by which they get some."""
        return self.filter(Q(from_unit__in=user.own_units) | Q(to_unit__in=user.own_units))

    def in_force(self, on: date) -> "ConsentQuerySet":
        """Those that open something on a day."""
        return self.filter(withdrawn_at=None, valid_from__lte=on, valid_until__gte=on)


@tracked
class Consent(Record):
    """What opens one person's data across a border of secrecy: a consent, or another ground that the law names.

    It names who tells whom, which data, for what, and how long (offentlighets- och sekretesslagen 10:1, 12:2). The
    policies of the database read it: what is withdrawn is closed at once.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    basis = models.CharField(_("ground"), max_length=20, choices=Basis.choices, default=Basis.CONSENT)
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("who tells"))
    to_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("to whom")
    )
    # The unit whose staff then see the data here. Null where the receiver does not use this installation.
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    categories = ArrayField(models.CharField(max_length=20), verbose_name=_("kinds of data"))
    purpose = models.CharField(_("purpose"), max_length=500)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"))
    given_how = models.CharField(_("how it was given"), max_length=20, choices=GivenHow.choices, blank=True)
    # The edition of the form that the person signed, as data/consent_form.yaml numbers it.
    wording = models.CharField(_("wording"), max_length=20, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        ordering = ("-valid_from", "-recorded_at")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="consent_basis_is_known"),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="consent_ends_after_beginning"),
            models.CheckConstraint(
                condition=Q(categories__contained_by=DataCategory.values) & Q(categories__len__gt=0),
                name="consent_names_known_data",
            ),
            models.CheckConstraint(
                condition=Q(to_unit=None) | ~Q(to_unit=F("from_unit")), name="consent_crosses_a_border"
            ),
            models.CheckConstraint(
                condition=~Q(basis="consent") | Q(given_how__in=GivenHow.values), name="consent_says_how_it_was_given"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="consent_withdrawal_is_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["to_unit", "valid_until"], name="consent_by_receiver")]

    class Privacy:
        identity = ("person",)
        sensitive = ("basis", "to_organisation", "to_unit", "categories")
        free_text = ("purpose",)
        ordinary = (
            *("id", "from_unit", "valid_from", "valid_until", "given_how", "wording"),
            *("recorded_by", "recorded_at", "withdrawn_at", "withdrawn_by"),
        )
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.to_organisation}, {self.valid_from} – {self.valid_until}"

    def is_in_force(self, on: date) -> bool:
        """Whether it opens something on a day."""
        return self.withdrawn_at is None and self.valid_from <= on <= self.valid_until

    @property
    def category_labels(self) -> list[str]:
        """The kinds of data, in words."""
        return [str(DataCategory(code).label) for code in self.categories]


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
