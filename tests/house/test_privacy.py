"""Every field says what it holds, and every personal row is behind row security (figure S3)."""

from collections import Counter

import pytest
from django.apps import apps
from django.db import connection, models

from lotsen.core.database import APP_ROLE, JOB_ROLE
from lotsen.core.privacy import KINDS, Keep, is_personal, own_models
from tests.house.source import expect_none


def declared(model: type[models.Model]) -> list[str]:
    """Return the names of the fields that a model's Privacy names, as often as it names them."""
    privacy = model.__dict__.get("Privacy")
    return [field for kind in KINDS for field in getattr(privacy, kind, ())]


def fields(model: type[models.Model]) -> set[str]:
    """Return the names of a model's own fields."""
    return {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}


def personal_tables() -> list[str]:
    """Return the tables of personal rows and of their history."""
    found = [model for model in apps.get_models() if model.__module__.startswith("lotsen.")]
    return sorted(model._meta.db_table for model in found if is_personal(getattr(model, "pgh_tracked_model", model)))


@pytest.mark.parametrize("model", list(own_models()), ids=lambda model: model.__name__)
def test_privacy_names_each_field_once(model: type[models.Model]) -> None:
    twice = [field for field, times in Counter(declared(model)).items() if times > 1]
    assert (set(declared(model)), twice) == (fields(model), []), (
        f"Name each field of {model.__name__} in exactly one of {', '.join(KINDS)}, in its inner class Privacy."
    )


@pytest.mark.parametrize("model", list(own_models()), ids=lambda model: model.__name__)
def test_privacy_says_how_long_a_row_is_kept(model: type[models.Model]) -> None:
    privacy = model.__dict__.get("Privacy")
    assert isinstance(getattr(privacy, "keep", None), Keep), (
        f"Say `keep` in the Privacy of {model.__name__}: one of {', '.join(Keep)}."
    )


def test_privacy_closes_every_personal_table_by_row_security(db: None) -> None:
    needed = {(APP_ROLE, "SELECT"), (APP_ROLE, "INSERT"), (JOB_ROLE, "ALL")}
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace")
        closed = {row[0] for row in cursor.fetchall()}
        cursor.execute("select tablename, unnest(roles), cmd from pg_policies where schemaname = 'public'")
        policies = {(table, (role, command)) for table, role, command in cursor.fetchall()}
    open_tables = [table for table in personal_tables() if table not in closed]
    expect_none(open_tables, "Add EnableRLS (EnableHistoryRLS for a history) in a migration of the area.")
    lacking = [(table, *each) for table in personal_tables() for each in needed if (table, each) not in policies]
    expect_none(lacking, "A table that is closed and has no policy shows nothing to anybody.")


def test_privacy_leaves_no_view_that_sees_past_row_security(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and (relkind = 'm' or "
            "(relkind = 'v' and not coalesce(reloptions, '{}') @> '{security_invoker=true}'))"
        )
        assert cursor.fetchall() == [], "Make it a view with security_invoker; a materialized view is never filtered."


def test_privacy_gives_no_role_a_way_past_row_security(db: None) -> None:
    with connection.cursor() as cursor:
        roles = [APP_ROLE, JOB_ROLE]
        cursor.execute("select rolname from pg_roles where rolname = any(%s) and (rolsuper or rolbypassrls)", [roles])
        assert cursor.fetchall() == []
        cursor.execute("select tablename from pg_tables where tableowner = any(%s)", [roles])
        assert cursor.fetchall() == [], "An owner is not bound by row security. Migrate as the owner: `lotsen migrate`."
