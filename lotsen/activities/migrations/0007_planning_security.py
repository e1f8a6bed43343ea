"""Who takes part is seen as attendance is; an activity is never overfull; a place that is left goes to who waits."""

from importlib import import_module

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

rows = import_module("lotsen.activities.migrations.0003_row_security")

# Counted over all units: the acting user need not see who has the other places.
MAKE = """
create function lotsen_taken_places(activity uuid) returns bigint language sql stable security definer
set search_path = public, pg_temp as $$
  select count(*) from activities_enrolment e where e.activity_id = activity and not e.waits and e.until is null
$$;
-- Gives the places that are free after a day to those who have waited longest.
create function lotsen_fill_places(of_activity uuid, after date) returns void language plpgsql volatile security definer
set search_path = public, pg_temp as $$
begin
  update activities_enrolment e set waits = false, since = greatest(e.since, after + 1)
  where e.id in (
    select w.id from activities_enrolment w where w.activity_id = of_activity and w.waits
    order by w.signed_up_at
    limit (
      select greatest(a.capacity - (
        select count(*) from activities_enrolment t
        where t.activity_id = a.id and not t.waits and (t.until is null or t.until > after)), 0)
      from activities_activity a where a.id = of_activity));
end
$$;
create function lotsen_keep_capacity() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  places int;
begin
  -- Two who sign up at once: the second waits here, and counts the first.
  select capacity into places from activities_activity where id = new.activity_id for update;
  if not new.waits and new.until is null and places < (
    select count(*) from activities_enrolment e
    where e.activity_id = new.activity_id and not e.waits and e.until is null) then
    raise exception 'an activity takes no more than it has places' using errcode = 'check_violation',
      constraint = 'activity_is_full';
  end if;
  return null;
end
$$;
create trigger activity_is_full after insert or update on activities_enrolment
for each row execute function lotsen_keep_capacity();
update activities_session s set called_on = s."on"
where exists (select 1 from activities_attendance a where a.session_id = s.id);
"""
TAKE = """
drop trigger activity_is_full on activities_enrolment;
drop function lotsen_keep_capacity();
drop function lotsen_fill_places(uuid, date);
drop function lotsen_taken_places(uuid);
"""


class Migration(migrations.Migration):
    """Close and open the table; make the functions."""

    dependencies = [("activities", "0006_enrolment_tables")]
    operations = [
        migrations.RunSQL(MAKE, TAKE),
        EnableRLS("activities_enrolment", rows.OF_CASE, rows.OF_OWN_CASE),
        EnableHistoryRLS("activities_enrolmentevent", rows.OF_CASE),
    ]
