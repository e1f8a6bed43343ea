"""`lotsen migrate`: as the owner of the tables, with the roles made first."""

from typing import Any

from django.core.management.commands import migrate

from lotsen.core import database


class Command(migrate.Command):
    """Django's own command, run as the owner."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Make the roles, then check and migrate; every new table is theirs to use, through its policies.

        Before the checks, which ask the database too: in an empty one there is no role yet to ask as.
        """
        with database.as_owner():
            database.prepare_roles()
            return super().execute(*args, **options)
