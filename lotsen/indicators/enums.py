"""How a set becomes a figure, and what it is a set of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Measure(TextChoices):
    """What is made of the rows that a definition gives."""

    COUNT = "count", _("Number")
    SHARE = "share", _("Share, per cent")
    SUM = "sum", _("Sum")
    MEDIAN = "median", _("Median")


class Subject(TextChoices):
    """What the rows are."""

    CASE = "case", _("cases")
    WORKPLACE = "workplace", _("workplaces")
    EMPLOYER = "employer", _("employers")
    ORGANISATION = "organisation", _("organisations")
    UNIT = "unit", _("units")
    RECIPIENT = "recipient", _("people asked")
    AREA = "area", _("areas")


class Part(TextChoices):
    """Which of the rows of a figure a list shows."""

    ALL = "all", _("All")
    NUMERATOR = "numerator", _("Counted")
    DENOMINATOR = "denominator", _("Known")
    UNKNOWN = "unknown", _("No answer")


class Need(TextChoices):
    """What a programme must have for an indicator to say anything about it, and what is said where it has not."""

    WAY_TO_WORK = "way_to_work", _("No exit of the project leads to work or studies.")
    FOLLOW_UP_90 = "follow_up_90", _("The project asks nobody on day 90.")
    PLACEMENTS = "placements", _("The project has no placements.")
    EMPLOYERS = "employers", _("The project has neither placements nor employers among its target groups.")
    GROUPS = "groups", _("The project has no meetings of a steering group or a project group.")
    EQUALITY_TRAINING = "equality_training", _("The project has no training in equality.")
    STAFF_NETWORK = "staff_network", _("The project has no network of process leaders.")
    SURVEYS = "surveys", _("The project has made no survey.")
    LABOUR_NEEDS = "labour_needs", _("The project has asked no employer about labour needs.")


class GoalState(TextChoices):
    """How a goal stands."""

    REACHED = "reached", _("Reached")
    ON_TRACK = "on_track", _("On track")
    BEHIND = "behind", _("Behind")
    NOT_REACHED = "not_reached", _("Not reached")
    NO_DATA = "no_data", _("Nothing to count yet")
    IN_WORDS = "in_words", _("Judged in words")
