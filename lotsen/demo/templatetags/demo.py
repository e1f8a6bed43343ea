"""Who to sign in as."""

from typing import Any

from django import template

from lotsen.demo.queries import PASSWORD, people_to_sign_in_as

register = template.Library()


@register.inclusion_tag("demo/sign_in_list.html", takes_context=True)
def sign_in_list(context: Any) -> dict[str, Any]:
    """List the people worth signing in as."""
    shared = {name: context[name] for name in ("csrf_token", "redirect_field") if name in context}
    return {"demo_people": people_to_sign_in_as(), "demo_password": PASSWORD, **shared}
