"""The messages that the area sends: a link to answer by, and a reminder."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .models import Recipient, Wave


def ask(wave: Wave, recipient: Recipient, address: str, *, is_reminder: bool) -> None:
    """Ask somebody to answer. The message is the only place where the link stands."""
    context = {
        "wave": wave,
        "recipient": recipient,
        "address": address,
        "is_reminder": is_reminder,
        "installation_name": settings.INSTALLATION_NAME,
    }
    subject = _("Reminder: %(title)s") if is_reminder else _("We ask you: %(title)s")
    text = render_to_string("questionnaires/ask.txt", context)
    send_mail(subject % {"title": wave.version.questionnaire.title}, text, None, [recipient.email])
