"""Lists that were shown, and who has stood in one; how far the histories have come, to make a list again."""

from importlib import import_module

from django.db import migrations

from lotsen.core.rowsecurity import EnableRLS

rows = import_module("lotsen.placements.migrations.0003_row_security")
before = import_module("lotsen.matching.migrations.0004_places_of_employers").MAKE

HISTORIES = (
    *(
        "placements_openingevent",
        "placements_trainingofferevent",
        "employers_employerevent",
        "employers_workplaceevent",
    ),
    *("employers_workplaceanalysisevent", "employers_occupationsexesevent", "employers_traveltimeevent"),
    *("profiles_needsevent", "profiles_wishevent", "profiles_competenceevent", "activities_enrolmentevent"),
    *("activities_sessionevent", "cases_caseevent", "matching_matchdecisionevent"),
)
PAIRS = ",\n    ".join(f"'{table}', (select coalesce(max(pgh_id), 0) from {table})" for table in HISTORIES)
MAKE = f"""
-- How far each history has come that a list is made of.
create function lotsen_match_marks() returns jsonb language sql stable security definer
set search_path = public, pg_temp as $$
  select jsonb_build_object(
    {PAIRS})
$$;
"""
# What is loaded anew leaves its history, too.
PLACES = before.replace(
    "(select max(loaded_on) from employers_occupationsexes),\n    (select count(*) from employers_occupationsexes)",
    "(select max(pgh_id) from employers_occupationsexesevent)",
)
OF_OWN_UNITS = "opening_id is not null and units && (select lotsen_units())::uuid[]"
READ = f"({rows.OF_OWN_CASE}) or ({OF_OWN_UNITS})"
SEEN = f"exists (select 1 from cases_case c where c.id = case_id and ({rows.SEEN}))"


class Migration(migrations.Migration):
    """Close and open the tables; make the functions."""

    dependencies = [
        ("matching", "0007_shown_tables"),
        ("employers", "0013_history_tables"),
        ("profiles", "0007_minutes_tables"),
        ("activities", "0014_feed_security"),
    ]
    operations = [
        migrations.RunSQL(MAKE, "drop function lotsen_match_marks()"),
        migrations.RunSQL(PLACES, before),
        EnableRLS("matching_shownlist", READ, f"by_id = lotsen_user() and ({READ})"),
        EnableRLS("matching_exposure", SEEN, rows.OF_OWN_CASE),
    ]
