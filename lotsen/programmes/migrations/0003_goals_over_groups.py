"""Room for goals over several groups, and for a budget that is not known."""

import django.contrib.postgres.fields
from django.db import migrations, models

_BUDGET = {"help_text": "In öre; null where it is not known.", "null": True, "verbose_name": "budget"}


class Migration(migrations.Migration):
    """The new columns; the old one goes when its data has moved."""

    dependencies = [("programmes", "0002_own_programmes")]
    operations = [
        migrations.AddField(
            "goal",
            "keys",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=60), blank=True, default=list, size=None
            ),
        ),
        migrations.AlterField("programme", "budget", models.BigIntegerField(**_BUDGET)),
        migrations.AlterField("programmeevent", "budget", models.BigIntegerField(**_BUDGET)),
    ]
