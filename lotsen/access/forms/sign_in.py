"""Signing in: the library's forms with the words of the interface, and what the library asks of us."""

import logging
import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotsen.access import notices
from lotsen.core import encryption
from lotsen.core.sessions import ASSURANCE, FACTORS

log = logging.getLogger(__name__)
#: What a secret of a second factor is bound to. The library does not say which row it encrypts for.
BOUND_TO = "second factor"
#: So long may the name of a security key be.
KEY_NAME = 60


def _plain(form: forms.Form, **labels: Any) -> None:
    """Give the fields our words, and take away what the library puts inside them."""
    for name, field in form.fields.items():
        if name in labels:
            field.label = labels[name]
        field.help_text = ""
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["class"] = "ds-input"


class SignInForm(LoginForm):  # type: ignore[misc]  # the library has no types
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take our words."""
        super().__init__(*args, **kwargs)
        _plain(self, login=_("E-mail"), password=_("Password"))


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """The password once more, before the way of signing in is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take our words."""
        super().__init__(*args, **kwargs)
        _plain(self, password=_("Password"))


class PasswordForm(ChangePasswordForm):  # type: ignore[misc]  # the library has no types
    """Another password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take our words, and say the rule before it is broken."""
        super().__init__(*args, **kwargs)
        _plain(
            self,
            oldpassword=_("Your password now"),
            password1=_("New password"),
            password2=_("The new password once more"),
        )
        self.fields["password1"].help_text = _("At least 12 characters. A few words are easier to remember than signs.")


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """A code of the app, or a recovery code, when signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take our words."""
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Code"))
        self.fields["code"].help_text = _("Six digits from the app, or one of your recovery codes.")


class CodeAgainForm(ReauthenticateByCodeForm):  # type: ignore[misc]  # the library has no types
    """A code once more, before the way of signing in is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take our words."""
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Code"))


class AppForm(ActivateTOTPForm):  # type: ignore[misc]  # the library has no types
    """The first code of an app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take our words."""
        super().__init__(*args, **kwargs)
        _plain(self, code=_("The code that the app shows"))


class KeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """A new security key: its name, and the answer that the script has from it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take our words."""
        super().__init__(*args, **kwargs)
        _plain(self, name=_("What do you call the key?"))
        self.fields["name"].max_length = KEY_NAME
        self.fields["name"].widget.attrs["maxlength"] = KEY_NAME
        self.fields["name"].help_text = _("So that you know it from your others, such as: key ring, desk.")


class KeyNameForm(EditWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """Another name of a security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take our words."""
        super().__init__(*args, **kwargs)
        _plain(self, name=_("What do you call the key?"))
        self.fields["name"].widget.attrs["maxlength"] = KEY_NAME


class PasswordBackend(AuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Passwords, where the installation takes them."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """Know nobody by a password where passwords are off."""
        return super().authenticate(request, **credentials) if settings.PASSWORDS_ARE_ON else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Accounts are made by invitation or by those who run the installation, never by signing up."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("The e-mail address or the password is wrong."),
        "enter_current_password": gettext_lazy("This is not your password."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "too_many_login_attempts": gettext_lazy("Too many wrong attempts. Wait five minutes, and try again."),
        "rate_limited": gettext_lazy("Too many wrong attempts. Wait five minutes, and try again."),
    }

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say only what went wrong: the page that opens shows the rest."""
        if level == messages.ERROR and kwargs.get("message"):
            messages.error(request, kwargs["message"])

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again, unless it was given just now: who has signed in is not asked twice."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        if not self.get_reauthentication_methods(self.request.user):
            return False
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Name the ways in our words."""
        words = {
            "reauthenticate": _("Give your password"),
            "mfa_reauthenticate": _("Give a code from the app"),
            "mfa_reauthenticate:webauthn": _("Use a security key"),
        }
        ways = super().get_reauthentication_methods(user)
        taken = [way for way in ways if settings.PASSWORDS_ARE_ON or way["id"] != "reauthenticate"]
        return [{**way, "description": words[way["id"]]} for way in taken]

    def post_login(self, request: HttpRequest, user: Any, *, signal_kwargs: Any, **kwargs: Any) -> HttpResponse:
        """Keep the level that an identity provider has vouched for: of this sign-in, and of no other."""
        request.session.pop(ASSURANCE, None)
        if by_provider := (signal_kwargs or {}).get("sociallogin"):
            request.session[ASSURANCE] = by_provider.state.get(ASSURANCE, "")
        response: HttpResponse = super().post_login(request, user, signal_kwargs=signal_kwargs, **kwargs)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the page of one's own sign-in."""
        return reverse("mfa_index")

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Refuse who has been deactivated. Only who knows the password reads this."""
        context = {
            "title": _("Your account is switched off"),
            "message": _("Ask the administrator of your unit if you should have it again."),
        }
        return render(request, "error.html", context, status=403)

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """Tell the user that something about the sign-in has changed."""
        notices.tell_of_changed_sign_in(user, template_prefix.rsplit("/", 1)[-1])


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library has no types
    """The identity provider is the one of the environment, and what goes wrong there is said in our words."""

    def list_apps(self, *args: Any, **kwargs: Any) -> list[Any]:
        """Know no provider out of the database: who could write a row there could sign in as anybody."""
        return [app for app in super().list_apps(*args, **kwargs) if app.pk is None]

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Say that it did not work; why, the log says."""
        reason = kwargs.get("exception") or request.GET.get("error") or "nobody asked for this answer"
        raise ImmediateHttpResponse(not_believed(request, reason))


def not_believed(request: HttpRequest, reason: object) -> HttpResponse:
    """Say that the sign-in did not work, and write the reason into the log."""
    log.warning("Sign-in by the identity provider refused: %.300s", reason)
    context = {
        "title": _("The sign-in did not work"),
        "message": _("Try once more. If it fails again, tell the IT support of your municipality when it happened."),
    }
    return render(request, "error.html", context, status=401)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Secrets of second factors are kept encrypted, and the last factor stays where one is required."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("The code is wrong, or has been used."),
        "cannot_delete_authenticator": gettext_lazy("This is your only second factor. Add another one first."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with the newest key."""
        return encryption.encrypt(text, BOUND_TO).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret."""
        return encryption.decrypt(bytes.fromhex(encrypted_text), BOUND_TO)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last factor where one is required."""
        if not settings.SECOND_FACTOR_REQUIRED:
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
        return bool(others.exists())

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002  # the library's
        """Suggest a name for a new security key."""
        keys = Authenticator.objects.filter(user=user, type=type).count()
        return _("Security key %(n)s") % {"n": keys + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Say to the key who we are: the installation's name, not that of the machine."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}
