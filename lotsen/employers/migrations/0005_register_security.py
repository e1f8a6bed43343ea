"""The register is everybody's; people, contacts and analyses are seen by the units that share a project."""

from typing import Any

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS
from lotsen.core.text import search_key, sort_key

OWN = "unit_id = any ((select lotsen_units())::uuid[])"
FELLOWS = "unit_id = any ((select lotsen_fellow_units())::uuid[])"
OF_PROGRAMME = "programme_id = any ((select lotsen_programmes())::uuid[])"
MAKE = """
-- The own units, and those that take part in a programme of one's own.
create function lotsen_fellow_units() returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(unit_id), '{}') from (
    select unnest(lotsen_units()) as unit_id
    union select u.unit_id from programmes_programmeunit u where u.programme_id = any (lotsen_programmes())
  ) as found
$$;
-- How many rows of each table point to an employer, over all units: what a merge would move.
create function lotsen_employer_rows(of_employer uuid) returns table (of_table text, how_many bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  link record;
begin
  for link in
    select c.conrelid::regclass::text as of_table, a.attname as of_column
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'employers_employer'::regclass order by 1
  loop
    return query execute format('select %L::text, count(*) from %s where %I = $1', link.of_table, link.of_table,
      link.of_column) using of_employer;
  end loop;
end
$$;
-- Let every row that points to one row point to another one, and take the first away.
create function lotsen_move_rows(of_table regclass, gone uuid, kept uuid) returns void language plpgsql
set search_path = public, pg_temp as $$
declare
  link record;
begin
  for link in
    select c.conrelid::regclass as from_table, a.attname as of_column
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = of_table
  loop
    execute format('update %s set %I = $1 where %I = $2', link.from_table, link.of_column, link.of_column)
      using kept, gone;
  end loop;
  execute format('delete from %s where id = $1', of_table) using gone;
end
$$;
revoke execute on function lotsen_move_rows(regclass, uuid, uuid) from public;
-- Two employers become one, with their workplaces. The register is common, so whoever works in a unit may do it.
create function lotsen_merge_employers(gone uuid, kept uuid) returns boolean language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  twin record;
begin
  if gone = kept or not (current_setting('role') = 'lotsen_job' or cardinality(lotsen_units()) > 0) then
    return false;
  end if;
  for twin in
    select w.id as gone_id, k.id as kept_id from employers_workplace w
    join employers_workplace k on k.employer_id = kept and k.name = w.name where w.employer_id = gone
  loop
    perform lotsen_move_rows('employers_workplace', twin.gone_id, twin.kept_id);
  end loop;
  perform lotsen_move_rows('employers_employer', gone, kept);
  return true;
end
$$;
"""
TAKE = """
drop function lotsen_merge_employers(uuid, uuid);
drop function lotsen_move_rows(regclass, uuid, uuid);
drop function lotsen_employer_rows(uuid);
drop function lotsen_fellow_units();
"""


def fill(apps: Any, schema_editor: Any) -> None:
    """Write the keys of the names that stand there already."""
    for name in ("Employer", "Workplace"):
        model = apps.get_model("employers", name)
        for row in model.objects.filter(sort_key="").iterator():
            row.sort_key, row.search_key = sort_key(row.name), search_key(row.name)
            row.save(update_fields=["sort_key", "search_key"])


class Migration(migrations.Migration):
    """Fill the keys, close and open the tables."""

    dependencies = [("employers", "0004_contact_tables"), ("programmes", "0002_own_programmes")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(MAKE, TAKE),
        EnableRLS("employers_contact", f"{OF_PROGRAMME} or {OWN}", OWN),
        EnableHistoryRLS("employers_contactevent", f"{OF_PROGRAMME} or {OWN}"),
        *(EnableRLS(f"employers_{name}", FELLOWS, OWN) for name in ("contactperson", "workplaceanalysis")),
        EnableHistoryRLS("employers_workplaceanalysisevent", FELLOWS),
    ]
