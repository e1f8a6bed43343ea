"""The list of cases: whose it is, by name or by number, and how it is narrowed."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lotsen.access.enums import Role
from lotsen.programmes.models import Programme
from tests import factories
from tests.core.tables import csv_rows, page_links, page_rows


@pytest.fixture
def url(programme):
    """Return the address of the list."""
    return reverse("case_list", args=[programme.pk])


@pytest.fixture
def ask(url, sign_in):
    """Give a function that asks for the list as a user, in English, with a query."""

    def asked(user, **query):
        client = sign_in(user)
        client.cookies["django_language"] = "en"
        return client.get(url, query)

    return asked


@pytest.fixture
def shown(ask):
    """Give a function that returns the first column of the list as a user sees it."""
    return lambda user, **query: [row[0] for row in page_rows(ask(user, **query))[1:]]


@pytest.fixture
def make_case(programme, pitea):
    """Give a function that makes a case of the responsible's unit, of somebody by name."""

    def made(name="Prov Personsson", unit=pitea, **given):
        given_name, _, family_name = name.partition(" ")
        person = {"person__given_name": given_name, "person__family_name": family_name, "person__unit": unit}
        return factories.CaseFactory(programme=programme, unit=unit, **person, **given)

    return made


@pytest.fixture
def both(make_case, arvidsjaur):
    """Make a case of each unit of the programme."""
    make_case("Åsa Öberg", number="P-1", ended=True)
    make_case("Ali Arvidsson", unit=arvidsjaur, number="A-1", started=True)


@pytest.mark.usefixtures("both")
def test_case_list_shows_each_their_own(shown, responsible, colleague, manager, evaluator):
    users = {"responsible": responsible, "colleague": colleague, "manager": manager, "evaluator": evaluator}
    assert {who: shown(user) for who, user in users.items()} == {
        "responsible": ["Öberg, Åsa"],
        "colleague": ["Arvidsson, Ali"],
        "manager": ["A-1", "P-1"],
        "evaluator": ["A-1", "P-1"],
    }


@pytest.mark.usefixtures("both")
def test_case_list_is_not_there_for_a_stranger(ask, stranger, alvsbyn):
    other_manager = factories.staff(alvsbyn, Role.PROGRAMME_MANAGER)
    assert [ask(user).status_code for user in (stranger, other_manager)] == [404, 404]


@pytest.mark.usefixtures("both")
def test_case_list_is_for_nobody_and_for_no_role(url, ask):
    assert Client().get(url).headers["Location"] == f"{reverse('account_login')}?next={url}"
    assert ask(factories.UserFactory()).status_code == 403


@pytest.mark.usefixtures("both")
def test_case_list_of_who_coaches_and_manages_shows_names_of_the_own_unit_only(shown, responsible, pitea):
    factories.MembershipFactory(user=responsible, unit=pitea, role=Role.PROGRAMME_MANAGER)
    assert shown(responsible) == ["Öberg, Åsa", "A-1"]


def test_case_list_of_another_programme_is_another(shown, make_case, responsible, pitea):
    make_case("Åsa Öberg")
    other = factories.ProgrammeFactory(lead_unit=pitea)
    factories.CaseFactory(programme=other, unit=pitea)
    assert shown(responsible) == ["Öberg, Åsa"]


def test_case_list_is_sorted_in_the_swedish_order(shown, make_case, responsible):
    for name in ("Bo Öberg", "Ali Zander", "Eva Ärlig", "Åke Åberg", "Örjan Andersson", "Ånge Andersson"):
        make_case(name)
    assert shown(responsible) == [
        *("Andersson, Ånge", "Andersson, Örjan", "Zander, Ali", "Åberg, Åke", "Ärlig, Eva", "Öberg, Bo"),
    ]


SOUGHT = [
    *(("Åsa", 1), ("åsa", 1), ("ASA", 1), ("as", 1), ("  åsa ", 1), ("öb", 1), ("Oberg", 1), ("asa ob", 1)),
    *(
        ("åsa  öberg", 1),
        ("Öberg, Åsa", 1),
        ("Öberg Åsa", 1),
        ("berg", 0),
        ("sa", 0),
        ("å ö", 1),
        ("å b", 0),
        ("Öbergs", 0),
    ),
    *((",", 0), ("%", 0), ("_", 0), ("Å%", 0), ("\\", 0), ("'", 0), ("", 1), ("   ", 1)),
]


@pytest.mark.parametrize(("text", "found"), SOUGHT)
def test_case_list_finds_a_name_from_the_beginning_of_its_words_whatever_the_accents(
    shown, make_case, responsible, text, found
):
    make_case("Åsa Öberg", number="X-1")
    assert shown(responsible, q=text) == ["Öberg, Åsa"] * found


