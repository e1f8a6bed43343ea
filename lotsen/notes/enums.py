"""Closed lists of notes and appointments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lotsen.activities.enums import Presence


class WaitsFor(TextChoices):
    """Whose turn it is after a note."""

    PARTICIPANT = "participant", _("Participant")
    EMPLOYER = "employer", _("Employer")
    AGENCY = "agency", _("Agency")


class Interpreter(TextChoices):
    """Whether an appointment has the interpreter that it needs."""

    NONE = "", _("Not needed")
    TO_BOOK = "to_book", _("To be booked")
    BOOKED = "booked", _("Booked")


class Came(TextChoices):
    """What became of an appointment."""

    PRESENT = Presence.PRESENT.value, _("Came")
    ABSENT_VALID = Presence.ABSENT_VALID.value, _("Gave notice")
    ABSENT_INVALID = Presence.ABSENT_INVALID.value, _("Did not come")
    CANCELLED = "cancelled", _("Cancelled by us")
