"""Closed lists of matching."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Effect(TextChoices):
    """What a factor says of a match."""

    FOR = "for", _("Speaks for")
    AGAINST = "against", _("Speaks against")
    UNKNOWN = "unknown", _("Not known")
    BLOCKED = "blocked", _("Stands in the way")
    NOTHING = "nothing", _("Says nothing")


class Decided(TextChoices):
    """What somebody has decided about a match."""

    CHOSEN = "chosen", _("Chosen")
    ASIDE = "aside", _("Put aside")


class Asked(TextChoices):
    """What is looked at, of each group."""

    LISTED = "listed", _("Have stood in a list")
    PLACED = "placed", _("Have been placed")
    COMPLETED = "completed", _("Have completed")
    EMPLOYED = "employed", _("Were employed")


class By(TextChoices):
    """By what people are told apart: afterwards, and here alone."""

    SEX = "sex", _("Sex")
    AGE = "ages", _("Age at start")
    BIRTH = "birth", _("Country of birth")
