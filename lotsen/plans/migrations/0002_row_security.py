"""What hangs on a case is seen by who sees the case."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

OF_CASE = "exists (select 1 from cases_case c where c.id = case_id)"
OF_OWN_CASE = (
    "exists (select 1 from cases_case c where c.id = case_id and c.unit_id = any ((select lotsen_units())::uuid[]))"
)


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [("plans", "0001_initial"), ("cases", "0003_row_security")]
    operations = [
        EnableRLS("plans_plan", OF_CASE, OF_OWN_CASE),
        EnableHistoryRLS("plans_planevent", OF_CASE),
    ]
