"""A file that is made says whether it is still what it would be today: before it is sent, nothing may have changed."""

from django.db import migrations

MAKE = """
drop function lotsen_changed_files(uuid, uuid);
-- The months whose newest file in a state is not what it would be today. Tells months alone, over all participants:
-- also that somebody is protected since, or has another number, so that what must not be sent is not.
-- Planned anew each time: a plan that was made when the tables were empty reads them row by row ever after.
create function lotsen_changed_files(of_programme uuid, of_unit uuid, in_state text) returns table (changed date)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
  with newest as (
    select distinct on (f.month) f.id, f.month, (f.month + interval '1 month - 1 day')::date as last_day
    from filing_monthlyfile f
    where f.programme_id = of_programme and f.unit_id = of_unit and f.state = in_state
    order by f.month, f.version desc),
  today as (
    select s.month, c.id, c.started_on, case when c.closed_on <= s.last_day then c.closed_on end, coalesce(m.minutes, 0)
    from newest s
    join cases_case c on c.programme_id = of_programme and c.unit_id = of_unit and c.person_id is not null
      and c.started_on <= s.last_day and (c.closed_on is null or c.closed_on >= s.month)
    left join activities_certifiedmonth m on m.case_id = c.id and m.month = s.month and m.reopened_on is null),
  reported as (
    select s.month, r.case_id, r.started_on, r.ended_on, r.minutes
    from newest s join filing_filerow r on r.file_id = s.id),
  otherwise as (
    select s.month from newest s join filing_filerow r on r.file_id = s.id
    join cases_case c on c.id = r.case_id join people_person p on p.id = c.person_id
    where in_state = 'made' and (
      r.is_substitute <> (p.protection <> 'none')
      or (not r.is_substitute and r.number_index is distinct from p.identity_index)))
  select distinct d.month from (
    (table today except table reported) union all (table reported except table today)) d
  union select o.month from otherwise o
$$;
"""
BACK = """
drop function lotsen_changed_files(uuid, uuid, text);
create function lotsen_changed_files(of_programme uuid, of_unit uuid) returns table (changed date)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
  with sent as (
    select distinct on (f.month) f.id, f.month, (f.month + interval '1 month - 1 day')::date as last_day
    from filing_monthlyfile f
    where f.programme_id = of_programme and f.unit_id = of_unit and f.state = 'sent'
    order by f.month, f.version desc),
  today as (
    select s.month, c.id, c.started_on, case when c.closed_on <= s.last_day then c.closed_on end, coalesce(m.minutes, 0)
    from sent s
    join cases_case c on c.programme_id = of_programme and c.unit_id = of_unit and c.person_id is not null
      and c.started_on <= s.last_day and (c.closed_on is null or c.closed_on >= s.month)
    left join activities_certifiedmonth m on m.case_id = c.id and m.month = s.month and m.reopened_on is null),
  reported as (
    select s.month, r.case_id, r.started_on, r.ended_on, r.minutes
    from sent s join filing_filerow r on r.file_id = s.id)
  select distinct d.month from ((table today except table reported) union all (table reported except table today)) d
$$;
"""


class Migration(migrations.Migration):
    """Take the state of the files that are compared."""

    dependencies = [("filing", "0002_security")]
    operations = [migrations.RunSQL(MAKE, BACK)]
