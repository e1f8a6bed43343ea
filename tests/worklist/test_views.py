"""My day: who sees what, what filters and selections do, and the manager's numbers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from lotsen.access.enums import Role
from lotsen.notes.models import Note
from lotsen.worklist.models import Selection
from tests import factories


@pytest.fixture
def open_as(sign_in):
    """Give a function that signs somebody in to read English."""

    def opened(user):
        client = sign_in(user)
        client.cookies["django_language"] = "en"
        return client

    return opened


@pytest.fixture
def case(programme, pitea, responsible):
    """Return a case that started seventy days ago, of the coach."""
    start = timezone.localdate() - timedelta(days=70)
    return factories.CaseFactory(
        programme=programme,
        unit=pitea,
        by=responsible,
        started_on=start,
        referred_on=start,
        person__family_name="Zdagsson",
    )


def reasons(client, query=""):
    """Return the reasons on the page, and whom they are of."""
    page = html.fromstring(client.get(reverse("my_day") + query).content.decode())
    return [
        (" ".join(row.xpath("string(th/a)").split()), row.xpath("string(td[2])").strip())
        for row in page.xpath("//tbody/tr")
    ]


def test_coach_sees_what_is_due_and_nobody_else_does(case, responsible, colleague, stranger, pitea, open_as):
    beside = factories.staff(pitea)
    found = reasons(open_as(responsible))
    assert {name for name, _why in found} == {case.person.list_name}
    assert {why for _name, why in found} == {
        *("No contact for long", "No meeting booked", "Not in anything yet", "Plan missing"),
    }
    assert [reasons(open_as(user)) for user in (beside, colleague, stranger)] == [[], [], []]


def test_nobody_takes_part_in_the_day_of_another_role(manager, evaluator, open_as):
    assert [open_as(user).get(reverse("my_day")).status_code for user in (manager, evaluator)] == [403, 403]


def test_counts_are_the_lengths_of_the_lists_behind_them(case, responsible, open_as):
    client = open_as(responsible)
    page = html.fromstring(client.get(reverse("my_day")).content.decode())
    shown = {
        link.get("href"): int(link.xpath("string(b)")) for link in page.xpath("//nav[contains(@class,'counts')]//a")
    }
    assert len(shown) > 4
    assert shown == {link: len(reasons(client, link if "?" in link else "")) for link in shown}


@pytest.mark.parametrize(
    ("query", "n"), [("?young=1", 4), ("?late=1", 4), ("?interpreter=1", 0), ("?rule=no_plan", 1), ("?rule=gone", 4)]
)
def test_filters_narrow_the_list(case, responsible, open_as, query, n):
    assert len(reasons(open_as(responsible), query)) == n


def test_selection_is_kept_under_its_name_and_dropped(case, responsible, colleague, open_as):
    client = open_as(responsible)
    sent = {"name": "Mina unga", "query": "young=1"}
    assert client.post(reverse("selection_keep"), sent).headers["Location"] == f"{reverse('my_day')}?young=1"
    assert "Mina unga" in client.get(reverse("my_day")).content.decode()
    kept = Selection.objects.get(user=responsible)
    drop = reverse("selection_drop", args=[kept.pk])
    assert open_as(colleague).post(drop).status_code == 404
    assert client.post(drop).status_code == 302
    assert not Selection.objects.filter(user=responsible).exists()


def test_selection_says_when_a_part_of_it_is_gone(responsible, open_as):
    Selection.objects.create(user=responsible, name="Gammalt", query="rule=gone")
    assert "a part of it is gone" in open_as(responsible).get(reverse("my_day")).content.decode()


def test_same_note_is_written_in_the_chosen_cases_alone(case, programme, pitea, arvidsjaur, responsible, open_as):
    other = factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)
    foreign = factories.CaseFactory(programme=programme, unit=arvidsjaur, started=True)
    sent = {"cases": [case.pk, foreign.pk, "x"], "body": "Kursen börjar måndag."}
    open_as(responsible).post(reverse("bulk_note"), sent)
    written = {row.case_id: row.body for row in Note.objects.filter(case__in=[case, other, foreign])}
    assert written == {case.pk: "Kursen börjar måndag."}


def test_bulk_note_needs_a_case_and_a_text(case, responsible, open_as):
    client = open_as(responsible)
    for sent, said in (
        ({"body": "Hej"}, "Choose at least one case."),
        ({"cases": [case.pk]}, "This field is required."),
    ):
        page = client.post(reverse("bulk_note"), sent, follow=True).content.decode()
        assert said in page
    assert not Note.objects.filter(case=case).exists()


def test_unit_manager_sees_numbers_by_coach(case, pitea, responsible, colleague, open_as):
    leader = factories.staff(pitea, Role.UNIT_MANAGER)
    address = reverse("unit_day", args=[pitea.pk])
    page = html.fromstring(open_as(leader).get(address).content.decode())
    rows = {
        row.xpath("string(th)"): [cell.text_content() for cell in row.xpath("td")] for row in page.xpath("//tbody/tr")
    }
    assert rows[responsible.name] == ["1", "4", "1", "1", "1", "1"]
    assert rows[leader.name] == ["0", "0", "0", "0", "0", "0"]
    assert "Zdagsson" not in page.text_content()
    assert [open_as(user).get(address).status_code for user in (responsible, colleague)] == [403, 403]


def test_day_asks_as_many_queries_for_three_cases_as_for_one(case, programme, pitea, responsible, open_as):
    client = open_as(responsible)
    client.get(reverse("my_day"))
    asked = []
    for more in (0, 2):
        for _ in range(more):
            start = timezone.localdate() - timedelta(days=70)
            told = {"programme": programme, "unit": pitea, "by": responsible}
            factories.CaseFactory(started_on=start, referred_on=start, **told)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("my_day"))
        asked.append(len(queries))
    assert asked[0] == asked[1]
