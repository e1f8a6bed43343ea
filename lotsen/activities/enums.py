"""Closed lists of activities and attendance."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lotsen.cases.enums import Signed


class Presence(TextChoices):
    """Whether somebody came."""

    PRESENT = "present", _("Present")
    ABSENT_VALID = "absent_valid", _("Absent, valid")
    ABSENT_INVALID = "absent_invalid", _("Absent, invalid")


class SignedHow(TextChoices):
    """How the hours of a month are signed."""

    PAPER = Signed.PAPER.value, Signed.PAPER.label
    SCREEN = Signed.SCREEN.value, Signed.SCREEN.label
    PORTAL = "portal", _("In the funder's portal")


class Audience(TextChoices):
    """For whom an activity is."""

    PARTICIPANTS = "participants", _("Participants")
    STAFF = "staff", _("Staff")
    PARTNERS = "partners", _("Partners")
    EMPLOYERS = "employers", _("Employers")
    PUBLIC = "public", _("The public")


class Result(TextChoices):
    """Whether the purpose of an activity was met."""

    MET = "met", _("Met")
    PARTLY = "partly", _("Partly met")
    NOT_MET = "not_met", _("Not met")


class Rhythm(TextChoices):
    """How the days of a series follow each other."""

    ONCE = "once", _("Once")
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every other week")
    DAILY = "daily", _("Every working day")
