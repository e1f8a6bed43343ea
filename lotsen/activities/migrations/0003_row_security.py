"""A participant's attendance is seen by who sees the case; an organisation's, by who sees the programme."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

PROGRAMME = """(case_id is null and exists (
  select 1 from activities_session s join activities_activity a on a.id = s.activity_id
  where s.id = session_id and a.programme_id = any ((select lotsen_programmes())::uuid[])))"""
SEEN = """unit_id = any ((select lotsen_units())::uuid[]) or programme_id = any ((select lotsen_overseen())::uuid[])"""
OF_CASE = f"""(case_id is not null and (
  exists (select 1 from cases_case c where c.id = case_id and ({SEEN}))
  or case_id = any ((select lotsen_opened('attendance'))::uuid[])))"""
OF_OWN_CASE = """(case_id is not null and exists (
  select 1 from cases_case c where c.id = case_id and c.unit_id = any ((select lotsen_units())::uuid[])))"""


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [("activities", "0002_initial"), ("cases", "0003_row_security")]
    operations = [
        EnableRLS("activities_attendance", f"{OF_CASE} or {PROGRAMME}", f"{OF_OWN_CASE} or {PROGRAMME}"),
        EnableHistoryRLS("activities_attendanceevent", f"{OF_CASE} or {PROGRAMME}"),
    ]
