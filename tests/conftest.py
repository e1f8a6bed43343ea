"""What every test may ask for: the database, and the people in it.

A test that asks for `db`, or for anybody below, runs in one transaction that is rolled back, as the operator, so that
it may write what it needs. A request of the test client acts as the one who is signed in, as in life: the middleware
sees to it. The database is a copy of one that holds the whole demo; a test makes its own rows and counts only those.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import hypothesis
import pytest
from django.db import connection
from django.test import Client

from lotsen.access.enums import Role
from lotsen.access.models import Unit, User
from lotsen.core.acting import acting_as_operator
from lotsen.programmes.models import Programme
from tests import factories
from tests.factories import ALVSBYN, ARVIDSJAUR, PITEA
from tests.plugins import database

#: How many examples property tests try: a night's worth finds what a run before a commit leaves.
hypothesis.settings.register_profile("commit", max_examples=200, deadline=None, derandomize=True)
hypothesis.settings.register_profile("night", max_examples=20_000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "commit"))


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Point Django's connection to another database. Without its pool, which would keep the old one open."""
    connection.settings_dict["OPTIONS"].pop("pool", None)
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Give this process a database of its own, a copy of the template."""
    with database.cloned() as name, django_db_blocker.unblock(), connected_to(name):
        yield


@pytest.fixture(autouse=True)
def _operator(request: pytest.FixtureRequest) -> Iterator[None]:
    """Act as the operator in a test that uses the database in its transaction."""
    if "db" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("db")
    with acting_as_operator("tests"):
        yield


@pytest.fixture
def committed_db(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Give the test a database of its own, where a commit is a commit. Dropped at the end. Not together with `db`."""
    with database.cloned() as name, django_db_blocker.unblock(), connected_to(name):
        yield


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """Give a function that signs a user in and returns the client."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def pitea(db: None) -> Unit:
    """Return the unit that leads the programme."""
    return factories.UnitFactory(organisation__municipality_id=PITEA)


@pytest.fixture
def arvidsjaur(db: None) -> Unit:
    """Return a unit of another municipality that takes part in the programme."""
    return factories.UnitFactory(organisation__municipality_id=ARVIDSJAUR)


@pytest.fixture
def alvsbyn(db: None) -> Unit:
    """Return a unit that has nothing to do with the programme."""
    return factories.UnitFactory(organisation__municipality_id=ALVSBYN)


@pytest.fixture
def programme(pitea: Unit, arvidsjaur: Unit) -> Programme:
    """Return a programme that Piteå leads and Arvidsjaur takes part in."""
    return factories.ProgrammeFactory(lead_unit=pitea, units=[arvidsjaur])


@pytest.fixture
def responsible(pitea: Unit) -> User:
    """Return a coach in Piteå: the one whose people these are."""
    return factories.staff(pitea)


@pytest.fixture
def colleague(arvidsjaur: Unit) -> User:
    """Return a coach in Arvidsjaur: the same programme, other people."""
    return factories.staff(arvidsjaur)


@pytest.fixture
def stranger(alvsbyn: Unit) -> User:
    """Return a coach in Älvsbyn: nothing to do with the programme."""
    return factories.staff(alvsbyn)


@pytest.fixture
def manager(pitea: Unit) -> User:
    """Return the programme manager: all figures, every case, no names."""
    return factories.staff(pitea, Role.PROGRAMME_MANAGER)


@pytest.fixture
def evaluator(pitea: Unit) -> User:
    """Return the evaluator: reads what the manager reads, and changes nothing."""
    return factories.staff(pitea, Role.EVALUATOR)
