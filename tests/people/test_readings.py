"""Every reading of somebody's record leaves a line that nobody can write, change or take away."""

import csv
import io

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils.translation import override

from lotsen.access.enums import Role
from lotsen.core import database
from lotsen.core.acting import acting_as
from lotsen.people.models import Reading
from tests import factories


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def sign_in(sign_in):
    """Sign in to the pages in English."""

    def signed_in(user):
        client = sign_in(user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return signed_in


@pytest.fixture
def case(programme, pitea):
    """Return a case of Piteå's."""
    return factories.CaseFactory(programme=programme, unit=pitea, number="ZLOGG1", person__family_name="Zloggsson")


@pytest.fixture
def auditor(pitea):
    """Return the auditor of Piteå."""
    return factories.staff(pitea, Role.AUDITOR)


def readings_of(user):
    """Return what the log says of a user."""
    return list(Reading.objects.filter(user_id=user.pk).order_by("at", "kind"))


PAGES = {
    "case_list": ("list", lambda case: case.programme_id),
    "case_detail": ("view", lambda case: case.pk),
    "person_detail": ("view", lambda case: case.person_id),
}


@pytest.mark.parametrize("name", PAGES)
def test_page_that_shows_somebody_leaves_one_line(case, responsible, sign_in, name):
    kind, argument = PAGES[name]
    assert sign_in(responsible).get(reverse(name, args=[argument(case)])).status_code == 200
    (line,) = readings_of(responsible)
    assert (line.kind, line.page, line.grounds, line.units) == (kind, name, [], [case.unit_id])
    assert set(line.subjects) == {case.pk, case.person_id}


@pytest.mark.parametrize(
    ("method", "name", "sent", "kind"),
    [
        ("get", "case_list", {"q": "Zloggsson"}, "search"),
        ("get", "case_list", {"export": "csv"}, "export"),
        ("get", "case_list", {"export": "xlsx", "q": "Zlogg"}, "export"),
        ("get", "indicator_members", {}, "list"),
        ("post", "case_search", {"q": "ZLOGG1"}, "search"),
        ("post", "person_number", {}, "number"),
    ],
)
def test_line_says_how_it_was_read(programme, case, responsible, sign_in, method, name, sent, kind):
    factories.CaseFactory(programme=programme, unit=case.unit, started=True)
    arguments = {
        "case_list": [programme.pk],
        "indicator_members": [programme.pk, "participants"],
        "person_number": [case.person_id],
    }
    assert getattr(sign_in(responsible), method)(reverse(name, args=arguments.get(name, [])), sent).status_code == 200
    (line,) = readings_of(responsible)
    assert (line.kind, line.page) == (kind, name)


def test_page_that_shows_nobody_leaves_no_line(programme, case, responsible, stranger, sign_in):
    for name in ("programme_overview", "indicator_list"):
        assert sign_in(responsible).get(reverse(name, args=[programme.pk])).status_code == 200
    assert sign_in(stranger).get(reverse("case_detail", args=[case.pk])).status_code == 404
    assert [readings_of(responsible), readings_of(stranger)] == [[], []]


def test_list_leaves_one_line_with_everybody_on_it(programme, pitea, responsible, sign_in):
    cases = [factories.CaseFactory(programme=programme, unit=pitea) for _n in range(3)]
    sign_in(responsible).get(reverse("case_list", args=[programme.pk]))
    (line,) = readings_of(responsible)
    assert set(line.subjects) == {key for case in cases for key in (case.pk, case.person_id)}


def test_reading_across_a_border_says_on_what_it_rests(case, arvidsjaur, responsible, colleague, sign_in):
    consent = factories.consent_to(arvidsjaur, case.person, responsible)
    sign_in(colleague).get(reverse("case_detail", args=[case.pk]))
    (line,) = readings_of(colleague)
    assert (line.grounds, line.units) == ([consent.pk], [case.unit_id])


def test_identity_number_is_shown_when_asked_for_and_not_before(case, responsible, sign_in):
    number = case.person.identity_number
    written = f"{number[:8]}-{number[8:]}"
    client = sign_in(responsible)
    page = client.get(reverse("person_detail", args=[case.person_id])).content.decode()
    assert [written in page, number in page] == [False, False]
    page = client.post(reverse("person_number", args=[case.person_id])).content.decode()
    assert written in page


@pytest.mark.parametrize(
    "statement",
    [
        "insert into people_reading (user_id) values (gen_random_uuid())",
        "update people_reading set kind = 'list'",
        "delete from people_reading",
        "truncate people_reading",
        "select * from people_reading_rest",
        "select lotsen_prepare_readings(current_date)",
    ],
)
def test_no_page_writes_changes_or_takes_away_a_line(case, responsible, statement):
    with acting_as(responsible.pk), connection.cursor() as cursor:
        database.call("lotsen_log_reading", "view", "case_detail", [case.pk], "")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute(statement)


@pytest.mark.parametrize("statement", ["update people_reading set kind = 'list'", "delete from people_reading"])
def test_not_even_the_owner_changes_a_line(case, responsible, statement):
    with acting_as(responsible.pk):
        database.call("lotsen_log_reading", "view", "case_detail", [case.pk], "")
    with connection.cursor() as cursor:
        cursor.execute("set local role none")
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            cursor.execute(statement)


def test_log_is_read_by_the_auditor_of_the_authority_alone(
    case, auditor, alvsbyn, responsible, colleague, stranger, manager, sign_in
):
    sign_in(responsible).get(reverse("case_detail", args=[case.pk]))
    foreign = factories.staff(alvsbyn, Role.AUDITOR)
    seen = {}
    for who in (auditor, foreign, responsible, colleague, stranger, manager):
        with acting_as(who.pk):
            seen[who.pk] = Reading.objects.count()
    assert seen == {
        auditor.pk: 1,
        foreign.pk: 0,
        **dict.fromkeys((responsible.pk, colleague.pk), 0),
        stranger.pk: 0,
        manager.pk: 0,
    }


def test_auditor_finds_who_read_a_case_and_takes_the_file(programme, case, auditor, responsible, sign_in):
    other = factories.CaseFactory(programme=programme, unit=case.unit)
    for read in (case, other):
        sign_in(responsible).get(reverse("case_detail", args=[read.pk]))
    file = (
        sign_in(auditor).get(reverse("reading_list"), {"number": "zlogg1", "export": "csv"}).content.decode("utf-8-sig")
    )
    header, *lines = csv.reader(io.StringIO(file), delimiter=";")
    assert header == ["When", "Read by", "How", "Page", "Records", "Rested on a consent", "Reason"]
    assert [line[1:6] for line in lines] == [[responsible.name, "Page", "Case", "2", "No"]]


@pytest.mark.parametrize(
    ("filters", "lines"),
    [({}, 2), ({"kind": "list"}, 1), ({"since": "2099-01-01"}, 0), ({"until": "2020-01-01"}, 0), ({"number": "X"}, 0)],
)
def test_auditor_filters_the_log(programme, case, auditor, responsible, sign_in, filters, lines):
    client = sign_in(responsible)
    client.get(reverse("case_detail", args=[case.pk]))
    client.get(reverse("case_list", args=[programme.pk]))
    file = sign_in(auditor).get(reverse("reading_list"), {**filters, "export": "csv"}).content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(file), delimiter=";"))) == 1 + lines


