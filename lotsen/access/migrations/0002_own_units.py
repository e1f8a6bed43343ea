"""Which units the acting user works for: the functions that every policy starts from."""

from django.db import migrations

# Security definer: the answer does not hang on the policies that ask it. Stable: asked once a statement.
MAKE = """
create function lotsen_user() returns uuid language sql stable as $$
  select nullif(current_setting('lotsen.user', true), '')::uuid
$$;
create function lotsen_units_as(roles text[]) returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct m.unit_id), '{}')
  from access_membership m join access_user u on u.id = m.user_id
  where m.user_id = lotsen_user() and u.is_active and m.role = any(roles)
$$;
create function lotsen_units() returns uuid[] language sql stable as $$
  select lotsen_units_as(array['coach', 'matcher', 'language_supporter', 'placement_coordinator', 'unit_manager'])
$$;
create function lotsen_led_units() returns uuid[] language sql stable as $$
  select lotsen_units_as(array['programme_manager', 'evaluator'])
$$;
create function lotsen_managed_units() returns uuid[] language sql stable as $$
  select lotsen_units_as(array['unit_manager'])
$$;
create function lotsen_audited_units() returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(u.id), '{}') from access_unit u
  where u.organisation_id in (
    select organisation_id from access_unit where id = any ((select lotsen_units_as(array['auditor']))::uuid[]))
$$;
"""
TAKE = """
drop function lotsen_audited_units();
drop function lotsen_managed_units();
drop function lotsen_led_units();
drop function lotsen_units();
drop function lotsen_units_as(text[]);
drop function lotsen_user();
"""


class Migration(migrations.Migration):
    """Make the functions."""

    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, TAKE)]
