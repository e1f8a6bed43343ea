"""Pages of no area: language, errors, and the sign of life."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .rights import public


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language that was chosen, and go back to the page."""
    chosen = request.POST.get("language")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 86400,
            samesite="Lax",
            httponly=True,
            secure=settings.USE_HTTPS,
        )
    return response


@public
def alive(request: HttpRequest) -> HttpResponse:
    """Answer that the server is there, and its database: every request asks it who acts."""
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old, and how to go on."""
    message = _("The form had been open too long. Go back, copy what you wrote, load the page again and send it.")
    return render(request, "error.html", {"title": _("The form could not be sent"), "message": message}, status=403)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the page is not for this person."""
    message = _("Your role does not give you this page. Ask your unit manager if you need it.")
    return render(request, "error.html", {"title": _("You may not see this page"), "message": message}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, for this person at least."""
    message = _("Check the address. What you look for may have been moved, or belong to a unit that is not yours.")
    return render(request, "error.html", {"title": _("There is no such page"), "message": message}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours. Needs no database."""
    return render(request, "server_error.html", status=500)
