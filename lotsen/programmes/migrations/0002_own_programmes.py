"""Which programmes the acting user's units take part in, and which the user looks over."""

from django.db import migrations

MAKE = """
create function lotsen_programmes() returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(id), '{}') from (
    select id from programmes_programme where lead_unit_id = any ((select lotsen_units() || lotsen_led_units())::uuid[])
    union
    select programme_id from programmes_programmeunit where unit_id = any ((select lotsen_units())::uuid[])
  ) as own
$$;
create function lotsen_overseen() returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(id), '{}') from programmes_programme
  where lead_unit_id = any ((select lotsen_led_units())::uuid[])
$$;
"""


class Migration(migrations.Migration):
    """Make the two functions."""

    dependencies = [("programmes", "0001_initial"), ("access", "0002_own_units")]
    operations = [migrations.RunSQL(MAKE, "drop function lotsen_programmes(); drop function lotsen_overseen()")]
