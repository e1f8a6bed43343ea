"""The register of employers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Municipality, Unit
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.programmes.models import Programme

from .enums import ContactKind, Sector


@tracked
class Employer(Record):
    """A company, authority or association that has workplaces."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sector__in=Sector.values), name="employer_sector_is_known")
        ]

    class Privacy:
        ordinary = ("id", "name", "sector")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return self.name


@tracked
class Workplace(Record):
    """A place of an employer's where people work."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="workplaces")
    name = models.CharField(_("name"), max_length=200)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employer", "name"], name="workplace_name_once_at_employer")
        ]

    class Privacy:
        ordinary = ("id", "employer", "name", "municipality")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return self.name


@tracked
class Contact(Record):
    """A programme met an employer."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="contacts")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="contacts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=ContactKind.choices)
    on = models.DateField(_("day"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ContactKind.values), name="contact_kind_is_known")
        ]

    class Privacy:
        ordinary = ("id", "employer", "programme", "unit", "kind", "on")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.employer}, {self.on}"
