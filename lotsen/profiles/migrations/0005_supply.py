"""Wishes are the unit's own; what participants wish and can is counted beside what employers need."""

from importlib import import_module

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

rows = import_module("lotsen.profiles.migrations.0002_row_security")

MAKE = """
-- Of each occupation: how many participants wish it, are trained for it and were employed in it, over all units of the
-- programme; how many courses and openings there are on a day. Of a programme that is over, all who took part.
create function lotsen_labour_supply(of_programme uuid, today date)
returns table (occupation text, wishing bigint, able bigint, courses bigint, places bigint, recruited bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with all_of_them as (
    select c.id, c.closed_on is null or p.ends_on < today as is_here
    from cases_case c join programmes_programme p on p.id = c.programme_id
    where c.programme_id = of_programme and c.started_on is not null
      and (current_setting('role') = 'lotsen_job' or of_programme = any ((select lotsen_programmes())::uuid[]))),
  who as (select id from all_of_them where is_here),
  units as (
    select u.unit_id from programmes_programmeunit u where u.programme_id = of_programme
      and (current_setting('role') = 'lotsen_job' or of_programme = any ((select lotsen_programmes())::uuid[]))),
  found as (
    select w.occupation, w.case_id as wishing, null::uuid as able, null::uuid as course, 0 as places,
      null::uuid as employed
    from profiles_wish w join who on who.id = w.case_id
    union all
    select k.occupation, null, k.case_id, null, 0, null from profiles_competence k join who on who.id = k.case_id
    union all
    select t.occupation, null, null, t.id, 0, null from placements_trainingoffer t join units u on u.unit_id = t.unit_id
    where t.apply_by >= today or (t.apply_by is null and t.from_on >= today)
    union all
    select e.occupation, null, null, null, 0, e.id from placements_employment e
    join all_of_them on all_of_them.id = e.case_id
    union all
    select o.occupation, null, null, null, o.places - o.taken, null from placements_opening o
    join units u on u.unit_id = o.unit_id
    where o.closed_on is null and (o.open_until is null or o.open_until >= today))
  select f.occupation, count(distinct f.wishing), count(distinct f.able), count(distinct f.course), sum(f.places),
    count(distinct f.employed)
  from found f where f.occupation <> '' group by 1
$$;
"""


class Migration(migrations.Migration):
    """Close the table, and make the function."""

    dependencies = [("profiles", "0004_wish_tables"), ("placements", "0010_opening_security")]
    operations = [
        EnableRLS("profiles_wish", rows.OF_OWN_CASE),
        EnableHistoryRLS("profiles_wishevent", rows.OF_OWN_CASE),
        migrations.RunSQL(MAKE, "drop function lotsen_labour_supply(uuid, date)"),
    ]
