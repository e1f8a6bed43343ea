"""Closed lists about employers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sector(TextChoices):
    """Who owns the employer."""

    PRIVATE = "private", _("Private")
    PUBLIC = "public", _("Public")
    ASSOCIATION = "association", _("Association")


class ContactKind(TextChoices):
    """How an employer was met."""

    VISIT = "visit", _("Visit")
    CALL = "call", _("Call")
    MEETING = "meeting", _("Meeting")
    EVENT = "event", _("Event")
