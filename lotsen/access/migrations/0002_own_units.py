"""Which units the acting user works for: the function that every policy starts from."""

from django.db import migrations

# Security definer: the answer does not hang on the policies that ask it. Stable: asked once a statement.
MAKE = """
create function lotsen_units() returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(unit_id), '{}') from access_membership
  where user_id = nullif(current_setting('lotsen.user', true), '')::uuid
    and role not in ('programme_manager', 'evaluator')
$$;
create function lotsen_led_units() returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(unit_id), '{}') from access_membership
  where user_id = nullif(current_setting('lotsen.user', true), '')::uuid
    and role in ('programme_manager', 'evaluator')
$$;
"""


class Migration(migrations.Migration):
    """Make the two functions."""

    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, "drop function lotsen_units(); drop function lotsen_led_units()")]
