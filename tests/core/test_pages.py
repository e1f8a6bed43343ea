"""Every list is shown, paged, filtered and taken home as a file in one way, tried here on the list of cases."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lotsen.cases.models import Case
from lotsen.core.pages import PAGE_SIZE
from tests import factories
from tests.core.tables import csv_rows, page_links, page_rows, xlsx_cells, xlsx_rows

HEADINGS = ["Participant", "Unit", "Age at start", "Started", "Closed", "Outcome"]
#: What a spreadsheet would run, or hide until it runs it, at the beginning of a cell.
PAYLOADS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://exempel.se";"Klicka")',
    "＝1+1",
    "＠SUM(A1)",
    "-2+3+cmd|' /C calc'!A0",
]
#: What no spreadsheet runs: a payload behind a separator, a quotation mark or a letter.
HARMLESS = [";=1+1", '"=1+1', "a=1+1", "'=1+1", "1;=1+1;2"]
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.fixture
def ask(programme, responsible, sign_in):
    """Give a function that asks for the list of cases, in English, with a query."""
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    url = reverse("case_list", args=[programme.pk])
    return lambda query="": client.get(f"{url}?{query}")


@pytest.fixture
def make_case(programme, pitea):
    """Give a function that makes a case of the responsible's unit."""
    return lambda **given: factories.CaseFactory(programme=programme, unit=pitea, **given)


def make_many(programme, unit, number):
    """Make so many cases, quickly, without persons."""
    Case.objects.bulk_create(
        Case(programme=programme, unit=unit, number=f"2026-{n:03}", referred_on=date(2026, 2, 1)) for n in range(number)
    )


def queries(answer):
    """Return how many queries an answer takes."""
    with CaptureQueriesContext(connection) as asked:
        assert answer().status_code == 200
    return len(asked)


@pytest.mark.parametrize("query", ["", "export=csv", "export=xlsx"])
def test_list_asks_as_many_queries_for_three_rows_as_for_one(ask, make_case, query):
    make_case(ended=True)
    ask(query)
    one = queries(lambda: ask(query))
    make_case(ended=True)
    make_case(transferred=True)
    assert queries(lambda: ask(query)) == one


def test_list_shows_a_page_at_a_time(ask, programme, pitea):
    make_many(programme, pitea, PAGE_SIZE + 1)
    numbers = [row[0] for number in (1, 2) for row in page_rows(ask(f"page={number}"))[1:]]
    assert [len(page_rows(ask(f"page={number}"))) - 1 for number in (1, 2)] == [PAGE_SIZE, 1]
    assert numbers == [f"2026-{n:03}" for n in range(PAGE_SIZE + 1)]


@pytest.mark.parametrize(("asked", "shown"), [("99", 2), ("0", 2), ("-1", 2), ("x", 1), ("", 1), ("1e9", 1)])
def test_list_shows_a_page_whatever_page_is_asked_for(ask, programme, pitea, asked, shown):
    make_many(programme, pitea, PAGE_SIZE + 1)
    assert ask(f"page={asked}").context["page"].number == shown


def test_list_of_a_whole_page_has_no_second(ask, programme, pitea):
    make_many(programme, pitea, PAGE_SIZE)
    assert page_links(ask(), "page=") == []


def test_list_keeps_its_filters_on_the_way_to_its_other_pages(ask, programme, pitea):
    make_many(programme, pitea, 2 * PAGE_SIZE + 1)
    response = ask("state=referred&q=&page=2")
    links = page_links(response, "page=")
    assert links == [f"?state=referred&q=&page={number}" for number in (1, 1, 2, 3, 3)]


def test_list_keeps_its_filters_on_the_way_to_its_files(ask, make_case):
    make_case(started=True)
    links = page_links(ask("state=active&page=1&export=exe"), "export=")
    assert links == ["?state=active&export=xlsx", "?state=active&export=csv"]


def test_list_without_a_filter_has_files_too(ask, make_case):
    make_case()
    assert page_links(ask(), "export=") == ["?export=xlsx", "?export=csv"]


def test_list_with_a_filter_that_there_is_not_is_whole(ask, make_case):
    make_case()
    assert len(page_rows(ask("state=asleep"))) == 2


