"""How the names of employers that stand there already sound."""

from typing import Any

from django.db import migrations

from lotsen.employers.models.register import sound_of


def fill(apps: Any, schema_editor: Any) -> None:
    """Write the key."""
    model = apps.get_model("employers", "Employer")
    for row in model.objects.filter(sound_key="").iterator():
        row.sound_key = sound_of(row.name)
        row.save(update_fields=["sound_key"])


class Migration(migrations.Migration):
    """Fill the keys."""

    dependencies = [("employers", "0006_sound_tables")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
