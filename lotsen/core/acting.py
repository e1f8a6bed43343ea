"""Who acts: every request, job and command says it, and row security reads it.

Three transaction-local settings, `lotsen.user`, `lotsen.opened` and `lotsen.link`, and the role of the transaction. All
are put back at the end, because a setting made inside a savepoint outlives it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pghistory
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from . import traces
from .database import APP_ROLE, JOB_ROLE

_SETTINGS = ("lotsen.user", "lotsen.opened", "lotsen.link")
_SET = ", ".join(["select set_config('role', %s, true)", *(f"set_config('{name}', %s, true)" for name in _SETTINGS)])
_GET = ", ".join(
    ["select current_setting('role')", *(f"coalesce(current_setting('{name}', true), '')" for name in _SETTINGS)]
)


@contextmanager
def _acting(role: str, user: str) -> Iterator[None]:
    is_within = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        before = None
        if is_within:
            cursor.execute(_GET)
            before = cursor.fetchone()
        cursor.execute(_SET, [role, user, "", ""])
        yield
        # The end of a transaction takes its settings with it, and so does what is rolled back.
        if before and not connection.needs_rollback:
            cursor.execute(_SET, before)


@contextmanager
def acting_as(user_id: UUID | None) -> Iterator[None]:
    """Run as this user: row security shows what the user may see. Without a user, no personal row is seen."""
    with _acting(APP_ROLE, str(user_id or "")):
        yield


@contextmanager
def acting_as_operator(command: str) -> Iterator[None]:
    """Run as the one who runs the installation, over all units.

    `command` is written into the history of each change.
    """
    with _acting(JOB_ROLE, ""), pghistory.context(command=command):
        yield


def open_by_consent() -> None:
    """Let the rest of this request see what a consent opens: on the pages of one person, never in a figure."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('lotsen.opened', 'on', true)")


def open_by_link(token: str) -> None:
    """Let the rest of this request see what a link opens to who holds it: the own answers to a questionnaire.

    The history shall not tell by which link something was written.
    """
    with connection.cursor() as cursor:
        cursor.execute("select set_config('lotsen.link', %s, true)", [token])


class ActingMiddleware:
    """One transaction a request, as the signed-in user. An error page undoes what the request wrote."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the next in the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request inside its transaction."""
        user: Any = request.user
        user_id = user.pk if user.is_authenticated else None
        with acting_as(user_id), pghistory.context(user=str(user_id or ""), url=request.path):
            with traces.traced(request):
                response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response
