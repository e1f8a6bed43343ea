"""My projects: those that one's units take part in or lead, and nothing of others'."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories

URL = "/projects/"
EMPTY = "You have no projects yet"


@pytest.fixture
def shown(sign_in):
    """Give a function that returns what the page lists for a user: running projects, and others."""

    def listed(user):
        response = ask(sign_in(user))
        return [[programme.code for programme in response.context[name]] for name in ("running", "others")]

    return listed


def ask(client):
    """Return the page, in English."""
    client.cookies["django_language"] = "en"
    response = client.get(URL)
    assert response.status_code == 200
    return response


def programme_of(unit, *, begins=-30, ends=30, **given):
    """Make a programme whose period is told in days from today."""
    today = timezone.localdate()
    period = {"starts_on": today + timedelta(days=begins), "ends_on": today + timedelta(days=ends)}
    return factories.ProgrammeFactory(lead_unit=unit, **period, **given)


@pytest.fixture
def joint(pitea, arvidsjaur):
    """Return a programme that Piteå leads and Arvidsjaur takes part in."""
    return programme_of(pitea, units=[arvidsjaur], code="prov-joint")


@pytest.mark.usefixtures("joint")
def test_programme_list_shows_each_their_own(shown, responsible, colleague, stranger, manager, alvsbyn):
    programme_of(alvsbyn, code="prov-alvsbyn")
    users = {"responsible": responsible, "colleague": colleague, "stranger": stranger, "manager": manager}
    assert {who: shown(user) for who, user in users.items()} == {
        "responsible": [["prov-joint"], []],
        "colleague": [["prov-joint"], []],
        "stranger": [["prov-alvsbyn"], []],
        "manager": [["prov-joint"], []],
    }


@pytest.mark.usefixtures("joint")
def test_programme_list_asks_nobody_in():
    assert Client().get(URL).headers["Location"] == f"{reverse('account_login')}?next={URL}"


@pytest.mark.usefixtures("joint")
def test_programme_list_is_not_for_who_has_no_role(sign_in):
    response = sign_in(factories.UserFactory()).get(URL)
    assert response.status_code == 403


def test_programme_list_shows_nobody_elses_project_to_a_manager_who_only_takes_part(shown, joint, arvidsjaur):
    """Who looks over what a unit leads does not come into what the unit only takes part in."""
    assert shown(factories.staff(arvidsjaur, "programme_manager")) == [[], []]


def test_programme_list_parts_those_that_run_from_the_others(shown, pitea, responsible):
    for code, begins, ends in (
        ("prov-over", -30, -1),
        ("prov-last-day", -30, 0),
        ("prov-first-day", 0, 30),
        ("prov-to-come", 1, 30),
    ):
        programme_of(pitea, code=code, begins=begins, ends=ends)
    assert shown(responsible) == [["prov-first-day", "prov-last-day"], ["prov-to-come", "prov-over"]]


def test_programme_list_shows_a_project_once_to_who_has_two_roles(shown, joint, pitea, arvidsjaur, responsible):
    factories.MembershipFactory(user=responsible, unit=arvidsjaur)
    factories.MembershipFactory(user=responsible, unit=pitea, role="programme_manager")
    assert shown(responsible) == [["prov-joint"], []]


def test_programme_list_leads_to_each_project(sign_in, responsible, joint):
    page = ask(sign_in(responsible)).content.decode()
    link = f'<a href="{reverse("programme_overview", args=[joint.pk])}">Test project prov-joint</a>'
    assert page.count(link) == 1


@pytest.mark.usefixtures("joint")
def test_programme_list_without_a_project_says_what_to_do(sign_in, stranger, responsible):
    pages = [ask(sign_in(user)).content.decode() for user in (stranger, responsible)]
    assert [EMPTY in page for page in pages] == [True, False]


def test_programme_list_asks_as_many_queries_for_three_projects_as_for_one(sign_in, pitea, responsible):
    client = sign_in(responsible)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            ask(client)
        return len(asked)

    programme_of(pitea)
    queries()
    one = queries()
    programme_of(pitea)
    programme_of(pitea, begins=-60, ends=-31)
    assert queries() == one
