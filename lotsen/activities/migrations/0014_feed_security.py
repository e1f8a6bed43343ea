"""A calendar link is seen by its owner alone; who holds the link learns whose it is, and nothing else by it."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableRLS

MAKE = """
create function lotsen_calendar_of() returns uuid language sql stable security definer
set search_path = public, pg_temp as $$
  select f.user_id from activities_calendarfeed f join access_user u on u.id = f.user_id and u.is_active
  where f.link = lotsen_link_as('calendar')
$$;
"""
TAKE = "drop function lotsen_calendar_of();"


class Migration(migrations.Migration):
    """Close and open the table; make the function."""

    dependencies = [("activities", "0013_feed_tables"), ("questionnaires", "0002_row_security")]
    operations = [
        EnableRLS("activities_calendarfeed", "user_id = lotsen_user()"),
        migrations.RunSQL(MAKE, TAKE),
    ]
