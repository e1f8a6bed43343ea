"""What is kept for a time of its own; what a review of the log looks for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kept(TextChoices):
    """What a retention rule is about."""

    PERSON = "person", _("The record of a person, from when the last case was closed")
    EVIDENCE = "evidence", _("Evidence for the funder, from the end of the project")
    READINGS = "readings", _("The reading log, from the day of the reading")


class ErasureState(TextChoices):
    """Where an erasure is on its way."""

    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: From which state an erasure comes into which, by which action. Buttons, actions and tests read this table.
TRANSITIONS: tuple[tuple[ErasureState, str, ErasureState], ...] = (
    (ErasureState.PROPOSED, "approve_erasure", ErasureState.APPROVED),
    (ErasureState.PROPOSED, "withdraw_erasure", ErasureState.WITHDRAWN),
    (ErasureState.APPROVED, "withdraw_erasure", ErasureState.WITHDRAWN),
    (ErasureState.APPROVED, "carry_out_erasure", ErasureState.DONE),
)


class Pattern(TextChoices):
    """Why a reading is looked at: drawn by lot, or since something about it is unusual."""

    SAMPLE = "sample", _("Drawn by lot")
    EMERGENCY = "emergency", _("Protected record opened in an emergency")
    OWN_NAME = "own_name", _("The same family name as the reader")
    MANY = "many", _("Many records within an hour")
    OUTSIDE = "outside", _("Outside the reader's own cases")
    NIGHT = "night", _("At night or at a weekend")


class Verdict(TextChoices):
    """What a reviewer says of a reading."""

    RIGHT = "right", _("In order")
    ASKED = "asked", _("Asked the reader: in order")
    WRONG = "wrong", _("Not in order: reported")
