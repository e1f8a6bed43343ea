"""The messages that the area sends: invitations, and that something about a sign-in has changed."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .models import Invitation, User


def _changes() -> dict[str, str]:
    """Return what may have changed, by the name that the sign-in library gives it."""
    return {
        "password_changed": _("Your password was changed."),
        "totp_activated": _("An app for codes was added."),
        "totp_deactivated": _("The app for codes was taken away."),
        "recovery_codes_generated": _("New recovery codes were made. The old ones no longer work."),
        "webauthn_added": _("A security key was added."),
        "webauthn_removed": _("A security key was taken away."),
        "identity_linked": _("Your account was connected with the sign-in of your municipality."),
        "second_factor_reset": _(
            "An administrator took away your second factors. Set up a new one at the next sign-in."
        ),
    }


def tell_of_changed_sign_in(user: User, change: str) -> None:
    """Tell somebody that the own sign-in has changed, in case it was somebody else. A lost message stops nothing."""
    what = _changes()[change]
    advice = _("If it was not you: tell the administrator of your unit at once.")
    text = f"{what}\n\n{advice}\n\nLotsen, {settings.INSTALLATION_NAME}"
    send_mail(_("Your sign-in to Lotsen has changed"), text, None, [user.email], fail_silently=True)


def invite(invitation: Invitation, address: str) -> None:
    """Send an invitation. The address is the only place where its token stands."""
    context = {"invitation": invitation, "address": address, "installation_name": settings.INSTALLATION_NAME}
    text = render_to_string("access/invitation.txt", context)
    send_mail(_("Invitation to Lotsen"), text, None, [invitation.email])
