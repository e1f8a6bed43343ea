"""Signed hours are seen as attendance is; while they stand, the attendance of the month is not changed."""

from importlib import import_module

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

rows = import_module("lotsen.activities.migrations.0003_row_security")

# For the pages alone: an erasure, as the operator, takes the person and leaves the figures.
MAKE = """
create function lotsen_keep_certified() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  row activities_attendance := case tg_op when 'DELETE' then old else new end;
begin
  -- A row that stands there already is corrected, which is looked at as a change.
  if tg_op = 'INSERT' and exists (
    select 1 from activities_attendance a where a.session_id = row.session_id and a.case_id = row.case_id) then
    return row;
  end if;
  if exists (
    select 1 from activities_certifiedmonth m join activities_session s on s.id = row.session_id
    where m.case_id = row.case_id and m.reopened_on is null and m.month = date_trunc('month', s."on")::date) then
    raise exception 'the hours are signed: "month_is_certified"' using errcode = 'check_violation',
      constraint = 'month_is_certified';
  end if;
  return row;
end
$$;
create trigger month_is_certified before insert or delete on activities_attendance
for each row when (current_setting('role') = 'lotsen_app') execute function lotsen_keep_certified();
create trigger month_stays_certified before update on activities_attendance
for each row when (current_setting('role') = 'lotsen_app' and old.* is distinct from new.*)
execute function lotsen_keep_certified();
"""
TAKE = """
drop trigger month_stays_certified on activities_attendance;
drop trigger month_is_certified on activities_attendance;
drop function lotsen_keep_certified();
"""


class Migration(migrations.Migration):
    """Close and open the table; make the triggers."""

    dependencies = [("activities", "0008_certified_tables")]
    operations = [
        EnableRLS("activities_certifiedmonth", rows.OF_CASE, rows.OF_OWN_CASE),
        EnableHistoryRLS("activities_certifiedmonthevent", rows.OF_CASE),
        migrations.RunSQL(MAKE, TAKE),
    ]
