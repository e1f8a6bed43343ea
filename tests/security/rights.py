"""What a user must not see, change or add, asked table by table of the database alone; and how to break its lines.

`broken_*` take away one line of defence for the length of a block, so that a test can tell whether it would be missed.
"""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from lotsen.core.acting import acting_as

#: Instead of the function of the database: everything of its kind. Withheld is the one that takes away.
ALL_UNITS = "select array_agg(id) from access_unit"
ALL_PROGRAMMES = "select array_agg(id) from programmes_programme"
OPEN_FUNCTIONS = {
    "lotsen_units()": ALL_UNITS,
    "lotsen_led_units()": ALL_UNITS,
    "lotsen_managed_units()": ALL_UNITS,
    "lotsen_audited_units()": ALL_UNITS,
    "lotsen_programmes()": ALL_PROGRAMMES,
    "lotsen_overseen()": ALL_PROGRAMMES,
    "lotsen_opened_persons()": "select array_agg(id) from people_person",
    "lotsen_opened(text)": "select array_agg(id) from cases_case",
    "lotsen_withheld()": "select '{}'::uuid[]",
}


@dataclass(frozen=True)
class Policy:
    """A policy that binds the role of the pages."""

    table: str
    name: str
    command: str
    using: str | None
    check: str | None

    @property
    def is_open(self) -> bool:
        """Whether it lets everything through as it stands: history is written by its trigger."""
        return {self.using, self.check} <= {None, "true"}


def policies() -> list[Policy]:
    """Return every policy of the role of the pages."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename, policyname, cmd, qual, with_check from pg_policies"
            " where 'lotsen_app' = any(roles) order by 1, 2"
        )
        return [Policy(*row) for row in cursor.fetchall()]


@contextmanager
def _undone() -> Iterator[None]:
    """Undo what the block does to the database."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


@contextmanager
def _as_owner() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("select current_setting('role')")
        (before,) = cursor.fetchone()
        cursor.execute("set local role none")
        yield
        cursor.execute("select set_config('role', %s, true)", [before])


@contextmanager
def broken_policy(policy: Policy) -> Iterator[None]:
    """Let a policy let everything through."""
    opened = [word for word, held in (("using (true)", policy.using), ("with check (true)", policy.check)) if held]
    with _undone():
        with _as_owner(), connection.cursor() as cursor:
            cursor.execute(f"alter policy {policy.name} on {policy.table} {' '.join(opened)}")
        yield


@contextmanager
def granted(table: str) -> Iterator[None]:
    """Give the role of the pages every right on a table, so that its policies alone stand before the rows."""
    with _undone():
        with _as_owner(), connection.cursor() as cursor:
            cursor.execute(f"grant all on {table} to lotsen_app")
        yield


@contextmanager
def broken_function(function: str) -> Iterator[None]:
    """Let a function of the database that policies ask name everything of its kind."""
    with _undone():
        with _as_owner(), connection.cursor() as cursor:
            takes = function.replace("(text)", "(category text)")
            cursor.execute(
                f"create or replace function {takes} returns uuid[] language sql stable security definer"
                f" set search_path = public, pg_temp as $$ {OPEN_FUNCTIONS[function]} $$"
            )
        yield


def rows_of(tables: list[str]) -> dict[str, list[dict]]:
    """Return the rows of this transaction in some tables, as the operator sees them."""
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            mine = "t.xmin::text::bigint >= (txid_current() & 4294967295)" if table != "people_reading" else "true"
            cursor.execute(f"select to_jsonb(t) from {table} t where {mine}")
            found[table] = [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]
        return found


def seen(user: UUID | None, table: str) -> int:
    """Count the rows of this transaction that a user sees."""
    with acting_as(user), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table} t where t.xmin::text::bigint >= (txid_current() & 4294967295)")
        return int(cursor.fetchone()[0])


def _lets(user: UUID | None, statement: str, values: list[object]) -> bool:
    """Tell whether a statement reaches a row, as far as another rule stops it, or past every rule."""
    done = False
    with suppress(DatabaseError), _undone(), acting_as(user), connection.cursor() as cursor:
        try:
            cursor.execute(statement, values)
            done = cursor.rowcount > 0
        except DatabaseError as error:
            done = "row-level security" not in str(error) and "permission denied" not in str(error)
            raise
    return done


def lets_through(user: UUID | None, policy: Policy, row: dict) -> bool:
    """Tell whether a user gets past the line that a policy draws, for the row of somebody else."""
    table = policy.table
    if policy.command == "SELECT":
        return seen(user, table) > 0
    if policy.command == "DELETE":
        # Without a condition no column is read, so that no other policy stands before this one.
        return _lets(user, f"delete from {table}", [])
    column = next(name for name in row if name not in {"id", "pgh_id"})
    if policy.command == "UPDATE":
        return _lets(user, f'update {table} set "{column}" = default', [])
    fresh = {**row, "id": str(uuid.uuid4())}
    return _lets(
        user, f"insert into {table} select * from jsonb_populate_record(null::{table}, %s)", [json.dumps(fresh)]
    )
