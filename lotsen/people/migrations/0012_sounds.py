"""Names that are there already get their sound."""

from typing import Any

import pgtrigger
from django.db import migrations

from lotsen.core.text import sound_key

BATCH = 1000


def fill(apps: Any, _editor: Any) -> None:
    """Write the sound of each name. The history says nothing of it: it follows from the name."""
    person = apps.get_model("people", "Person")
    with pgtrigger.ignore():
        _fill(person)


def _fill(person: Any) -> None:
    rows = []
    for row in person.objects.filter(sound_key="").only("pk", "given_name", "family_name").iterator(chunk_size=BATCH):
        row.sound_key = sound_key(f"{row.given_name} {row.family_name}")
        rows.append(row)
        if len(rows) == BATCH:
            person.objects.bulk_update(rows, ["sound_key"])
            rows = []
    person.objects.bulk_update(rows, ["sound_key"])


class Migration(migrations.Migration):
    """Fill the new column."""

    dependencies = [("people", "0011_sound_tables")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
