"""Cases are seen by their unit and by who looks over the programme; what hangs on a case, by who sees the case."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

OWN = "unit_id = any ((select lotsen_units())::uuid[])"
READ = f"({OWN} or programme_id = any ((select lotsen_overseen())::uuid[]))"
# Exists, not in: the planner may look up the one case of a page, or hash the many of a list.
OF_CASE = "exists (select 1 from cases_case c where c.id = case_id)"
OF_OWN_CASE = f"exists (select 1 from cases_case c where c.id = case_id and c.{OWN})"
TRACKED = ("stepentry", "supportentry", "whereaboutsentry", "responsibleentry", "ownrating", "followup")
MET = f"""
create policy app_read_met on people_person for select to lotsen_app
using (exists (select 1 from cases_case c where c.person_id = people_person.id and c.{OWN}))
"""


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [
        ("cases", "0002_initial"),
        ("people", "0002_row_security"),
        ("programmes", "0002_own_programmes"),
    ]
    operations = [
        EnableRLS("cases_case", READ, OWN),
        EnableHistoryRLS("cases_caseevent", READ),
        EnableRLS("cases_casetargetgroup", OF_CASE, OF_OWN_CASE),
        *(EnableRLS(f"cases_{name}", OF_CASE, OF_OWN_CASE) for name in TRACKED),
        *(EnableHistoryRLS(f"cases_{name}event", OF_CASE) for name in TRACKED),
        migrations.RunSQL(MET, "drop policy app_read_met on people_person"),
    ]
