"""What row security, the log of readings and history cost: each beside the same without it, in the same run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core import acting, traces
from lotsen.core.acting import acting_as_operator
from lotsen.programmes.models import Programme

from .database import COACH, MANY_CASES
from .measure import interleaved, report

#: So many rows are changed at once to see what history costs.
CHANGED = 10_000
CHANGE = "update cases_case set age = age + 1 where id = any(%s)"


def run(only: str) -> None:
    """Measure what begins with the name."""
    with acting_as_operator("bench"):
        user = User.objects.get(email=COACH)
        programme = Programme.objects.get(code="bench-100k")
        case = Case.objects.filter(programme=programme, unit__in=user.own_units).order_by("number")[100]
    client = Client(HTTP_ACCEPT_LANGUAGE="sv")
    client.force_login(user)
    pages = {
        "rls.list": reverse("case_list", args=[programme.pk]),
        "rls.case": reverse("case_detail", args=[case.pk]),
    }
    for name, address in pages.items():
        if name.startswith(only):
            report(name, *interleaved(_page(client, address), _open_page(client, address)), MANY_CASES)
    if "access_log.view".startswith(only):
        address = pages["rls.case"]
        report("access_log.view", *interleaved(_page(client, address), _unlogged_page(client, address)), 1)
    if "history.write".startswith(only):
        _measure_history(programme)


def _page(client: Client, address: str) -> Callable[[], None]:
    def page() -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code}")

    return page


def _open_page(client: Client, address: str) -> Callable[[], None]:
    """Return the same page, run as the owner of the tables: its own filters alone, no row security."""
    page = _page(client, address)

    def without_policies() -> None:
        with _instead(acting, "APP_ROLE", "none"):
            page()

    return without_policies


def _unlogged_page(client: Client, address: str) -> Callable[[], None]:
    page = _page(client, address)

    class NoLog:
        @staticmethod
        def call(*_arguments: Any) -> None:
            """Write nothing."""

    def without_log() -> None:
        with _instead(traces, "database", NoLog):
            page()

    return without_log


@contextmanager
def _instead(module: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


def _measure_history(programme: Programme) -> None:
    """Change many cases in one statement, with the triggers of history and without."""
    with acting_as_operator("bench"):
        keys = list(Case.objects.filter(programme=programme).values_list("pk", flat=True)[:CHANGED])

    def change(setting: str) -> Callable[[], None]:
        def act() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("set local role none")
                # As a replica would: no trigger runs.
                cursor.execute(f"set local session_replication_role = {setting}")
                cursor.execute(CHANGE, [keys])
                transaction.set_rollback(True)

        return act

    report("history.write", *interleaved(change("origin"), change("replica"), rounds=5), CHANGED)
