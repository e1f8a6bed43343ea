"""Actions: what happens whole or not at all, and how it says no."""

from django.db import transaction

#: Put on every action. A refusal undoes all that the page, job or command has begun; no savepoint for each action
#: in it.
action = transaction.atomic(savepoint=False)


class Refused(Exception):
    """An action cannot be done. The message is a sentence for the user: what, where and how to mend it."""

    def __init__(self, message: object, field: str | None = None) -> None:
        """`field` names the form field that the sentence belongs to, if one does."""
        super().__init__(str(message))
        self.field = field
