"""Minutes and tasks of a programme's meetings are seen and kept by those who see the programme."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

OF_PROGRAMME = """exists (
  select 1 from activities_session s join activities_activity a on a.id = s.activity_id
  where s.id = session_id and a.programme_id = any ((select lotsen_programmes())::uuid[]))"""


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [("activities", "0011_meeting_tables"), ("programmes", "0002_own_programmes")]
    operations = [
        EnableRLS("activities_minutes", OF_PROGRAMME),
        EnableHistoryRLS("activities_minutesevent", OF_PROGRAMME),
        EnableRLS("activities_task", OF_PROGRAMME),
        EnableHistoryRLS("activities_taskevent", OF_PROGRAMME),
    ]
