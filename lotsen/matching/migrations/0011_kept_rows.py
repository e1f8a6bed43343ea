"""What is kept of lists and weighings stays as it is; units are known as they were; nobody protected is counted."""

from importlib import import_module

from django.db import migrations

shown = import_module("lotsen.matching.migrations.0008_shown_security")
outcomes = import_module("lotsen.matching.migrations.0006_weights_security").MAKE
WITHHELD = "and (c.person_id is null or c.person_id <> all ((select lotsen_withheld())::uuid[])) and ("
MARKS = shown.MAKE.replace("create function", "create or replace function")
MORE_MARKS = MARKS.replace(
    "jsonb_build_object(",
    "jsonb_build_object(\n    'access_unitevent', (select coalesce(max(pgh_id), 0) from access_unitevent),",
)
OUTCOMES = outcomes.replace("create function", "create or replace function")
# No page changes them; erasure, which takes lists away with the person, acts by the other role.
CLOSE = """
drop policy app_update on matching_factorweights;
drop policy app_delete on matching_factorweights;
drop policy app_update on matching_shownlist;
"""
OVERSEEN = "programme_id = any ((select lotsen_overseen())::uuid[])"
OPEN = f"""
create policy app_update on matching_factorweights for update to lotsen_app using ({OVERSEEN});
create policy app_delete on matching_factorweights for delete to lotsen_app using ({OVERSEEN});
create policy app_update on matching_shownlist for update to lotsen_app
  using (by_id = lotsen_user() and ({shown.READ}));
"""


class Migration(migrations.Migration):
    """Take away what nobody needs, and make the functions anew."""

    dependencies = [("matching", "0010_fellow_tables"), ("access", "0006_competence_tables")]
    operations = [
        migrations.RunSQL(MORE_MARKS, MARKS),
        migrations.RunSQL(OUTCOMES.replace("and (\n", f"{WITHHELD}\n", 1), OUTCOMES),
        migrations.RunSQL(CLOSE, OPEN),
    ]
