"""Somebody at an employer is forgotten wherever a row names them, also in rows that the acting user may not change."""

from django.db import migrations

MAKE = """
create function lotsen_forget_met(person uuid) returns boolean language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  link record;
begin
  perform 1 from employers_contactperson p where p.id = person
    and (current_setting('role') = 'lotsen_job' or p.unit_id = any (lotsen_units()));
  if not found then
    return false;
  end if;
  for link in
    select c.conrelid::regclass as from_table, a.attname as of_column
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'employers_contactperson'::regclass
  loop
    execute format('update %s set %I = null where %I = $1', link.from_table, link.of_column, link.of_column)
      using person;
  end loop;
  delete from employers_contactperson where id = person;
  return true;
end
$$;
"""


class Migration(migrations.Migration):
    """Make the function."""

    dependencies = [("employers", "0007_sounds")]
    operations = [migrations.RunSQL(MAKE, "drop function lotsen_forget_met(uuid)")]
