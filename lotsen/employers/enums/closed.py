"""Closed lists about employers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sector(TextChoices):
    """Who owns the employer."""

    PRIVATE = "private", _("Private")
    PUBLIC = "public", _("Public")
    ASSOCIATION = "association", _("Association")


class Size(TextChoices):
    """How many work there, in the classes of Statistics Sweden's business register, drawn together."""

    ALONE = "0", _("Nobody employed")
    MICRO = "1", _("1–9 employees")
    SMALL = "10", _("10–49 employees")
    MEDIUM = "50", _("50–249 employees")
    LARGE = "250", _("250 employees or more")


class ContactKind(TextChoices):
    """How an employer was met."""

    VISIT = "visit", _("Visit")
    CALL = "call", _("Call")
    MEETING = "meeting", _("Meeting")
    EVENT = "event", _("Event")
    SURVEY = "survey", _("Survey")


class Demand(TextChoices):
    """How much of something a workplace asks for."""

    LOW = "low", _("Low")
    SOME = "some", _("Some")
    HIGH = "high", _("High")


class Swedish(TextChoices):
    """How much Swedish a workplace asks for, by the levels of the Council of Europe (CEFR)."""

    NONE = "none", _("None")
    A1 = "A1", _("A1, a few words")
    A2 = "A2", _("A2, simple instructions")
    B1 = "B1", _("B1, everyday talk")
    B2 = "B2", _("B2, talk and write with ease")
    C1 = "C1", _("C1, as a profession asks")
