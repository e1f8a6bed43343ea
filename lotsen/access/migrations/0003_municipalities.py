"""Sweden's municipalities, first edition: data/municipalities.csv (source and checksum in data/README.md)."""

import csv
from pathlib import Path
from typing import Any

from django.db import migrations

FILE = Path(__file__).parents[1] / "data" / "municipalities.csv"


def load(apps: Any, schema_editor: Any) -> None:
    """Load the list."""
    model = apps.get_model("access", "Municipality")
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    model.objects.bulk_create(model(code=row["code"], name=row["name"], county=row["county"]) for row in rows)


class Migration(migrations.Migration):
    """Load the list."""

    dependencies = [("access", "0002_own_units")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
