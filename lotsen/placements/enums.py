"""Closed lists of placements, and the one table of what may follow upon what."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlacementState(TextChoices):
    """How far a placement has come."""

    PLANNED = "planned", _("Planned")
    AGREED = "agreed", _("Agreed")
    RUNNING = "running", _("Going on")
    PAUSED = "paused", _("Paused")
    COMPLETED = "completed", _("Completed")
    ENDED_EARLY = "ended_early", _("Ended early")
    NOT_STARTED = "not_started", _("Never began")


#: States before the first day, during the placement, and after it.
AHEAD = (PlacementState.PLANNED, PlacementState.AGREED)
GOING_ON = (PlacementState.RUNNING, PlacementState.PAUSED)
OVER = (PlacementState.COMPLETED, PlacementState.ENDED_EARLY)

#: From which state a placement comes into which, by which action. Buttons, actions and tests read this table. Whoever
#: works with the case in its own unit may do all of it; an employer signs and assesses by link, and moves nothing else.
TRANSITIONS: tuple[tuple[PlacementState, str, PlacementState], ...] = (
    (PlacementState.PLANNED, "sign_agreement", PlacementState.AGREED),
    (PlacementState.PLANNED, "start_placement", PlacementState.RUNNING),
    (PlacementState.AGREED, "start_placement", PlacementState.RUNNING),
    (PlacementState.PLANNED, "call_off", PlacementState.NOT_STARTED),
    (PlacementState.AGREED, "call_off", PlacementState.NOT_STARTED),
    (PlacementState.RUNNING, "pause_placement", PlacementState.PAUSED),
    (PlacementState.PAUSED, "resume_placement", PlacementState.RUNNING),
    (PlacementState.RUNNING, "complete_placement", PlacementState.COMPLETED),
    (PlacementState.RUNNING, "stop_placement", PlacementState.ENDED_EARLY),
    (PlacementState.PAUSED, "stop_placement", PlacementState.ENDED_EARLY),
    # A wrong last day, or a wrong reason, is corrected.
    (PlacementState.COMPLETED, "complete_placement", PlacementState.COMPLETED),
    (PlacementState.ENDED_EARLY, "stop_placement", PlacementState.ENDED_EARLY),
)


class Party(TextChoices):
    """Who signs an agreement."""

    PARTICIPANT = "participant", _("The participant")
    EMPLOYER = "employer", _("The workplace")
    UNIT = "unit", _("The unit")


class StoppedBy(TextChoices):
    """On whose wish a placement ended early. Nobody is blamed silently: it is said, with the reason."""

    PARTICIPANT = "participant", _("The participant")
    EMPLOYER = "employer", _("The workplace")
    UNIT = "unit", _("The unit")
    TOGETHER = "together", _("All together")
    OUTSIDE = "outside", _("Nobody: something came between")


class SignedBy(TextChoices):
    """How an agreement was signed."""

    PAPER = "paper", _("On paper")
    SCREEN = "screen", _("On the screen")
    LINK = "link", _("By link")


class VisitWay(TextChoices):
    """How a placement was followed up."""

    VISIT = "visit", _("At the workplace")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")


class Voice(TextChoices):
    """Who says how it went."""

    SUPERVISOR = "supervisor", _("The supervisor")
    PARTICIPANT = "participant", _("The participant")


class Would(TextChoices):
    """An answer to a question that not everybody can answer."""

    YES = "yes", _("Yes")
    PERHAPS = "perhaps", _("Perhaps, later")
    NO = "no", _("No")


class Purpose(TextChoices):
    """What a link is for."""

    AGREEMENT = "agreement", _("To sign the agreement")
    OWN = "own", _("For the participant to sign the agreement")
    ASSESSMENT = "assessment", _("To say how it went")


class Offered(TextChoices):
    """As what an employer offers a place."""

    INTERNSHIP = "internship", _("Internship")
    LANGUAGE = "language", _("Language internship")
    TRAINING = "training", _("Work training")
    TRIAL = "trial", _("Work trial")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    SUBSIDISED = "subsidised", _("Subsidised employment")
    EMPLOYMENT = "employment", _("Employment")


class TrainingKind(TextChoices):
    """What kind of training."""

    COURSE = "course", _("Course")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")


class TrainingState(TextChoices):
    """How far a participant has come with a training offer."""

    APPLIED = "applied", _("Has applied")
    ADMITTED = "admitted", _("Is admitted")
    NOT_ADMITTED = "not_admitted", _("Was not admitted")
    GOING_ON = "going_on", _("Takes it")
    COMPLETED = "completed", _("Completed")
    LEFT = "left", _("Left before the end")

    @property
    def takes_a_place(self) -> bool:
        """Whether nobody else can have the place."""
        return self in {TrainingState.ADMITTED, TrainingState.GOING_ON, TrainingState.COMPLETED}


class EmployedAs(TextChoices):
    """The form of an employment."""

    PERMANENT = "permanent", _("Until further notice")
    PROBATION = "probation", _("On probation")
    TEMPORARY = "temporary", _("For a time")
    HOURLY = "hourly", _("By the hour")
    OWN = "own", _("Own business")
