"""The register: employers and their workplaces. What stands here is public, so every unit sees and keeps it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Municipality
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.core.text import search_key, sort_key, sound_key
from lotsen.employers.enums import Sector, Size, classifications


class EmployerQuerySet(models.QuerySet["Employer"]):
    """Which employers."""

    def named(self, text: str) -> "EmployerQuerySet":
        """Those whose name, or whose workplace's, holds the text; or that have the number."""
        words, number = search_key(text), "".join(filter(str.isdigit, text))
        there = Workplace.objects.filter(search_key__contains=words)
        found = Q(search_key__contains=words) | Q(pk__in=there.values("employer"))
        return self.filter(found | Q(organisation_number=number) if number else found)


#: A key may be longer than its name: æ is searched for as ae. What is cut off is neither sorted nor searched by.
_KEY = 220


def searched_as(name: str) -> str:
    """Return the key by which a name is searched and compared."""
    return search_key(name)[:_KEY]


class _Named(Record):
    """What is found and sorted by its name."""

    name = models.CharField(_("name"), max_length=200)
    sort_key = models.CharField(max_length=220, db_index=True, db_collation="C", editable=False, default="")
    search_key = models.CharField(max_length=220, editable=False, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    #: The fields that follow from the name.
    KEYS: ClassVar[tuple[str, ...]] = ("sort_key", "search_key")

    def fill_keys(self) -> None:
        """Make the keys of the name. Saving does it; who writes many rows at once does it before."""
        self.sort_key, self.search_key = sort_key(self.name)[:_KEY], searched_as(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the keys of the name along."""
        self.fill_keys()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *self.KEYS}
        super().save(*args, **kwargs)


#: What a company is called beside its name.
_FORMS = {*("ab", "aktiebolag", "hb", "handelsbolag", "kb", "ekonomisk", "forening", "for", "i", "sverige", "och")}


def sound_of(name: str) -> str:
    """Return how the name of an employer sounds, without its legal form: `Bageri Ekman AB` is like `Bageri Eckman`."""
    words = ("".join(sign for sign in word if sign.isalnum()) for word in search_key(name).split())
    return sound_key(" ".join(word for word in words if word and word not in _FORMS))[:_KEY]


@tracked
class Employer(_Named):
    """A company, authority or association that has workplaces."""

    sound_key = models.CharField(max_length=220, db_index=True, db_collation="C", editable=False, default="")
    organisation_number = models.CharField(_("organisation number"), max_length=10, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    industry = models.CharField(_("industry"), max_length=2, blank=True, help_text="SNI 2007, two digits.")
    size = models.CharField(_("size"), max_length=3, choices=Size.choices, blank=True)
    about = models.CharField(_("about"), max_length=500, blank=True)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = _("employer")
        ordering = ("sort_key",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation_number"], condition=~Q(organisation_number=""), name="employer_number_once"
            ),
            # Of a person who trades alone it would be the identity number, whose third digit is nought or one.
            models.CheckConstraint(
                condition=Q(organisation_number="") | Q(organisation_number__regex=r"^[0-9]{2}[2-9][0-9]{7}$"),
                name="employer_number_is_of_an_organisation",
            ),
            models.CheckConstraint(condition=Q(sector__in=Sector.values), name="employer_sector_is_known"),
            models.CheckConstraint(condition=Q(size__in=["", *Size.values]), name="employer_size_is_known"),
            models.CheckConstraint(condition=Q(industry="") | Q(industry__regex=r"^[0-9]{2}$"), name="industry_is_sni"),
        ]
        indexes: ClassVar = [models.Index(fields=["industry"], name="employer_by_industry")]

    class Privacy:
        ordinary = (
            *("id", "name", "sort_key", "search_key", "sound_key", "organisation_number", "sector", "industry", "size"),
            "about",
        )
        keep = Keep.ALWAYS

    KEYS: ClassVar[tuple[str, ...]] = (*_Named.KEYS, "sound_key")

    def fill_keys(self) -> None:
        """Make the keys of the name, and of how it sounds."""
        super().fill_keys()
        self.sound_key = sound_of(self.name)

    @property
    def industry_name(self) -> str:
        """The industry in words; empty where it is not known."""
        return classifications.names(classifications.INDUSTRY).get(self.industry, "")

    @property
    def number_written(self) -> str:
        """The organisation number as it is written: 555555-5555."""
        number = self.organisation_number
        return f"{number[:6]}-{number[6:]}" if number else ""


@tracked
class Workplace(_Named):
    """A place of an employer's where people work."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="workplaces")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    address = models.CharField(_("address"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("workplace")
        ordering = ("sort_key",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employer", "name"], name="workplace_name_once_at_employer")
        ]

    class Privacy:
        ordinary = ("id", "employer", "name", "sort_key", "search_key", "municipality", "address")
        keep = Keep.ALWAYS
