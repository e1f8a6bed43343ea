"""What hangs on a case is seen by who sees the case, and by whom a consent opens it to."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

SEEN = "unit_id = any ((select lotsen_units())::uuid[]) or programme_id = any ((select lotsen_overseen())::uuid[])"
OF_CASE = f"""(exists (select 1 from cases_case c where c.id = case_id and ({SEEN}))
  or case_id = any ((select lotsen_opened('plan'))::uuid[]))"""
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
