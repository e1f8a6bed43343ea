"""A browser by its name; whether a second factor must be added first; the ways to sign in."""

import re
from typing import Any

from allauth.account.utils import get_next_redirect_url
from django import template
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lotsen.core.sessions import has_second_factor

register = template.Library()

#: The first that fits: each of them also names those that it is made to look like.
_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@register.filter
def browser(user_agent: str) -> str:
    """Name a browser and its system, from the words that it sends."""

    def first(names: dict[str, str]) -> str:
        return next((name for sign, name in names.items() if re.search(sign, user_agent)), "")

    return ", ".join(filter(None, (first(_BROWSERS), first(_SYSTEMS)))) or _("Unknown")


@register.simple_tag(takes_context=True)
def second_factor_needed(context: Any) -> bool:
    """Tell whether the user must add a second factor before any other page opens."""
    return settings.SECOND_FACTOR_REQUIRED and not has_second_factor(context["request"])


@register.simple_tag(takes_context=True)
def identity_provider(context: Any) -> dict[str, str] | None:
    """Return the name of the identity provider, and the address that leads to it and back to this page."""
    provider = settings.IDENTITY_PROVIDER
    if provider is None:
        return None
    request = context["request"]
    is_sign_in = request.resolver_match and request.resolver_match.url_name == settings.LOGIN_URL
    # A form cannot be sent again by coming back.
    asked = request.get_full_path() if request.method == "GET" else ""
    back = get_next_redirect_url(request) if is_sign_in else asked
    query = f"?{urlencode({REDIRECT_FIELD_NAME: back})}" if back else ""
    return {"name": provider.name, "address": reverse("provider_login") + query}


@register.simple_tag
def passwords_are_on() -> bool:
    """Tell whether one can sign in with a password."""
    return bool(settings.PASSWORDS_ARE_ON)
