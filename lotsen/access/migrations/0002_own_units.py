"""Which units the acting user works for: the function that every policy starts from. Who is deactivated, for none."""

from django.db import migrations

# Security definer: the answer does not hang on the policies that ask it. Stable: asked once a statement.
MAKE = """
create function lotsen_units() returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(m.unit_id), '{}') from access_membership m join access_user u on u.id = m.user_id
  where u.id = nullif(current_setting('lotsen.user', true), '')::uuid and u.is_active
    and m.role not in ('programme_manager', 'evaluator', 'administrator')
$$;
create function lotsen_led_units() returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(m.unit_id), '{}') from access_membership m join access_user u on u.id = m.user_id
  where u.id = nullif(current_setting('lotsen.user', true), '')::uuid and u.is_active
    and m.role in ('programme_manager', 'evaluator')
$$;
"""


class Migration(migrations.Migration):
    """Make the two functions."""

    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, "drop function lotsen_units(); drop function lotsen_led_units()")]
