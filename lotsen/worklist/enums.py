"""The rules by which work is due, and whose turn it is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Turn(TextChoices):
    """Whose turn it is."""

    MINE = "mine", _("Needs me")
    OTHERS = "others", _("Waits for others")


class Rule(TextChoices):
    """Why work is due. The order is that of the list beside the worklist."""

    REFERRAL = "referral", _("New referrals")
    NOT_STARTED = "not_started", _("Taken in, not started")
    CAME = "came", _("Attendance missing")
    ROLL = "roll", _("Roll not called")
    NOTE = "note", _("Note missing")
    NO_CONTACT = "no_contact", _("No contact for long")
    NO_MEETING = "no_meeting", _("No meeting booked")
    ABSENCE = "absence", _("Absent repeatedly")
    NO_STEP = "no_step", _("Not in anything yet")
    LIMIT = "limit", _("Step limit near")
    NO_PLAN = "no_plan", _("Plan missing")
    REVISE = "revise", _("Plan to be revised")
    ACTION = "action", _("Agreed action late")
    INTERPRETER = "interpreter", _("Interpreter to book")
    CONSENT = "consent", _("Consent ending")
    REFERENCE = "reference", _("Reference not allowed yet")
    PLACEMENT = "placement", _("Placement ending")
    CLASH = "clash", _("Class and placement clash")
    TO_BEGIN = "to_begin", _("Placement to begin")
    VISIT = "visit", _("Placement to follow up")
    NOT_TOLD = "not_told", _("How a placement went")
    TO_CONTACT = "to_contact", _("Employer to contact")
    TRANSFER = "transfer", _("Transfer answered")
    FOLLOW_UP = "follow_up", _("Follow-up after the exit")
    PARTICIPANT = "participant", _("Participant")
    EMPLOYER = "employer", _("Employer")
    AGENCY = "agency", _("Agency")

    @property
    def turn(self) -> Turn:
        """Whose turn it is when this is due."""
        return Turn.OTHERS if self in {Rule.PARTICIPANT, Rule.EMPLOYER, Rule.AGENCY} else Turn.MINE
