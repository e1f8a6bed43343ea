"""The connection, its three roles, and the way of running as the owner.

- The owner owns the tables and migrates them.
- `lotsen_app` serves pages: it owns nothing, and row security shows it what the acting user may see.
- `lotsen_job` runs commands and jobs that count over all units. It owns nothing either.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

APP_ROLE = "lotsen_app"
JOB_ROLE = "lotsen_job"


def keys(text: str) -> dict[str, bytes]:
    """Read `id:hex,id:hex` into a dictionary, in the same order."""
    return {name: bytes.fromhex(value) for name, value in (part.split(":") for part in text.split(","))}


def from_environment() -> dict[str, Any]:
    """Return Django's description of the database that LOTSEN_DATABASE_URL names."""
    parts = psycopg.conninfo.conninfo_to_dict(os.environ.get("LOTSEN_DATABASE_URL", ""))
    # Empty for the one command that compares the models with the tables of any database, also an empty one.
    role = os.environ.get("LOTSEN_DATABASE_ROLE", APP_ROLE)
    threads = int(os.environ.get("LOTSEN_THREADS", "4"))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": str(parts.pop("dbname", "lotsen")),
        "USER": str(parts.pop("user", "")),
        "PASSWORD": str(parts.pop("password", "")),
        "HOST": str(parts.pop("host", "")),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": {
            **parts,
            "options": _session(role),
            "pool": {"min_size": 1, "max_size": threads + 1, "timeout": 10},
        },
    }


def _session(role: str) -> str:
    """Return how a session begins: with its role, and with limits, so that nobody waits longer for a page.

    The role is set by the connection itself; Django's `assume_role` does not work together with its pool (5.2).
    """
    limits = "-c statement_timeout=60s -c lock_timeout=10s"
    return f"{limits} -c role={role}" if role else "-c lock_timeout=10s"


@contextmanager
def as_owner() -> Iterator[None]:
    """Run with the connection's own role instead of the role of the pages. For migrations only."""
    options = connection.settings_dict["OPTIONS"]
    before, options["options"] = options["options"], _session("")
    _reconnect()
    try:
        yield
    finally:
        options["options"] = before
        _reconnect()


def _reconnect() -> None:
    """Close what is open, so that the next statement connects with the role that now holds."""
    connection.close()
    if connection.settings_dict["OPTIONS"].get("pool"):
        connection.close_pool()  # type: ignore[attr-defined]  # of Django's PostgreSQL backend


def call(function: str, *arguments: Any) -> Any:
    """Call one of the database's own functions, and return what it gives."""
    places = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}({places})", arguments)
        return cursor.fetchone()[0]


def rows(function: str, *arguments: Any) -> list[tuple[Any, ...]]:
    """Call one of the database's own functions that gives rows, and return them."""
    places = sql.SQL(", ").join([sql.Placeholder()] * len(arguments))
    statement = sql.SQL("select * from {}({})").format(sql.Identifier(function), places)
    with connection.cursor() as cursor:
        # As text: the history reads every statement before it is sent.
        cursor.execute(statement.as_string(), arguments)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def empty() -> None:
    """Throw away every table. For the demo, which begins anew."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("drop schema public cascade")
        cursor.execute("create schema public")


def prepare_roles() -> None:
    """Make the two roles that own nothing, where they are missing. Runs before the migrations, as the owner.

    Where an administrator has made them, the owner needs no right to make roles, only to be their member.
    """
    with connection.cursor() as cursor:
        for role in (APP_ROLE, JOB_ROLE):
            cursor.execute("select 1 from pg_roles where rolname = %s", [role])
            if not cursor.fetchone():
                # Two that prepare at once: the second finds what the first has made.
                cursor.execute(
                    sql.SQL(
                        "do $$ begin create role {} nologin; "
                        "exception when duplicate_object or unique_violation then null; end $$"
                    ).format(sql.Identifier(role))
                )
            # From PostgreSQL 16 on, who makes a role may not yet act as it.
            right = "set" if connection.pg_version >= 160000 else "member"  # type: ignore[attr-defined]  # PostgreSQL's own
            cursor.execute("select pg_has_role(current_user, %s, %s)", [role, right])
            if not cursor.fetchone()[0]:
                cursor.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(role)))
            cursor.execute(
                sql.SQL(
                    "alter default privileges in schema public"
                    " grant select, insert, update, delete on tables to {role};"
                    "alter default privileges in schema public grant usage, select on sequences to {role};"
                    "grant usage on schema public to {role}"
                ).format(role=sql.Identifier(role))
            )
