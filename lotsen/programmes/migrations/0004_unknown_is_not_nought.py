"""The group of a goal becomes a list of one. A budget of 0 stood for one that is not known."""

from typing import Any

from django.db import migrations


def move(apps: Any, schema_editor: Any) -> None:
    """Bring what is stored into the new columns."""
    for goal in apps.get_model("programmes", "Goal").objects.exclude(key=""):
        goal.keys = [goal.key]
        goal.save(update_fields=["keys"])
    apps.get_model("programmes", "Programme").objects.filter(budget=0).update(budget=None)


class Migration(migrations.Migration):
    """Move the data."""

    dependencies = [("programmes", "0003_goals_over_groups")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
