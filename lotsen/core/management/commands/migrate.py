"""`lotsen migrate`: as the owner of the tables, with the roles made first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from lotsen.core import database

#: What an operation does to the state of the models.
_FORWARDS = "state_forwards"


class Command(migrate.Command):
    """Django's own command, run as the owner."""

    def check(self, *args: Any, **options: Any) -> None:
        """Ask the database as its owner: in an empty one there is no other role yet to ask as."""
        with database.as_owner():
            super().check(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the roles, then migrate; every new table is theirs to use, through its policies."""
        with database.as_owner(), _triggers_draw_no_models():
            database.prepare_roles()
            super().handle(*args, **options)


@contextmanager
def _triggers_draw_no_models() -> Iterator[None]:
    """Let a trigger that comes or goes not draw its model, and all that point to it, anew: no column has changed.

    That is a third of the time that an empty database takes.
    """

    def quiet(told: Callable[[Any, str, ProjectState], None]) -> Callable[[Any, str, ProjectState], None]:
        def state_forwards(self: Any, app_label: str, state: ProjectState) -> None:
            drawn = state.__dict__.pop("apps", None)
            told(self, app_label, state)
            if drawn is not None:
                state.__dict__["apps"] = drawn

        return state_forwards

    before: dict[type, Any] = {operation: operation.state_forwards for operation in (AddTrigger, RemoveTrigger)}
    for operation, told in before.items():
        setattr(operation, _FORWARDS, quiet(told))
    try:
        yield
    finally:
        for operation, told in before.items():
            setattr(operation, _FORWARDS, told)
