"""What tells that something is known of a place that was not known before."""

from django.db import migrations

MAKE = """
-- The newest lines of the histories of openings, analyses and workplaces, the last table of sexes that was loaded, and
-- which units share a programme: changed by everything that a place is made of, whoever has written it.
create function lotsen_places_version() returns text language sql stable security definer
set search_path = public, pg_temp as $$
  select concat_ws('.',
    (select max(pgh_id) from placements_openingevent), (select max(pgh_id) from employers_workplaceanalysisevent),
    (select max(pgh_id) from employers_workplaceevent), (select max(loaded_on) from employers_occupationsexes),
    (select count(*) from employers_occupationsexes),
    -- Who shares a programme with whom, and so sees whose openings.
    (select md5(string_agg(u.programme_id::text || u.unit_id::text, ',' order by u.programme_id, u.unit_id))
      from programmes_programmeunit u))
$$;
"""


class Migration(migrations.Migration):
    """Make the function."""

    dependencies = [
        ("matching", "0002_security"),
        ("employers", "0011_statistics_tables"),
        ("placements", "0010_opening_security"),
    ]
    operations = [migrations.RunSQL(MAKE, "drop function lotsen_places_version()")]
