"""Closed lists of the participant file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileState(TextChoices):
    """How far a participant file has come."""

    QUEUED = "queued", _("In the queue")
    MAKING = "making", _("Being made")
    MADE = "made", _("Made, not sent")
    SENT = "sent", _("Sent")


class Layer(TextChoices):
    """The layers of the check, from the single value to all months together."""

    FORMAT = "format", _("Format")
    FIELD = "field", _("Fields")
    PERSON = "person", _("Participant")
    MONTH = "month", _("Month")
    OVER_MONTHS = "over_months", _("Over months")


class Stage(TextChoices):
    """Where a month stands for a unit, and so what is to be done."""

    RUNNING = "running", _("The month is not over")
    TO_MAKE = "to_make", _("To be made")
    BEING_MADE = "being_made", _("Being made")
    TO_SEND = "to_send", _("To be sent")
    SENT = "sent", _("Sent")
    CHANGED = "changed", _("Changed since it was sent")
    TO_RESEND = "to_resend", _("To be sent again")


class Value(TextChoices):
    """What a column or a line of the heading of a layout holds."""

    IDENTITY = "identity", _("identity number")
    STARTED_ON = "started_on", _("start")
    ENDED_ON = "ended_on", _("end")
    HOURS = "hours", _("hours")
    MINUTES = "minutes", _("minutes")
    TEXT = "text", _("a text that is always the same")
    PROGRAMME = "programme", _("name of the project")
    REFERENCE = "reference", _("reference of the project")
    UNIT = "unit", _("unit")
    MONTH = "month", _("month")
    CONTACT = "contact", _("who sends the file")

    @classmethod
    def of_rows(cls) -> list["Value"]:
        """Return those that differ from row to row, and a fixed text."""
        return [cls.IDENTITY, cls.STARTED_ON, cls.ENDED_ON, cls.HOURS, cls.MINUTES, cls.TEXT]
