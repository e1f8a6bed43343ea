"""What a request reads of people's records: gathered where rows become objects, so that no page can forget it.

The middleware hands what was gathered to the function `lotsen_log_reading()` of the database, which knows whose rows
these are and on what the reading rests (cases/migrations), in the transaction of the request: no reading without its
line in the log.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpRequest

from . import database


@dataclass
class Trace:
    """What one request has read, and how."""

    kind: str
    reason: str = ""
    subjects: set[UUID] = field(default_factory=set)


_trace: ContextVar[Trace | None] = ContextVar("trace", default=None)


class Traced(models.Model):
    """A row whose reading is logged. `values()` and `values_list()` make no objects: a house test looks for them."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **how: Any) -> Any:
        """Make the object, and note that it was read."""
        row = super().from_db(db, field_names, values, **how)
        if (trace := _trace.get()) is not None:
            trace.subjects.add(row.pk)
        return row


@contextmanager
def traced(request: HttpRequest) -> Iterator[None]:
    """Log what is read inside, as one line."""
    trace = Trace("view" if request.method in {"GET", "HEAD"} else "change")
    token = _trace.set(trace)
    try:
        yield
    finally:
        _trace.reset(token)
    if trace.subjects:
        match = request.resolver_match
        page = match.view_name if match else ""
        database.call("lotsen_log_reading", trace.kind, page, sorted(trace.subjects), trace.reason)


def read_by(kind: str, reason: str = "") -> None:
    """Say how this request reads, where it is not just a page: a list, a search, a file, an emergency."""
    if (trace := _trace.get()) is not None:
        trace.kind, trace.reason = kind, reason
