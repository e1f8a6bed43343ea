"""Closed lists of attendance."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Presence(TextChoices):
    """Whether somebody came."""

    PRESENT = "present", _("Present")
    ABSENT_VALID = "absent_valid", _("Absent, valid")
    ABSENT_INVALID = "absent_invalid", _("Absent, invalid")
