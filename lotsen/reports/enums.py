"""The structure of the final report and the states of its making."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Section(TextChoices):
    """The headings of the funder's form, in its order. Facts and signature are filled in by Lotsen."""

    SUMMARY = "summary", _("Summary")
    IDEA = "idea", _("Project idea and expected results")
    RESULTS = "results", _("Results, goals and indicators")
    EQUAL_TERMS = "equal_terms", _("Taking part on equal terms for women and men")
    WAYS_OF_WORKING = "ways_of_working", _("Ways of working and methods")
    COMMUNICATION = "communication", _("Communication, dissemination and influence")
    EVALUATION = "evaluation", _("Follow-up and evaluation")
    USE_OF_RESULTS = "use_of_results", _("Use of the results")
    ADVICE = "advice", _("Comments and advice")


class ReportState(TextChoices):
    """How far the making of a report has come."""

    QUEUED = "queued", _("Waiting to be made")
    MAKING = "making", _("Being made")
    MADE = "made", _("Made")
    FAILED = "failed", _("Could not be made")
