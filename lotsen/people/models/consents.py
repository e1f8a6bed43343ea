"""What opens one person's data across a border of secrecy."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.people.enums import Basis, DataCategory, GivenHow


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

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="consents")
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
