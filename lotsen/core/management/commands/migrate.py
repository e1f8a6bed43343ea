"""`lotsen migrate`: as the owner of the tables, with the roles made first."""

from typing import Any

from django.core.management.commands import migrate

from lotsen.core import database


class Command(migrate.Command):
    """Django's own command, run as the owner."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the roles, then migrate; every new table is theirs to use, through its policies."""
        with database.as_owner():
            database.prepare_roles()
            super().handle(*args, **options)
