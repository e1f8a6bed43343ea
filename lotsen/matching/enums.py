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
