"""Closed lists of money."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CostOf(TextChoices):
    """Whose hour a unit cost is for."""

    PARTICIPANT = "participant", _("Participant")
    STAFF = "staff", _("Staff")


class DecisionKind(TextChoices):
    """What the funder has decided."""

    GRANT = "grant", _("Grant")
    CHANGE = "change", _("Change")
    REFUSAL = "refusal", _("Refusal")


class Verdict(TextChoices):
    """What the self-control of a drawn month has found."""

    RIGHT = "right", _("Right")
    WRONG = "wrong", _("Wrong")


class Requirement(TextChoices):
    """What a payment must be able to show."""

    DECISION = "decision", _("The funder's decision is written down")
    RATES = "rates", _("Every hour has a unit cost")
    SUPPORT = "support", _("The means of support is known of every signed hour")
    SIGNED = "signed", _("Everybody who attended has signed the month")
    FILES = "files", _("The participant file of every month is sent")
    STAFF = "staff", _("No staff hours beyond the caps")
    SAMPLE = "sample", _("A fifth of the months is drawn and checked")
