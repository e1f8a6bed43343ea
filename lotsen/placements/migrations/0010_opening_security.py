"""Openings and training are seen by the units that share a project; who takes them, and what followed, is the unit's.

How many places are taken is counted here, over all units, and held to how many there are.
"""

from importlib import import_module

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

rows = import_module("lotsen.placements.migrations.0003_row_security")

OWN = "unit_id = any ((select lotsen_units())::uuid[])"
FELLOWS = "unit_id = any ((select lotsen_fellow_units())::uuid[])"
OF_PROGRAMME = "programme_id = any ((select lotsen_programmes())::uuid[])"
# The consent to see placements was given before these two tables were there, and opens neither.
SEEN = f"exists (select 1 from cases_case c where c.id = case_id and ({rows.SEEN}))"
MAKE = """
create function lotsen_count_opening() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  counted uuid;
begin
  foreach counted in array array_remove(array[
    case when tg_op <> 'INSERT' then old.opening_id end, case when tg_op <> 'DELETE' then new.opening_id end], null)
  loop
    -- Whoever comes second waits here, and then counts the first one too.
    perform 1 from placements_opening o where o.id = counted for no key update;
    update placements_opening o set taken = (
      select count(*) from placements_placement p where p.opening_id = counted and p.state <> 'not_started')
    where o.id = counted;
  end loop;
  return null;
end
$$;
create trigger placement_counts_in_opening after insert or delete or update of opening_id, state
on placements_placement for each row execute function lotsen_count_opening();
create function lotsen_count_training() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  counted uuid;
begin
  foreach counted in array array_remove(array[
    case when tg_op <> 'INSERT' then old.offer_id end, case when tg_op <> 'DELETE' then new.offer_id end], null)
  loop
    perform 1 from placements_trainingoffer o where o.id = counted for no key update;
    update placements_trainingoffer o set taken = (
      select count(*) from placements_trainingplace p
      where p.offer_id = counted and p.state in ('admitted', 'going_on', 'completed'))
    where o.id = counted;
  end loop;
  return null;
end
$$;
create trigger taker_counts_in_training after insert or delete or update of offer_id, state
on placements_trainingplace for each row execute function lotsen_count_training();
"""
TAKE = """
drop trigger taker_counts_in_training on placements_trainingplace;
drop function lotsen_count_training();
drop trigger placement_counts_in_opening on placements_placement;
drop function lotsen_count_opening();
"""


class Migration(migrations.Migration):
    """Close and open the tables, and count."""

    dependencies = [("placements", "0009_employment_tables"), ("employers", "0008_forgetting")]
    operations = [
        *(EnableRLS(f"placements_{name}", FELLOWS, OWN) for name in ("opening", "trainingoffer")),
        *(EnableHistoryRLS(f"placements_{name}event", FELLOWS) for name in ("opening", "trainingoffer")),
        EnableRLS("placements_material", f"{OF_PROGRAMME} or {OWN}", OWN),
        EnableHistoryRLS("placements_materialevent", f"{OF_PROGRAMME} or {OWN}"),
        *(EnableRLS(f"placements_{name}", SEEN, rows.OF_OWN_CASE) for name in ("trainingplace", "employment")),
        *(EnableHistoryRLS(f"placements_{name}event", SEEN) for name in ("trainingplace", "employment")),
        migrations.RunSQL(MAKE, TAKE),
    ]
