"""No list that is taken home as a file holds a cell that a spreadsheet would run (figure B5)."""

from collections.abc import Callable

from django.test import Client

from lotsen.access.models import User
from tests.core.tables import csv_rows, xlsx_cells
from tests.core.test_pages import LIVE, PAYLOADS
from tests.security.sending import clients, let_in
from tests.security.walk import plant


def lists(them: dict[str, Client], address_of: Callable[[str], str]) -> list[tuple[str, Client, str]]:
    """Return name, reader and address of every list that can be had as a file."""
    found = []
    for name, who in let_in():
        answer = them[who].get(address_of(name), {"export": "csv"})
        if answer.headers["Content-Type"].startswith("text/csv"):
            found.append((name, them[who], address_of(name)))
    return found


def test_no_cell_of_any_list_is_run(people: dict[str, User | None], address_of: Callable[[str], str]) -> None:
    files = lists(clients(people), address_of)
    assert {name for name, _who, _url in files} >= {"case_list", "consent_list", "indicator_members", "user_list"}
    live, cells = [], 0
    for payload in PAYLOADS:
        # A name that is stripped, or a sign that PostgreSQL cannot keep, would hide what the file does.
        plant(payload, [payload])
        for name, client, url in files:
            rows = csv_rows(client.get(url, {"export": "csv"}))[1:]
            cells += sum(payload.strip() in cell for row in rows for cell in row)
            live += [f"{name}: {cell!r}" for row in rows for cell in row if cell.lstrip(" ").startswith(LIVE)]
            sheet = xlsx_cells(client.get(url, {"export": "xlsx"}))
            live += [f"{name}: {text!r}" for row in sheet for kind, text in row.values() if kind == "f"]
    assert live == []
    assert cells > 4 * len(PAYLOADS)
