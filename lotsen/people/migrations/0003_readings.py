"""The log of what was read: cut by month, written by one function, changed by nobody."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableRLS

MAKE = """
create table people_reading (
  id uuid not null default gen_random_uuid(),
  at timestamptz not null default now(),
  user_id uuid not null,
  kind varchar(20) not null check (kind in ('view', 'list', 'search', 'export', 'change', 'number', 'emergency')),
  page varchar(200) not null,
  subjects uuid[] not null,
  units uuid[] not null,
  grounds uuid[] not null,
  reason varchar(500) not null,
  primary key (id, at)
) partition by range (at);
create index reading_by_subject on people_reading using gin (subjects);
create index reading_by_user on people_reading (user_id, at);
create table people_reading_rest partition of people_reading default;

create function lotsen_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The log of what was read cannot be changed.';
end $$;
create trigger reading_stays before update or delete on people_reading
for each row execute function lotsen_refuse_change();

create function lotsen_prepare_readings(first date) returns void language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  month date := date_trunc('month', first);
  name text;
begin
  for n in 0..2 loop
    name := 'people_reading_' || to_char(month, 'YYYY_MM');
    -- Where the rest already holds rows of the month, they stay there: nothing is moved, nothing is lost.
    if to_regclass(name) is null and not exists (
      select 1 from people_reading_rest where at >= month and at < month + interval '1 month') then
      execute format('create table %I partition of people_reading for values from (%L) to (%L)',
        name, month, month + interval '1 month');
      execute format('revoke all on %I from lotsen_app, lotsen_job', name);
    end if;
    month := month + interval '1 month';
  end loop;
end $$;
create function lotsen_end_readings(before date) returns int language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  part record;
  ended int := 0;
begin
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'people_reading'::regclass and c.relname ~ '^people_reading_\\d{4}_\\d{2}$'
  loop
    if to_date(right(part.relname, 7), 'YYYY_MM') + interval '1 month' <= before then
      execute format('drop table %I', part.relname);
      ended := ended + 1;
    end if;
  end loop;
  return ended;
end $$;
select lotsen_prepare_readings(current_date);
"""
TAKE = """
drop function lotsen_end_readings(date);
drop function lotsen_prepare_readings(date);
drop table people_reading;
drop function lotsen_refuse_change();
"""
CLOSE = """
revoke all on people_reading, people_reading_rest from lotsen_app, lotsen_job;
grant select on people_reading to lotsen_app, lotsen_job;
revoke execute on function lotsen_prepare_readings(date), lotsen_end_readings(date) from public;
grant execute on function lotsen_prepare_readings(date), lotsen_end_readings(date) to lotsen_job;
"""
AUDITED = "units && (select lotsen_audited_units())::uuid[]"


class Migration(migrations.Migration):
    """Make the table and close it."""

    dependencies = [("people", "0002_row_security")]
    operations = [
        migrations.RunSQL(MAKE, TAKE),
        EnableRLS("people_reading", AUDITED, write="false"),
        migrations.RunSQL(CLOSE, migrations.RunSQL.noop),
    ]
