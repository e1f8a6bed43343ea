"""Kinds of question, whose voice an answer is, and whom a wave asks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionKind(TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("One choice")
    MULTIPLE = "multiple", _("Several choices")
    SCALE = "scale", _("Scale")
    SEMANTIC = "semantic", _("Scale between two poles")
    NUMBER = "number", _("Number")
    DATE = "date", _("Day")
    TEXT = "text", _("Text")
    GRID = "grid", _("Several rows on one scale")
    OCCUPATION = "occupation", _("Occupation")
    INDUSTRY = "industry", _("Industry")
    NEEDS = "needs", _("Labour needed, by year and occupation")


#: Kinds whose answer is a step of a scale.
STEPPED = (QuestionKind.SCALE, QuestionKind.SEMANTIC, QuestionKind.GRID)
#: Kinds that offer options.
OFFERING = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


class Purpose(TextChoices):
    """Whom a questionnaire is about. Answers of a participant hang on the case."""

    PARTICIPANT = "participant", _("About a participant")
    STAFF = "staff", _("For staff")
    EMPLOYER = "employer", _("For employers")


class Voice(TextChoices):
    """Who answers. Two voices on the same questions are kept apart, and never averaged."""

    PARTICIPANT = "participant", _("Participant")
    STAFF = "staff", _("Staff")
    EMPLOYER = "employer", _("Employer")


class Audience(TextChoices):
    """Whom a wave asks at once. By mail where an address is known, else by letter."""

    ADDRESSES = "addresses", _("Those whose addresses I write below")
    STAFF = "staff", _("All staff with an account in the units of the project")
    EMPLOYERS = "employers", _("All employers that the project has met")
    PARTICIPANTS = "participants", _("Participants in the project now, by letters that their coaches hand over")


class Quadrant(TextChoices):
    """The four fields of a board. Each has the code of the question that a survey gathers for it."""

    STRENGTHS = "strengths", _("Strengths")
    WEAKNESSES = "weaknesses", _("Weaknesses")
    OPPORTUNITIES = "opportunities", _("Opportunities")
    THREATS = "threats", _("Threats")


class Method(TextChoices):
    """How a score is made of its items."""

    SUM = "sum", _("Sum")
    MEAN = "mean", _("Mean")


class Direction(TextChoices):
    """What is better in a score. Without one, more is only more."""

    LOWER = "lower", _("Lower is better")
    HIGHER = "higher", _("Higher is better")
    NONE = "", _("Neither")
