"""Actions: what happens whole or not at all, and how it says no."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

#: Put on every action. A refusal undoes all that the page, job or command has begun; no savepoint for each action
#: in it.
action = transaction.atomic(savepoint=False)


class Refused(Exception):
    """An action cannot be done. The message is a sentence for the user: what, where and how to mend it."""

    def __init__(self, message: object, field: str | None = None) -> None:
        """`field` names the form field that the sentence belongs to, if one does."""
        super().__init__(str(message))
        self.field = field


@contextmanager
def refusing(constraint: str, message: object, field: str | None = None) -> Iterator[None]:
    """Turn the database's no, given by one constraint, into a refusal.

    Also where the row that stands in the way is one that the acting user may not see, or came at the same moment.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if f'"{constraint}"' not in str(error):
            raise
        raise Refused(message, field) from None
