"""Row-level security as a migration operation.

Written by hand, because a policy that cannot be made must stop the migration (docs/adr/0003-row-security.md).
Policies name the two roles; the owner is not bound by them, so that migrations can change data.
"""

from typing import Any

from django.db.migrations.operations.base import Operation

from .database import APP_ROLE, JOB_ROLE


class EnableRLS(Operation):
    """Close a table, then open it: `read` and `write` are SQL conditions on its rows for the acting user."""

    reversible = True

    def __init__(self, table: str, read: str, write: str | None = None) -> None:
        """Without `write`, what may be read may be written. The job role sees and writes every row."""
        self.table, self.read, self.write = table, read, write or read

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing in the models."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Enable row security and make the policies."""
        for statement in (
            f"alter table {self.table} enable row level security",
            f"create policy app_read on {self.table} for select to {APP_ROLE} using ({self.read})",
            f"create policy app_insert on {self.table} for insert to {APP_ROLE} with check ({self.write})",
            f"create policy app_update on {self.table} for update to {APP_ROLE} using ({self.write})",
            f"create policy app_delete on {self.table} for delete to {APP_ROLE} using ({self.write})",
            f"create policy job_all on {self.table} for all to {JOB_ROLE} using (true) with check (true)",
        ):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop the policies and open the table."""
        for name in ("app_read", "app_insert", "app_update", "app_delete", "job_all"):
            schema_editor.execute(f"drop policy {name} on {self.table}", params=None)
        schema_editor.execute(f"alter table {self.table} disable row level security", params=None)

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Row security on {self.table}"


class EnableHistoryRLS(EnableRLS):
    """The same for a history table: its rows are written by trigger and read as the rows that they tell of."""

    def __init__(self, table: str, read: str) -> None:
        """`read` is a condition on the columns of the history table."""
        super().__init__(table, read, write="false")

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """As for any table, and let the trigger write."""
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        schema_editor.execute(f"drop policy app_insert on {self.table}", params=None)
        schema_editor.execute(
            f"create policy app_insert on {self.table} for insert to {APP_ROLE} with check (true)", params=None
        )
