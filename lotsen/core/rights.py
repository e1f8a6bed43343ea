"""Who may open a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .sessions import is_assured

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request of somebody who is signed in: `allow` has seen to it. For annotations."""

    user: Any


def allow(permission: str) -> Callable[[View], View]:
    """Open a page to those who hold the permission in some unit. Which rows they see there, `visible_to` says.

    Everybody else gets 403; a row that is not theirs is 404, as if it were not. Where the installation requires a
    level of assurance, a session without it gets a page that says what to do, unless the permission is one that tells
    nothing of people.
    """
    is_about_people = getattr(permission, "is_about_people", True)

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user: Any = request.user
            if not user.can(permission):
                raise PermissionDenied
            if is_about_people and not is_assured(request):
                return render(request, "assurance.html", status=403)
            return view(request, *args, **kwargs)

        checked.lotsen_permission = permission  # type: ignore[attr-defined]  # read by the test that walks all addresses
        return checked

    return decorate


def signed_in(view: View) -> View:
    """Open a page to everybody who is signed in."""
    view.lotsen_permission = "signed_in"  # type: ignore[attr-defined]  # read by the test that walks all addresses
    return view


def public(view: View) -> View:
    """Open a page to everybody."""
    view.lotsen_permission = "public"  # type: ignore[attr-defined]  # read by the test that walks all addresses
    return login_not_required(view)
