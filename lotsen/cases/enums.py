"""States and closed lists of a case."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    """Where a case is on its way."""

    REFERRED = "referred", _("Referred")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")
    TRANSFERRED = "transferred", _("Transferred")


class Closing(TextChoices):
    """How a case is closed: by an exit, or by moving on with the person."""

    EXIT = "exit", _("Exit")
    TRANSFER = "transfer", _("Transfer")


#: From which state a case comes into which, by which action. Buttons, actions and tests read this table.
TRANSITIONS: tuple[tuple[CaseState, str, CaseState], ...] = (
    (CaseState.REFERRED, "start_case", CaseState.ACTIVE),
    (CaseState.ACTIVE, "end_case", CaseState.ENDED),
    (CaseState.ACTIVE, "transfer_case", CaseState.TRANSFERRED),
    (CaseState.ENDED, "reopen_case", CaseState.ACTIVE),
)


class Whereabouts(TextChoices):
    """What a participant is in now: activity, studies, work or internship, or none of them yet."""

    ACTIVITY = "activity", _("Activity")
    STUDIES = "studies", _("Studies")
    WORK = "work", _("Work")
    INTERNSHIP = "internship", _("Internship")
    NONE = "none", _("None yet")


class Occasion(TextChoices):
    """When a participant rates their own distance to work."""

    START = "start", _("At start")
    EXIT = "exit", _("At exit")
    FOLLOW_UP = "follow_up", _("At follow-up")


class TeamPart(TextChoices):
    """What a member of staff does in a case beside the one who answers for it."""

    COACH = "coach", _("Coach")
    MATCHER = "matcher", _("Matcher")
    LANGUAGE_SUPPORTER = "language_supporter", _("Language supporter")
    OTHER = "other", _("Other part")


class ContactWay(TextChoices):
    """How staff and a participant meet, or try to."""

    MEETING = "meeting", _("Meeting")
    PHONE = "phone", _("Phone")
    VIDEO = "video", _("Video")
    MESSAGE = "message", _("Message")
    LETTER = "letter", _("Letter")
    HOME_VISIT = "home_visit", _("Home visit")


class Signed(TextChoices):
    """How a participant and a member of staff have signed something."""

    PAPER = "paper", _("On paper")
    SCREEN = "screen", _("On the screen, together")
