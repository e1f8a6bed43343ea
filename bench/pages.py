"""Pages of the largest cohort of the demo, beside the SQL that they run."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core.acting import acting_as, acting_as_operator
from lotsen.programmes.models import Programme

from .measure import interleaved, report


def run(only: str) -> None:
    """Measure each page."""
    user = User.objects.get(email="programme-manager.projekt@kofa.example")
    with acting_as_operator("bench"):
        programme = Programme.objects.get(code="kofa")
        rows = Case.objects.filter(programme=programme).count()
    client = Client(HTTP_ACCEPT_LANGUAGE="sv")
    client.force_login(user)
    addresses = {
        "pages.programme": reverse("programme_overview", args=[programme.pk]),
        "pages.indicator": reverse("indicator_detail", args=[programme.pk, "participants"]),
        "pages.cases": reverse("case_list", args=[programme.pk]),
    }
    for name, address in addresses.items():
        if name.startswith(only):
            measure(name, client, address, user, rows)


def measure(name: str, client: Client, address: str, user: User, rows: int) -> None:
    """Measure a page, beside the statements that it runs."""

    def page() -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code}")

    # The first page of a session writes when the session began.
    page()
    with CaptureQueriesContext(connection) as captured:
        page()
    statements = [query["sql"] for query in captured.captured_queries if query["sql"] not in {"BEGIN", "COMMIT"}]
    seconds, limit = interleaved(page, own_sql(statements, user))
    report(name, seconds, limit, rows, queries=len(statements))


def own_sql(statements: list[str], user: User) -> Callable[[], Any]:
    """Return a function that runs a page's statements alone, as its user, and fetches what they give."""

    def run_all() -> None:
        with acting_as(user.pk), connection.cursor() as cursor:
            for sql in statements:
                cursor.execute(sql)
                # A cursor that is opened for the choices of a field gives nothing by itself.
                if cursor.description:
                    cursor.fetchall()
                # The context of the history goes before a statement, in the same breath.
                while cursor.nextset():
                    cursor.fetchall()

    return run_all
