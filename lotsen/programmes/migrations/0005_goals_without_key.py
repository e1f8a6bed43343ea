"""The old column of a goal's group."""

from django.db import migrations


class Migration(migrations.Migration):
    """Take it away."""

    dependencies = [("programmes", "0004_unknown_is_not_nought")]
    operations = [migrations.RemoveField("goal", "key")]
