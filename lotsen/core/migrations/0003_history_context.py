"""Who changed what from which page is written by the triggers alone, and no page can list it."""

from django.db import migrations

# The trigger's function adds to the row of its own transaction; it does so with the owner's right.
CLOSE = """
alter function _pgh_attach_context() security definer set search_path = public, pg_temp;
revoke insert, update, delete on pghistory_context from lotsen_app, lotsen_job;
revoke select on pghistory_context from lotsen_app;
"""
OPEN = """
alter function _pgh_attach_context() security invoker reset search_path;
grant select, insert, update, delete on pghistory_context to lotsen_app, lotsen_job;
"""


class Migration(migrations.Migration):
    """Close the table to all but the triggers."""

    dependencies = [("core", "0002_row_security"), ("pghistory", "0007_auto_20250421_0444")]
    operations = [migrations.RunSQL(CLOSE, OPEN)]
