"""What is decided about a match is read and written by the case's own unit."""

from importlib import import_module

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

rows = import_module("lotsen.placements.migrations.0003_row_security")


class Migration(migrations.Migration):
    """Close and open the table."""

    dependencies = [("matching", "0001_tables"), ("cases", "0003_row_security")]
    operations = [
        EnableRLS("matching_matchdecision", rows.OF_OWN_CASE),
        EnableHistoryRLS("matching_matchdecisionevent", rows.OF_OWN_CASE),
    ]
