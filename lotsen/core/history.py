"""Rows as they were: read from the histories that triggers write (docs/adr/0004-history.md)."""

from collections.abc import Mapping
from typing import Any

from django.db import models

#: How far each history had come: name of its table -> number of its last row.
Marks = Mapping[str, int]


def rows_of(model: type[models.Model], marks: Marks | None = None, **of: Any) -> models.QuerySet[Any]:
    """Return the rows of a tracked model as they are; with marks, as they were when the histories had come so far.

    `of`: a condition on columns that never change, so that only these histories are read. What a row of the past points
    to is as it is now. Its key is `id`, as that of a row of today.
    """
    if marks is None:
        return model._default_manager.filter(**of)
    events = model._meta.get_field("events").related_model
    assert isinstance(events, type)
    assert issubclass(events, models.Model)
    reached = events._default_manager.filter(pgh_id__lte=marks.get(events._meta.db_table, 0), **of)
    newest = reached.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id").values("pgh_id")
    return events._default_manager.filter(pgh_id__in=newest).exclude(pgh_label="delete")
