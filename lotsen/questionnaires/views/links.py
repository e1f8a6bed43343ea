"""Answering by a link, without signing in. The link opens its own answers to the database, and nothing else."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import pghistory
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.core.pages import opens_nothing
from lotsen.core.refused import Refused
from lotsen.core.rights import public
from lotsen.core.text import local
from lotsen.questionnaires import actions, queries
from lotsen.questionnaires.models import Recipient, Response

from .answering import Way, check_page, language_of, section_page

Page = Callable[..., HttpResponse]


def _by_link(page: Page) -> Page:
    """Find whom the link was sent to, and say kindly where it no longer opens anything."""

    @wraps(page)
    def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
        # The history shall not tell by which link something was written.
        with pghistory.context(url="/answer/"):
            recipient, response = queries.by_link(token)
            if recipient is None:
                message = _("Check that the whole address came along. If it did, ask who sent it for a new one.")
                return opens_nothing(request, message)
            if recipient.answered_on is not None:
                return render(request, "questionnaires/_thanks.html", {"wave": recipient.wave})
            if not recipient.wave.is_open(timezone.localdate()):
                message = _("It took answers from %(first)s to %(last)s.") % {
                    "first": recipient.wave.opens_on,
                    "last": recipient.wave.closed_on or recipient.wave.closes_on,
                }
                said = {"title": _("This survey is closed"), "message": message}
                return render(request, "error.html", said, status=410)
            return page(request, token, recipient, response, **more)

    return opened


@public
def answer_join(request: HttpRequest, token: str) -> HttpResponse:
    """Take part by a link that is open to all: one gets a link of one's own, to come back by."""
    if request.method == "POST":
        with pghistory.context(url="/join/"):
            own = actions.join(token=token, on=timezone.localdate())
        if own:
            return redirect("answer_start", own)
        said = {"title": _("This survey is closed"), "message": _("It takes no answers today, or the link has ended.")}
        return render(request, "error.html", said, status=404)
    return render(request, "questionnaires/answer_join.html")


@public
@_by_link
def answer_start(request: HttpRequest, token: str, recipient: Recipient, response: Response | None) -> HttpResponse:
    """Say what is asked, by whom and what becomes of it; begin, or go on."""
    wave = recipient.wave
    definition = queries.definition_of(wave.version)
    language = language_of(request, definition)
    if request.method == "POST":
        try:
            if response is None:
                with transaction.atomic():
                    actions.begin_by_link(recipient=recipient, token=token, on=timezone.localdate())
        except Refused as refused:
            return render(
                request, "error.html", {"title": _("This survey is closed"), "message": str(refused)}, status=409
            )
        return redirect(_address(token, language, "answer_section", 1))
    context = {
        "wave": wave,
        "title": local(definition.title, language),
        "intro": local(definition.intro, language),
        "language": language,
        "languages": definition.languages,
        "sections": len(definition.sections),
        "has_begun": response is not None,
    }
    return render(request, "questionnaires/answer_start.html", context)


@public
@_by_link
def answer_section(
    request: HttpRequest, token: str, recipient: Recipient, response: Response | None, number: int
) -> HttpResponse:
    """Answer one section."""
    if response is None:
        return redirect("answer_start", token)
    return section_page(request, _way(request, token, recipient, response), number)


@public
@_by_link
def answer_check(request: HttpRequest, token: str, recipient: Recipient, response: Response | None) -> HttpResponse:
    """Look at all answers, and send them."""
    if response is None:
        return redirect("answer_start", token)
    send = partial(actions.hand_in, response=response, recipient=recipient, on=timezone.localdate())
    return check_page(request, _way(request, token, recipient, response), send)


def _way(request: HttpRequest, token: str, recipient: Recipient, response: Response) -> Way:
    definition = queries.definition_of(response.version)
    language = language_of(request, definition)
    return Way(
        response=response,
        definition=definition,
        language=language,
        section=lambda number: _address(token, language, "answer_section", number),
        check=_address(token, language, "answer_check"),
        done=reverse("answer_start", args=[token]),
        head="",
        context={"wave": recipient.wave},
    )


def _address(token: str, language: str, page: str, *parts: int) -> str:
    return f"{reverse(page, args=[token, *parts])}?language={language}"
