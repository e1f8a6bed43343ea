"""What is encrypted comes under the newest key, and is found by the newest key of the index."""

from collections.abc import Iterator
from typing import Any

import pgtrigger
from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from lotsen.access.actions import reseal_second_factors
from lotsen.core import encryption
from lotsen.core.refused import action, refusing

#: So many rows are written at once.
BATCH = 1000
#: The fields of an encrypted value and of its index: `identity_sealed` and `identity_index`.
SEALED, INDEX = "_sealed", "_index"


@action
def rotate_keys() -> dict[str, int]:
    """Encrypt every value with the newest key and index it by the newest one; history too. Table -> rows changed.

    After it no row needs an older key. The history says nothing of it: what is written is the same as before.
    """
    twice = _("Two records of one authority have the same identity number. Merge them, then change the keys.")
    with pgtrigger.ignore(), refusing("person_identity_once_in_organisation", twice):
        changed = {model._meta.db_table: _reseal(model, name) for model, name in sealed_fields()}
    return {**changed, "mfa_authenticator": reseal_second_factors()}


def keys_in_use() -> dict[str, int]:
    """Return how many values each key opens, by the id of the key."""
    found: dict[str, int] = {}
    for model, name in sealed_fields():
        for value in model._default_manager.exclude(**{name: None}).values_list(name, flat=True).iterator():
            key = encryption.key_of(bytes(value))
            found[key] = found.get(key, 0) + 1
    return found


def sealed_fields() -> Iterator[tuple[type[Model], str]]:
    """Yield each field that holds an encrypted number, of a table and of its history."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if model.__module__.startswith("lotsen.") and field.name.endswith(SEALED):
                yield model, field.name


def _reseal(model: type[Model], name: str) -> int:
    index = name.replace(SEALED, INDEX)
    rows: Any = model._default_manager
    changed: list[Any] = []
    total = 0
    for row in rows.exclude(**{name: None}).order_by("pk").iterator(chunk_size=BATCH):
        sealed = bytes(getattr(row, name))
        # In a table of history too, `id` is the key of the row that the value is bound to.
        value = encryption.decrypt(sealed, row.id)
        is_new = encryption.key_of(sealed) == encryption.newest_key()
        if is_new and bytes(getattr(row, index)) == encryption.blind_index(value):
            continue
        setattr(row, name, sealed if is_new else encryption.encrypt(value, row.id))
        setattr(row, index, encryption.blind_index(value))
        changed.append(row)
        if len(changed) == BATCH:
            total += rows.bulk_update(changed, [name, index])
            changed = []
    return total + (rows.bulk_update(changed, [name, index]) if changed else 0)
