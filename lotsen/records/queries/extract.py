"""Everything that is kept of one person, table by table (register extract: GDPR, article 15)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from lotsen.cases.models import Case
from lotsen.core.privacy import own_models, path_to
from lotsen.people.models import Person


@dataclass(frozen=True)
class Part:
    """One table of an extract: what it holds, and its rows, field -> value."""

    model: type[models.Model]
    rows: list[dict[str, Any]]


def extract_of(person: Person) -> list[Part]:
    """Return all rows that tell of a person, as far as the acting user sees them. Tables without a row are left out."""
    found = [Part(Person, [_values(person)])]
    for model, path in tables_about_persons():
        rows = [_values(row) for row in model._default_manager.filter(**{path: person}).order_by("pk")]
        if rows:
            found.append(Part(model, rows))
    return found


def tables_about_persons() -> Iterator[tuple[type[models.Model], str]]:
    """Yield each table whose rows hang on a person, with the lookup that leads there: the case first."""
    found = [(model, path_to(model, Person)) for model in own_models() if model is not Person and model._meta.managed]
    yield from sorted(
        ((model, path) for model, path in found if path), key=lambda each: (each[0] is not Case, each[1].count("__"))
    )


def _values(row: models.Model) -> dict[str, Any]:
    """Return the fields of a row as they are read: the label of a choice, the name of what a field points to."""
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, models.BinaryField) or field.name in {"sort_key", "search_key", "sound_key"}:
            continue
        value = getattr(row, field.name)
        if field.choices and value not in {None, ""}:
            value = str(getattr(row, f"get_{field.name}_display")())
        elif isinstance(field, models.ForeignKey) and value is not None:
            value = str(value)
        values[field.name] = value
    if hasattr(row, "identity_number"):
        values["identity_number"] = row.identity_number
    return values
