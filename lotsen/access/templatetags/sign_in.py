"""A browser by its name; whether a second factor must be added first."""

import re
from typing import Any

from django import template
from django.conf import settings
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