def test_auditor_is_offered_those_who_stand_in_the_log(case, auditor, responsible, colleague, stranger, sign_in):
    sign_in(responsible).get(reverse("case_detail", args=[case.pk]))
    page = sign_in(auditor).get(reverse("reading_list")).content.decode()
    assert [who.email in page for who in (responsible, colleague, stranger)] == [True, False, False]


def test_auditor_sees_no_names_of_those_who_were_read(case, auditor, responsible, sign_in):
    sign_in(responsible).get(reverse("case_detail", args=[case.pk]))
    page = sign_in(auditor).get(reverse("reading_list")).content.decode()
    assert ["Zloggsson" in page, "ZLOGG1" in page] == [False, False]


def test_log_has_a_part_for_this_month_and_the_two_that_follow(db):
    with connection.cursor() as cursor:
        cursor.execute("set local role none")
        cursor.execute("select lotsen_prepare_readings(current_date)")
        cursor.execute(
            "select count(*) from pg_inherits where inhparent = 'people_reading'::regclass"
            " and inhrelid::regclass::text >= 'people_reading_' || to_char(current_date, 'YYYY_MM')"
            " and inhrelid::regclass::text <> 'people_reading_rest'"
        )
        assert cursor.fetchone()[0] == 3


def test_new_part_of_the_log_is_closed_too(responsible):
    with connection.cursor() as cursor:
        cursor.execute("set local role none")
        cursor.execute("select lotsen_prepare_readings('2031-05-01')")
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with acting_as(responsible.pk), connection.cursor() as cursor, denied, transaction.atomic():
        cursor.execute("select * from people_reading_2031_05")
