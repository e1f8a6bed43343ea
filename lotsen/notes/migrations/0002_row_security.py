"""Notes and appointments are read by the case's own unit, and by whom a consent opens them to.

A private note is read by its writer alone. Who looks over the programme reads none: it may say who somebody is.
"""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

OF_OWN_CASE = (
    "exists (select 1 from cases_case c where c.id = case_id and c.unit_id = any ((select lotsen_units())::uuid[]))"
)
READ = f"({OF_OWN_CASE} or case_id = any ((select lotsen_opened('note'))::uuid[]))"
OPEN = "(not is_private or written_by_id = (select lotsen_user()))"


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [("notes", "0001_initial"), ("cases", "0003_row_security")]
    operations = [
        EnableRLS("notes_note", f"{READ} and {OPEN}", f"{OF_OWN_CASE} and {OPEN}"),
        EnableHistoryRLS("notes_noteevent", f"{READ} and {OPEN}"),
        EnableRLS("notes_appointment", READ, OF_OWN_CASE),
        EnableHistoryRLS("notes_appointmentevent", READ),
    ]
