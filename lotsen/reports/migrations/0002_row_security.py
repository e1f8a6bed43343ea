"""A report tells of the whole programme: it is seen and written by who looks over the programme."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

OVERSEEN = "programme_id = any ((select lotsen_overseen())::uuid[])"
OF_REPORT = "exists (select 1 from reports_report r where r.id = report_id)"


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [("reports", "0001_initial"), ("programmes", "0002_own_programmes")]
    operations = [
        EnableRLS("reports_reporttext", OVERSEEN),
        EnableHistoryRLS("reports_reporttextevent", OVERSEEN),
        EnableRLS("reports_report", OVERSEEN),
        EnableHistoryRLS("reports_reportevent", OVERSEEN),
        EnableRLS("reports_reportfile", OF_REPORT),
    ]
