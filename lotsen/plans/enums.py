"""Closed lists of a plan."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Horizon(TextChoices):
    """How far a goal looks: to the first job, perhaps a stage on the way, or to where the person wants in the end."""

    FIRST_JOB = "first_job", _("First job")
    LONG_TERM = "long_term", _("Long term")


class Who(TextChoices):
    """Who does an action of the plan."""

    PARTICIPANT = "participant", _("Participant")
    STAFF = "staff", _("Staff")
    EMPLOYER = "employer", _("Employer")
    AGENCY = "agency", _("Other agency")
