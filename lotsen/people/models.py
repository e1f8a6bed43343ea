"""The person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit
from lotsen.core import encryption
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.programmes.enums import Sex


@tracked
class Person(Record):
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
        ]

    class Privacy:
        identity = (
            *("given_name", "family_name", "sort_key", "search_key", "birth_date"),
            *("identity_sealed", "identity_index"),
        )
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
    def identity_number(self) -> str:
        """The personal identity number, twelve digits; empty where there is none. Shown only when asked for."""
        return encryption.decrypt(bytes(self.identity_sealed), self.pk) if self.identity_sealed else ""
