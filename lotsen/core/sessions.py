"""How long one stays signed in, where one goes when that is over, and the second factor before any page opens."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

#: In the session: when it began and when it was last used (seconds), and the level of assurance that an identity
#: provider has vouched for.
BEGAN, USED, ASSURANCE = "lotsen_began", "lotsen_used", "lotsen_assurance"
#: The last use is written at most so often, so that a page costs no write.
STEP = 60
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
#: What is open without a second factor: the pages that set one up.
SETTING_UP = "mfa_"
OPEN = {"account_reauthenticate"}


class Sessions(SessionMiddleware):
    """Django's own, without keys that PostgreSQL cannot look up: those are nobody's."""

    def process_request(self, request: HttpRequest) -> None:
        """Forget such a key before it is looked up."""
        if "\0" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        super().process_request(request)


class SessionLimits:
    """End a session that is too old or has not been used for too long. Its cookie ends with the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the next in the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session, or note that it is used."""
        now = time.time()
        if request.user.is_authenticated:
            if _is_over(request.session, now):
                logout(request)
                request.lotsen_session_ended = True  # type: ignore[attr-defined]  # read by SignInRequired
            else:
                _note(request.session, now)
        response = self.get_response(request)
        if request.user.is_authenticated:
            _note(request.session, now)
        return response


def _is_over(session: Any, now: float) -> bool:
    is_old = now - session.get(BEGAN, now) > settings.SESSION_COOKIE_AGE
    return bool(is_old or now - session.get(USED, now) > settings.SESSION_IDLE_SECONDS)


def _note(session: Any, now: float) -> None:
    if BEGAN not in session:
        session[BEGAN] = now
    if now - session.get(USED, 0) > STEP:
        session[USED] = now


class SignInRequired(LoginRequiredMiddleware):
    """Send who is not signed in to the sign-in page, and from there back to the page: of a form, to its page."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Say what has become of what was written, and remember the page."""
        is_form = request.method not in {"GET", "HEAD"}
        if is_form:
            text = _("You had been signed out, so the form was not sent. Sign in, and you come back to its page.")
            kept = _("Long texts are kept as drafts while you write; fill in the rest again.")
            messages.warning(request, f"{text} {kept}")
        elif getattr(request, "lotsen_session_ended", False):
            messages.info(request, _("You have been signed out, since you were away for long. Drafts are kept."))
        page = _page_of_form(request) if is_form else request.get_full_path()
        return redirect_to_login(
            page or resolve_url(settings.LOGIN_REDIRECT_URL), resolve_url(settings.LOGIN_URL), REDIRECT_FIELD_NAME
        )


def _page_of_form(request: HttpRequest) -> str:
    """Return the page that a form was sent from, if it is one of ours."""
    try:
        sent_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if sent_from.netloc != request.get_host():
        return ""
    return f"{sent_from.path}?{sent_from.query}" if sent_from.query else sent_from.path


class SecondFactorRequired:
    """Send who has no second factor to the page where one is set up, before any other page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the next in the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Ask before each page that needs a user."""
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        if not getattr(view, "login_required", True) or name in OPEN or name.startswith(SETTING_UP):
            return None
        return None if has_second_factor(request) else redirect("mfa_index")


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether the user has a second factor, or came by an identity provider, which has asked for its own."""
    return ASSURANCE in request.session or is_mfa_enabled(request.user, FACTORS)


def is_assured(request: HttpRequest) -> bool:
    """Tell whether the session has a level of assurance that opens pages with people's data, where one is required."""
    return not settings.ASSURANCE or request.session.get(ASSURANCE) in settings.ASSURANCE