@pytest.mark.parametrize(
    ("query", "said"), [("", "There is nothing here yet"), ("state=ended", "Nothing matches your filters")]
)
def test_list_that_is_empty_says_why(ask, query, said):
    response = ask(query)
    assert page_rows(response) == []
    titles = ["There is nothing here yet", "Nothing matches your filters"]
    assert [title for title in titles if title in response.content.decode()] == [said]


@pytest.fixture
def varied(make_case):
    """Make cases that differ in every column."""
    make_case(person__family_name="Åström", person__given_name="Örjan", ended=True)
    make_case(person__family_name="Andersson", started=True, facts={"age": None})
    make_case(person__family_name="<b>Bo & Co</b>", transferred=True)
    make_case(person=None, number="2026-utan-namn")


@pytest.mark.usefixtures("varied")
def test_files_hold_what_the_page_shows(ask):
    shown = page_rows(ask())
    assert (shown[0], len(shown)) == (HEADINGS, 5)
    assert csv_rows(ask("export=csv")) == shown
    assert xlsx_rows(ask("export=xlsx")) == shown


@pytest.mark.usefixtures("varied")
@pytest.mark.parametrize("query", ["state=active", "q=astrom", "state=ended&q=zzz"])
def test_files_hold_what_the_filters_leave(ask, query):
    shown = page_rows(ask(query))
    in_files = shown or [HEADINGS]
    assert csv_rows(ask(f"{query}&export=csv")) == in_files
    assert xlsx_rows(ask(f"{query}&export=xlsx")) == in_files


def test_files_hold_all_pages(ask, programme, pitea):
    make_many(programme, pitea, PAGE_SIZE + 1)
    for query, read in (("export=csv&page=2", csv_rows), ("export=xlsx&page=2", xlsx_rows)):
        assert [row[0] for row in read(ask(query))[1:]] == [f"2026-{n:03}" for n in range(PAGE_SIZE + 1)]


def test_files_are_named_after_the_list_and_meant_for_excel(ask, programme):
    csv, xlsx = ask("export=csv"), ask("export=xlsx")
    assert csv["Content-Disposition"] == f'attachment; filename="{programme.code}.csv"'
    assert csv["Content-Type"] == "text/csv; charset=utf-8"
    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert xlsx["Content-Disposition"] == f'attachment; filename="{programme.code}.xlsx"'


def test_file_of_another_kind_is_the_page(ask):
    assert ask("export=exe").headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_is_shown_and_never_run_in_csv(ask, make_case, payload):
    make_case(person__family_name=payload, person__given_name="Eva")
    (row,) = csv_rows(ask("export=csv"))[1:]
    assert row[0] == f"'{payload}, Eva"
    assert [cell for cell in row if cell.startswith(LIVE)] == []


@pytest.mark.parametrize("harmless", HARMLESS)
def test_separators_in_a_cell_stay_in_it_in_csv(ask, make_case, harmless):
    make_case(person__family_name=harmless, person__given_name="Eva")
    (row,) = csv_rows(ask("export=csv"))[1:]
    assert (len(row), row[0]) == (len(HEADINGS), f"{harmless}, Eva")


@pytest.mark.parametrize("payload", [*PAYLOADS, *HARMLESS])
def test_payload_is_text_in_excel(ask, make_case, payload):
    make_case(person__family_name=payload, person__given_name="Eva")
    (row,) = xlsx_cells(ask("export=xlsx"))[1:]
    assert row["A"] == ("s", f"{payload}, Eva")
    assert {kind for kind, _text in row.values()} == {"s", "n"}


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "<b>Bo</b> & Co", '"><img src=x>', "{{ 1|add:1 }}"])
def test_list_shows_a_name_letter_by_letter(ask, make_case, name):
    make_case(person__family_name=name, person__given_name="Eva")
    assert page_rows(ask())[1][0] == f"{name}, Eva"


def test_list_of_nobody_asks_to_sign_in(programme):
    url = reverse("case_list", args=[programme.pk])
    assert Client().get(url).headers["Location"] == f"{reverse('account_login')}?next={url}"
