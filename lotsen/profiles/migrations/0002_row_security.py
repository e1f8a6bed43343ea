"""Profiles are read by the case's own unit, and by whom a consent opens them to."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

OF_OWN_CASE = (
    "exists (select 1 from cases_case c where c.id = case_id and c.unit_id = any ((select lotsen_units())::uuid[]))"
)
READ = f"({OF_OWN_CASE} or case_id = any ((select lotsen_opened('profile'))::uuid[]))"
TABLES = ("needs", "competence", "reference")


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [("profiles", "0001_initial"), ("cases", "0003_row_security")]
    operations = [
        *(EnableRLS(f"profiles_{name}", READ, OF_OWN_CASE) for name in TABLES),
        *(EnableHistoryRLS(f"profiles_{name}event", READ) for name in TABLES),
    ]
