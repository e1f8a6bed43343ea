"""The three roles, and the address of the database."""

import pytest
from django.db import connection

from lotsen.core import database


def test_database_url_becomes_djangos_description(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSEN_DATABASE_URL", "postgresql://anna:hemligt@db.exempel:5433/kommunen?sslmode=require")
    monkeypatch.setenv("LOTSEN_THREADS", "6")
    found = database.from_environment()
    place = [found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert place == ["kommunen", "anna", "hemligt", "db.exempel", "5433"]
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["pool"]["max_size"] == 7


def test_database_keys_keep_their_order() -> None:
    assert database.keys("new:0a0b,old:0c") == {"new": b"\x0a\x0b", "old": b"\x0c"}
    assert next(iter(database.keys("new:0a,old:0b"))) == "new"


def test_database_serves_pages_with_a_role_that_owns_nothing(committed_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == (database.APP_ROLE,)
        cursor.execute("select count(*) from pg_tables where tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_database_changes_owner_for_migrations_only(committed_db: None) -> None:
    def role() -> str:
        with connection.cursor() as cursor:
            cursor.execute("select current_user")
            return cursor.fetchone()[0]

    with database.as_owner():
        owner = role()
    assert owner not in {database.APP_ROLE, database.JOB_ROLE}
    assert role() == database.APP_ROLE


def test_database_roles_can_be_prepared_again(committed_db: None) -> None:
    with database.as_owner():
        database.prepare_roles()
