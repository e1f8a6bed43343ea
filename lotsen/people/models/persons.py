"""The person, the numbers somebody had before, two records made one, and who may know a protected person."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core import encryption
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.core.traces import Traced
from lotsen.people.enums import IdentityKind, Protection
from lotsen.programmes.enums import Sex

from .consents import Consent


class PersonQuerySet(models.QuerySet["Person"]):
    """Which persons."""

    def visible_to(self, user: User) -> "PersonQuerySet":
        """Those whose record or case is with the user's own units, and those whose name a consent opens to them.

        Not those that have become a part of another record. Protected persons are held back by the database alone: who
        is protected is itself not to be read.
        """
        opened = Consent.objects.in_force(timezone.localdate()).filter(to_unit__in=user.own_units)
        mine = Q(unit__in=user.own_units) | Q(cases__unit__in=user.own_units)
        return self.filter(mine | Q(pk__in=opened.values("person")), merged_into=None).distinct()

    def kept_by(self, user: User) -> "PersonQuerySet":
        """Those whose record the user's own units keep."""
        return self.visible_to(user).filter(unit__in=user.own_units)

    def numbered(self, indexes: list[bytes]) -> "PersonQuerySet":
        """Those who have a number now, or had it before, by its indexes."""
        before = FormerNumber.objects.filter(number_index__in=indexes)
        return self.filter(Q(identity_index__in=indexes) | Q(pk__in=before.values("person")))


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
    search_key = models.CharField(max_length=220, db_index=True, db_collation="C")
    sound_key = models.CharField(max_length=220, blank=True, db_index=True, db_collation="C")
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, blank=True)
    identity_kind = models.CharField(
        _("kind of number"), max_length=30, choices=IdentityKind.choices, default=IdentityKind.NONE
    )
    identity_sealed = models.BinaryField(null=True, editable=False)
    identity_index = models.BinaryField(null=True, editable=False)
    contact = models.CharField(_("phone or e-mail"), max_length=120, blank=True)
    protection = models.CharField(_("protection"), max_length=30, choices=Protection.choices, default=Protection.NONE)

    # The record that this one has become a part of. It stays for as long as that can be undone.
    merged_into = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="merged")

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "identity_index"],
                condition=Q(merged_into=None),
                name="person_identity_once_in_organisation",
            ),
            models.CheckConstraint(condition=Q(sex__in=["", *Sex.values]), name="person_sex_is_known"),
            models.CheckConstraint(
                condition=Q(identity_kind=IdentityKind.NONE, identity_sealed__isnull=True, identity_index__isnull=True)
                | Q(
                    identity_kind__in=IdentityKind.of_numbers(),
                    identity_sealed__isnull=False,
                    identity_index__isnull=False,
                ),
                name="person_identity_is_whole",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="person_is_not_merged_into_itself"),
            models.CheckConstraint(condition=Q(protection__in=Protection.values), name="person_protection_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation"], condition=~Q(protection="none"), name="person_protected"),
            models.Index(fields=["identity_index"], name="person_by_number"),
        ]

    class Privacy:
        identity = (
            *("given_name", "family_name", "sort_key", "search_key", "sound_key", "birth_date"),
            *("identity_sealed", "identity_index", "contact"),
        )
        sensitive = ("protection", "identity_kind")
        ordinary = ("id", "organisation", "unit", "sex", "merged_into")
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


@tracked
class FormerNumber(Record):
    """A number that somebody had before: the person is found by it still, and nobody else is registered with it.

    Somebody with a coordination number who is entered into the population register gets a personal identity number
    (lag 2022:1697 om samordningsnummer).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_numbers")
    kind = models.CharField(max_length=30, choices=IdentityKind.choices)
    number_sealed = models.BinaryField(editable=False)
    number_index = models.BinaryField(editable=False, db_index=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("changed_at",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=IdentityKind.of_numbers()), name="former_number_has_a_kind")
        ]

    class Privacy:
        identity = ("person", "number_sealed", "number_index")
        sensitive = ("kind",)
        ordinary = ("id", "changed_by", "changed_at")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.changed_at:%Y-%m-%d}"


@tracked
class Merging(Record):
    """Two records of one human being were made one: what moved, so that it can be moved back."""

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mergings")
    gone = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    #: Model -> the keys of the rows that moved from one record to the other.
    moved = models.JSONField(default=dict)
    #: Whether the kept record had no number, and took that of the other.
    took_number = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="merging_once_for_a_record"),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merging_is_of_two"),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None) | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="merging_undoing_is_whole",
            ),
        ]

    class Privacy:
        identity = ("kept", "gone", "moved")
        ordinary = ("id", "took_number", "made_by", "made_at", "undone_by", "undone_at")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
