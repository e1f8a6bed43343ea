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


class Part(TextChoices):
    """Which of the rows of a figure a list shows."""

    ALL = "all", _("All")
    NUMERATOR = "numerator", _("Counted")
    DENOMINATOR = "denominator", _("Known")
    UNKNOWN = "unknown", _("No answer")


class GoalState(TextChoices):
    """How a goal stands."""

    REACHED = "reached", _("Reached")
    ON_TRACK = "on_track", _("On track")
    BEHIND = "behind", _("Behind")
    NO_DATA = "no_data", _("Nothing to count yet")