@pytest.mark.parametrize("name", ["Ana-Maria García Lorca", "Søren Ærø", "İbrahim Işık", "Nguyễn Đức"])
def test_case_list_finds_a_foreign_name_by_the_letters_of_a_swedish_keyboard(shown, make_case, responsible, name):
    typed = {"Ana": "garcia", "Søren": "aero", "İbrahim": "isik", "Nguyễn": "duc"}
    make_case(name)
    make_case("Eva Ek")
    assert len(shown(responsible, q=typed[name.split("-")[0].split()[0]])) == 1


@pytest.mark.parametrize(("text", "found"), [("P-1", 1), ("p-1", 1), (" P-1 ", 1), ("P-", 0), ("-1", 0), ("P-11", 0)])
def test_case_list_finds_a_whole_number(shown, make_case, responsible, text, found):
    make_case("Åsa Öberg", number="P-1")
    assert shown(responsible, q=text) == ["Öberg, Åsa"] * found


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("referred", ["Refererad, Eva"]),
        ("active", ["Aktiv, Eva"]),
        ("ended", ["Avslutad, Eva"]),
        ("transferred", ["Flyttad, Eva"]),
        ("", ["Aktiv, Eva", "Avslutad, Eva", "Flyttad, Eva", "Refererad, Eva"]),
    ],
)
def test_case_list_finds_a_state(shown, make_case, responsible, state, found):
    make_case("Eva Refererad")
    make_case("Eva Aktiv", started=True)
    make_case("Eva Avslutad", ended=True)
    make_case("Eva Flyttad", transferred=True)
    assert shown(responsible, state=state) == found


def test_case_list_narrows_by_all_filters_together(shown, make_case, responsible):
    make_case("Eva Ek", started=True)
    make_case("Eva Alm", ended=True)
    make_case("Bo Ek", ended=True)
    assert shown(responsible, state="ended", q="eva") == ["Alm, Eva"]


@pytest.mark.usefixtures("both")
def test_case_list_does_not_tell_a_manager_whose_name_it_is(shown, manager):
    """A search for a name must find nothing: what it found would tell who it is."""
    assert [shown(manager, q=text) for text in ("Åsa", "oberg", "a", "P-1")] == [[], [], [], ["P-1"]]


@pytest.mark.usefixtures("both")
def test_case_list_does_not_tell_a_colleague_who_is_elsewhere(shown, colleague):
    assert [shown(colleague, q=text) for text in ("Åsa", "P-1", "ali")] == [[], [], ["Arvidsson, Ali"]]


@pytest.fixture
def in_prison(programme, make_case):
    """Make a case whose destination tells more than its kind."""
    programme.destinations.filter(code="annat").update(names=factories.text("Fängelse", "Prison"))
    make_case("Åsa Öberg", number="P-1", started=True, closed_on=date(2026, 9, 1), destination="annat", reason="klar")


@pytest.mark.usefixtures("in_prison")
def test_case_list_tells_a_destination_to_who_knows_the_person_and_its_kind_to_others(
    ask, responsible, manager, evaluator
):
    for export, read in (({}, page_rows), ({"export": "csv"}, csv_rows)):
        outcomes = [read(ask(user, **export))[1][-1] for user in (responsible, manager, evaluator)]
        assert outcomes == ["Prison", "Other", "Other"]


def test_case_list_leads_to_each_case(ask, make_case, responsible):
    case = make_case()
    assert page_links(ask(responsible), "/cases/")[-1:] == [reverse("case_detail", args=[case.pk])]


@pytest.mark.parametrize("who", ["responsible", "manager"])
def test_case_list_asks_as_many_queries_for_three_rows_as_for_one(ask, make_case, request, who):
    user = request.getfixturevalue(who)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert ask(user, q="", state="ended").status_code == 200
        return len(asked)

    make_case(ended=True)
    queries()
    one = queries()
    make_case(ended=True)
    make_case(ended=True)
    assert queries() == one


def test_case_list_of_the_demo_is_whole(db, sign_in):
    """Two hundred cases on a page at a time: each stands once on one of the pages."""
    programme = Programme.objects.get(code="kofa")
    client = sign_in(factories.staff(programme.lead_unit, Role.EVALUATOR))
    url = reverse("case_list", args=[programme.pk])
    last = client.get(url).context["page"].paginator.num_pages
    numbers = [row[0] for page in range(1, last + 1) for row in page_rows(client.get(f"{url}?page={page}"))[1:]]
    assert sorted(numbers) == sorted(programme.cases.values_list("number", flat=True))
