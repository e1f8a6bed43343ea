"""How many of any unit are at a workplace, or are to come: who supervises there counts all of them."""

from django.db import migrations

MAKE = """
create function lotsen_workplace_load(workplaces uuid[]) returns table (workplace uuid, people bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.workplace_id, count(*) from placements_placement p
  where p.workplace_id = any (workplaces) and p.state in ('planned', 'agreed', 'running', 'paused')
  group by 1
$$;
"""


class Migration(migrations.Migration):
    """Make the function."""

    dependencies = [("matching", "0008_shown_security")]
    operations = [migrations.RunSQL(MAKE, "drop function lotsen_workplace_load(uuid[])")]
