"""What all web processes remember together for a while."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the table."""

    dependencies = [("core", "0003_history_context")]
    operations = [
        migrations.CreateModel(
            name="CacheEntry",
            fields=[
                ("key", models.CharField(max_length=300, primary_key=True, serialize=False)),
                ("value", models.JSONField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
            options={"verbose_name_plural": "cache entries"},
        ),
    ]
