"""A project in figures: every number leads to the list that it counts, for those who may see it."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from lotsen.access.models import Unit, User
from lotsen.cases.models import Case
from lotsen.indicators.enums import Measure
from lotsen.indicators.queries import definition_of
from lotsen.programmes.models import Programme
from tests import factories

PAGES = ("programme_overview", "indicator_list", "indicator_detail", "indicator_members")
#: One indicator of each kind: a count, a share, workplaces, a median, a sum, and organisations.
KINDS = [
    *("participants", "share_in_work_day_90", "workplaces_matched", "median_days_to_first_whereabouts"),
    *("participant_hours", "share_partners_active"),
]
NUMBER = re.compile(r"\d{1,3}(?:\u202f\d{3})*")


@pytest.fixture
def in_english(sign_in: Callable[[User], Client]) -> Callable[[User], Client]:
    """Give a function that signs somebody in to pages in English."""

    def signed_in(user: User) -> Client:
        client = sign_in(user)
        client.cookies["django_language"] = "en"
        return client

    return signed_in


def person(name: str) -> User:
    """Return somebody of the staff of kofa."""
    return User.objects.get(email=f"{name}@kofa.example")


def address(place: str, programme: Programme, code: str = "participants", query: str = "") -> str:
    arguments = [programme.pk, code] if place in {"indicator_detail", "indicator_members"} else [programme.pk]
    return reverse(place, args=arguments) + query


def counted_links(page: bytes) -> dict[str, set[int]]:
    """Return the address of each list that a page links to, with the numbers that stand on the links.

    A share or a median is no number of rows; what they rest on is, and stands beside them.
    """
    found: dict[str, set[int]] = {}
    for anchor in html.fromstring(page.decode()).iter("a"):
        href = anchor.get("href")
        if "/members/" not in href:
            continue
        measure = definition_of(re.search(r"indicators/(\w+)/", href)[1]).measure
        is_in_facts = any(above.get("class") == "facts" for above in anchor.iterancestors("dl"))
        is_of_rows = "part=unknown" in href or (measure == Measure.SHARE and "part=denominator" in href)
        number = number_of(anchor)
        if number is not None and (is_in_facts or is_of_rows or measure == Measure.COUNT):
            found.setdefault(href, set()).add(number)
    return found


def number_of(anchor: html.HtmlElement) -> int | None:
    """Return the number on a link: what is seen, or in a chart what is said. None for shares and for no number."""
    label = anchor.get("aria-label")
    said = re.search(r": (.*)\. Show the list\.$", label)[1] if label else "".join(anchor.xpath("(.//text())[last()]"))
    return int(said.replace("\u202f", "")) if NUMBER.fullmatch(said.strip()) else None


def lengths(client: Client, hrefs: list[str]) -> dict[str, int]:
    """Open each list and return how long it is."""
    return {href: client.get(href).context["page"].paginator.count for href in hrefs}


def expect_lists_as_long_as_their_numbers(client: Client, url: str, at_least: int) -> None:
    links = counted_links(client.get(url).content)
    assert len(links) >= at_least
    found = lengths(client, list(links))
    wrong = {href: (numbers, found[href]) for href, numbers in links.items() if numbers != {found[href]}}
    assert wrong == {}


@pytest.mark.parametrize("query", ["", "?as_of=2017-03-31"])
def test_every_number_on_the_overview_opens_a_list_of_that_length(query: str, db: None, in_english):
    url = address("programme_overview", Programme.objects.get(code="kofa"), query=query)
    expect_lists_as_long_as_their_numbers(in_english(person("programme-manager.projekt")), url, at_least=40)


def test_every_number_on_the_overview_of_a_coach_opens_a_list_of_that_length(db: None, in_english):
    url = address("programme_overview", Programme.objects.get(code="kofa"))
    expect_lists_as_long_as_their_numbers(in_english(person("coach.arvidsjaur")), url, at_least=40)


@pytest.mark.parametrize("name", ["programme-manager.projekt", "coach.arvidsjaur"])
def test_every_number_in_the_list_of_indicators_opens_a_list_of_that_length(name: str, db: None, in_english):
    url = address("indicator_list", Programme.objects.get(code="kofa"))
    expect_lists_as_long_as_their_numbers(in_english(person(name)), url, at_least=20)


@pytest.mark.parametrize("name", ["programme-manager.projekt", "coach.arvidsjaur"])
@pytest.mark.parametrize("code", KINDS)
def test_every_number_of_an_indicator_opens_a_list_of_that_length(code: str, name: str, db: None, in_english):
    url = address("indicator_detail", Programme.objects.get(code="kofa"), code)
    at_least = {"participants": 30, "share_in_work_day_90": 30, "workplaces_matched": 30}.get(code, 1)
    expect_lists_as_long_as_their_numbers(in_english(person(name)), url, at_least)


@pytest.fixture
def three(programme: Programme, pitea: Unit, arvidsjaur: Unit) -> list[Case]:
    """Return two cases in Piteå and one in Arvidsjaur, each with a person and a plan."""
    units = [pitea, pitea, arvidsjaur]
    return [factories.whole_case(programme=programme, unit=unit, person__unit=unit) for unit in units]


@pytest.mark.parametrize("place", PAGES)
def test_pages_open_to_those_who_take_part(
    place: str, programme: Programme, three, responsible, colleague, stranger, manager, sign_in
):
    url = address(place, programme)
    answers = [sign_in(user).get(url).status_code for user in (responsible, colleague, stranger, manager)]
    assert answers == [200, 200, 404, 200]
    assert Client().get(url)["Location"] == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("place", PAGES)
def test_page_takes_as_many_queries_for_three_cases_as_for_one(
    place: str, programme: Programme, pitea: Unit, responsible: User, sign_in
):
    client, url = sign_in(responsible), address(place, programme, query="?as_of=2027-06-01")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    factories.whole_case(programme=programme, unit=pitea, person__unit=pitea)
    queries()
    one = queries()
    for _ in range(2):
        factories.whole_case(programme=programme, unit=pitea, person__unit=pitea)
    assert queries() == one


def test_list_shows_names_to_the_own_unit_and_numbers_to_who_looks_over_the_whole(
    programme: Programme, three, responsible, colleague, manager, sign_in
):
    url = address("indicator_members", programme, query="?as_of=2027-06-01")
    names, numbers = [case.person.list_name for case in three], [case.number for case in three]
    shown = {
        who: [word for word in [*names, *numbers] if word in sign_in(user).get(url).content.decode()]
        for who, user in (("responsible", responsible), ("colleague", colleague), ("manager", manager))
    }
    assert shown == {"responsible": names[:2], "colleague": names[2:], "manager": numbers}


def test_list_as_a_file_has_as_many_rows_as_the_figure(db: None, sign_in):
    url = address("indicator_members", Programme.objects.get(code="kofa"), query="?by=sex&key=woman&export=csv")
    answer = sign_in(person("programme-manager.projekt")).get(url)
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))
    assert (len(rows) - 1, len({row[0] for row in rows[1:]})) == (89, 89)


def test_list_of_a_median_shows_the_days_of_each(programme: Programme, three, manager, in_english):
    url = address("indicator_members", programme, "median_days_in_programme", "?as_of=2027-06-01&export=csv")
    answer = in_english(manager).get(url)
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))
    days = (three[0].closed_on - three[0].started_on).days
    assert [rows[0][-1], *(row[-1] for row in rows[1:])] == ["days", *[str(days)] * 3]


def test_list_says_which_part_of_which_group_it_is(programme: Programme, three, manager, in_english):
    query = "?as_of=2027-06-01&part=unknown&by=sex&key=woman"
    page = html.fromstring(
        in_english(manager).get(address("indicator_members", programme, "share_women", query)).content.decode()
    )
    assert " ".join(page.xpath("string(//h1)").split()) == "Women among the participants: Woman (0)"
    assert page.xpath("string(//*[@class='head']/p[2])").split(" · ")[:2] == ["No answer", "Sex"]


@pytest.mark.parametrize("query", ["?by=luck", "?part=luck", "?by=sex&key=woman&part=all&sex=luck"])
def test_list_of_a_group_that_there_is_not_is_no_page(query: str, programme: Programme, manager, sign_in):
    assert sign_in(manager).get(address("indicator_members", programme, query=query)).status_code == 404


@pytest.mark.parametrize("place", ["indicator_detail", "indicator_members"])
def test_indicator_that_there_is_not_is_no_page(place: str, programme: Programme, manager, sign_in):
    assert sign_in(manager).get(address(place, programme, "share-of-luck")).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2025-12-31", "2025-12-31 lies before the project began (2026-01-01). Choose a later day."),
        ("soon", "Write a day, for example 2026-11-20, 20/11 or 20 nov."),
        ("2026-02-30", "Write a day, for example 2026-11-20, 20/11 or 20 nov."),
    ],
)
@pytest.mark.parametrize("place", PAGES[:3])
def test_bad_day_is_said_by_its_field_and_stays_there_to_be_mended(
    place: str, typed: str, sentence: str, programme: Programme, manager, in_english
):
    Programme.objects.filter(pk=programme.pk).update(ends_on=date(2026, 6, 30))
    answer = in_english(manager).get(address(place, programme, query=f"?as_of={typed}"))
    tree = html.fromstring(answer.content.decode())
    (field,) = tree.xpath("//input[@name='as_of']")
    assert answer.status_code == 200
    assert (field.get("aria-invalid"), field.get("value")) == ("true", typed)
    assert tree.xpath(f"string(//*[@id='{field.get('aria-describedby')}'])").strip() == sentence


def test_day_is_read_as_people_write_it_and_stays_in_the_links(programme: Programme, three, manager, in_english):
    answer = in_english(manager).get(address("programme_overview", programme, query="?as_of=20+nov+2026"))
    tree = html.fromstring(answer.content.decode())
    assert tree.xpath("//input[@name='as_of']/@value") == ["2026-11-20"]
    lists = [href for href in tree.xpath("//a/@href") if "/members/" in href]
    assert lists
    assert [href for href in lists if "as_of=2026-11-20" not in href] == []


def test_page_says_whose_cases_it_counts(programme: Programme, three, colleague, manager, in_english):
    url = address("indicator_list", programme)
    said = [" ".join(in_english(user).get(url).content.decode().split()) for user in (manager, colleague)]
    assert "Counts every case of the project." in said[0]
    assert f"Counts the cases of {three[2].unit}, which are those that you may see." in said[1]


def test_empty_project_says_so_in_place_of_its_charts(programme: Programme, manager, in_english):
    client = in_english(manager)
    overview = client.get(address("programme_overview", programme)).content.decode()
    assert "Nobody has started yet" in overview
    detail = client.get(address("indicator_detail", programme, "employer_contacts")).content.decode()
    assert "There is nothing to break down" in detail


def test_ids_of_the_overview_are_there_once_each(db: None, sign_in):
    url = address("programme_overview", Programme.objects.get(code="kofa"))
    page = html.fromstring(sign_in(person("programme-manager.projekt")).get(url).content.decode())
    idents = page.xpath("//@id")
    assert sorted(set(idents)) == sorted(idents)


def test_pages_leave_out_what_does_not_apply_and_say_why_where_it_is_asked_for(db: None, in_english):
    programme = Programme.objects.get(code="ame-skane")
    client = in_english(User.objects.get(email="programme-manager.projekt@ame-skane.example"))
    pages = [
        client.get(address(place, programme)).content.decode() for place in ("programme_overview", "indicator_list")
    ]
    assert [page for page in pages if "Share that ended in work" in page or "stand closer to work" in page] == []
    assert "Participants" in pages[0]
    detail = client.get(address("indicator_detail", programme, "share_standing_closer")).content.decode()
    assert "The figure does not apply to this project" in detail
    assert "No exit of the project leads to work or studies." in detail
    assert "/members/" not in detail


def test_goal_that_is_missed_at_the_end_is_called_not_reached(db: None, in_english):
    url = address("programme_overview", Programme.objects.get(code="kofa"))
    page = in_english(person("programme-manager.projekt")).get(url).content.decode()
    assert "Not reached" in page
    assert "Behind" not in page
    assert "Ring:" not in page


def test_bars_say_what_they_rest_on_and_panels_what_they_show(db: None, in_english):
    url = address("indicator_detail", Programme.objects.get(code="kofa"), "share_in_work_day_90")
    tree = html.fromstring(in_english(person("programme-manager.projekt")).get(url).content.decode())
    headings = [heading.text_content().strip() for heading in tree.xpath("//h2")]
    messages = [heading.text_content().strip() for heading in tree.xpath("//figcaption/h3")]
    assert headings[:4] == ["The figure", "What is counted", "By sex", "By age at start"]
    assert messages[0] == "Highest: Woman 53.8\u00a0%. Lowest: Man 40.7\u00a0%."
    assert len(set(messages)) == len(messages)
    bars = [
        " ".join(text.text_content().split()) for text in tree.xpath("//*[@id='by-age-panel']//*[local-name()='text']")
    ]
    assert "47.4 % · 9 of 19, 9 no answer" in bars


def test_list_of_indicators_writes_targets_of_shares_in_per_cent_and_a_dash_where_nobody_is_asked(db: None, in_english):
    url = address("indicator_list", Programme.objects.get(code="kofa"))
    tree = html.fromstring(in_english(person("programme-manager.projekt")).get(url).content.decode())
    rows = {
        row.xpath("string(th)").strip(): [cell.text_content().strip() for cell in row.xpath("td")]
        for row in tree.xpath("//tbody/tr")
    }
    assert rows["Participants"][3:] == ["–", "–"]
    assert rows["Workplaces matched"][3:] == ["150", "–"]
    assert rows["Have an individual plan"][3:] == ["100\u00a0%", "0"]
    assert rows["Women among the participants"][1:3] == ["–", "–"]
