"""Who acts is said for one transaction, and unsaid at its end."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from lotsen.access.models import Organisation, Unit, User
from lotsen.activities.models import Attendance
from lotsen.cases.models import Case, FollowUp, StepEntry
from lotsen.core.acting import ActingMiddleware, acting_as, acting_as_operator
from lotsen.core.database import APP_ROLE, JOB_ROLE
from lotsen.people.models import Person
from lotsen.programmes.models import Programme
from tests import factories


def who() -> tuple[str, str]:
    """Return the role and the user that row security now goes by."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user, coalesce(current_setting('lotsen.user', true), '')")
        return cursor.fetchone()


def test_acting_as_a_user_says_role_and_user_and_puts_both_back(db: None) -> None:
    user = uuid.uuid4()
    assert who() == (JOB_ROLE, "")
    with acting_as(user):
        assert who() == (APP_ROLE, str(user))
        with acting_as_operator("tests"):
            assert who() == (JOB_ROLE, "")
        assert who() == (APP_ROLE, str(user))
    assert who() == (JOB_ROLE, "")


def test_acting_puts_both_back_after_an_error(db: None) -> None:
    with pytest.raises(ValueError, match="stop"), acting_as(uuid.uuid4()):
        raise ValueError("stop")
    assert who() == (JOB_ROLE, "")


def test_acting_puts_both_back_after_an_error_in_the_database(db: None) -> None:
    with (
        pytest.raises(ProgrammingError, match="no_such_column"),
        acting_as(uuid.uuid4()),
        connection.cursor() as cursor,
    ):
        cursor.execute("select no_such_column")
    assert who() == (JOB_ROLE, "")


def test_acting_as_nobody_is_how_a_connection_begins(committed_db: None) -> None:
    assert who() == (APP_ROLE, "")


def test_acting_leaves_nothing_on_the_connection(committed_db: None) -> None:
    with acting_as(uuid.uuid4()):
        pass
    assert who() == (APP_ROLE, "")


def request_by(user: User) -> HttpRequest:
    """Return a request as it comes to the middleware."""
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_acting_middleware_answers_as_the_signed_in_user(db: None, responsible: User) -> None:
    seen = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(who())
        return HttpResponse()

    ActingMiddleware(answer)(request_by(responsible))
    assert seen == [(APP_ROLE, str(responsible.pk))]
    assert who() == (JOB_ROLE, "")


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (302, 1), (403, 1), (500, 0)])
def test_acting_middleware_undoes_what_a_failed_request_wrote(
    db: None, responsible: User, status: int, kept: int
) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        factories.OrganisationFactory(name="Skriven av en begäran")
        return HttpResponse(status=status)

    with transaction.atomic():
        ActingMiddleware(answer)(request_by(responsible))
    assert Organisation.objects.filter(name="Skriven av en begäran").count() == kept


def test_acting_goes_on_after_an_error_inside_a_savepoint(db: None) -> None:
    user = uuid.uuid4()
    with acting_as(user):
        with (
            pytest.raises(ProgrammingError, match="no_such_column"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("select no_such_column")
        assert who() == (APP_ROLE, str(user))
        with pytest.raises(ValueError, match="stop"), transaction.atomic(), acting_as_operator("tests"):
            raise ValueError("stop")
        assert who() == (APP_ROLE, str(user))
    assert who() == (JOB_ROLE, "")


def test_acting_goes_on_after_a_savepoint_in_which_somebody_else_acted(db: None) -> None:
    with transaction.atomic(), acting_as(uuid.uuid4()):
        pass
    assert who() == (JOB_ROLE, "")


def counted() -> dict[str, int]:
    """Return how many rows of the most personal tables can be seen."""
    return {model.__name__: model.objects.count() for model in (Person, Case, StepEntry, FollowUp, Attendance)}


@pytest.mark.parametrize("user", [AnonymousUser(), User(email="borta@exempel.se")])
def test_acting_middleware_shows_nothing_to_nobody(db: None, programme: Programme, pitea: Unit, user: Any) -> None:
    factories.whole_case(programme=programme, unit=pitea)
    seen = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(counted())
        return HttpResponse()

    assert 0 not in counted().values()
    ActingMiddleware(answer)(request_by(user))
    assert seen == [{"Person": 0, "Case": 0, "StepEntry": 0, "FollowUp": 0, "Attendance": 0}]


def test_acting_middleware_undoes_what_a_page_wrote_before_it_failed(committed_db: None) -> None:
    # An earlier test may have left this connection open to its own database.
    connection.close()

    def answer(request: HttpRequest) -> HttpResponse:
        factories.OrganisationFactory(name="Skriven av en begäran")
        with connection.cursor() as cursor:
            cursor.execute("select no_such_column")
        return HttpResponse()

    with pytest.raises(ProgrammingError, match="no_such_column"):
        ActingMiddleware(answer)(request_by(AnonymousUser()))
    assert Organisation.objects.filter(name="Skriven av en begäran").count() == 0
    assert who() == (APP_ROLE, "")
