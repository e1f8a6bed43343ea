"""Mails about persons. They never name one, or tell that somebody is a participant."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from lotsen.access.enums import Role
from lotsen.access.models import Unit, User


def tell_of_emergency(unit: Unit, by: User) -> None:
    """Tell the managers of a unit that a protected record was opened."""
    managers = User.objects.filter(is_active=True, memberships__unit=unit, memberships__role=Role.UNIT_MANAGER)
    addresses = sorted(set(managers.exclude(pk=by.pk).values_list("email", flat=True)))
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("A protected record was opened in an emergency")
        body = _(
            "%(user)s has opened a protected record of %(unit)s in an emergency. Sign in to Lotsen and review why, "
            "under Protected identities."
        ) % {"user": by, "unit": unit}
    for address in addresses:
        send_mail(subject, body, None, [address])
