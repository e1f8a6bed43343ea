"""The team and the attempts to follow up are seen as the rest of the case."""

from importlib import import_module

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

rows = import_module("lotsen.cases.migrations.0003_row_security")
#: Each table with the kind of data that a consent must name.
TRACKED = {"teammember": "case", "followupattempt": "follow_up"}


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [("cases", "0006_casework_tables")]
    operations = [
        *(EnableRLS(f"cases_{name}", rows.of_case(kind), rows.OF_OWN_CASE) for name, kind in TRACKED.items()),
        *(EnableHistoryRLS(f"cases_{name}event", rows.of_case(kind)) for name, kind in TRACKED.items()),
    ]
