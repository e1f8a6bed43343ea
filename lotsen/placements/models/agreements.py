"""Who has signed an agreement, and the links by which a workplace signs and says how it went."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.placements.enums import Party, Purpose, SignedBy

from .placement import Placement


@tracked
class Signature(Record):
    """A party has signed the agreement of a placement. All three make it agreed."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="signatures")
    party = models.CharField(max_length=20, choices=Party.choices)
    how = models.CharField(_("signed"), max_length=10, choices=SignedBy.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    on = models.DateField(_("day"))

    class Meta:
        verbose_name = _("signature")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["placement", "party"], name="signature_once_by_party"),
            models.CheckConstraint(condition=Q(party__in=Party.values), name="signature_party_is_known"),
            models.CheckConstraint(condition=Q(how__in=SignedBy.values), name="signature_how_is_known"),
        ]

    class Privacy:
        identity = ("name",)
        ordinary = ("id", "placement", "party", "how", "on")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.get_party_display()}, {self.on}"


class PlacementLink(Record):
    """A link by which the workplace sees its part of a placement, and signs or says how it went.

    Each opening is counted, so that it can be said when the workplace has seen what.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    link = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token.")
    sent_on = models.DateField()
    opened = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-sent_on",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="placement_link_purpose_is_known")
        ]

    class Privacy:
        sensitive = ("sent_on", "opened", "opened_at", "answered_on")
        ordinary = ("id", "placement", "purpose", "link")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.placement}, {self.sent_on}"
