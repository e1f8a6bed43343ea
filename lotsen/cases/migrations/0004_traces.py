"""The function that writes the log of what was read: it knows whose rows these are, and on what the reading rests."""

from django.db import migrations

# Security definer: no page has a right to write into the log, only to call this. Who reads is the acting user, and when
# is now: a caller can say neither.
MAKE = """
create function lotsen_log_reading(kind text, page text, subjects uuid[], reason text) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into people_reading (user_id, kind, page, subjects, units, grounds, reason)
  select lotsen_user(), kind, page, subjects,
    (select coalesce(array_agg(distinct unit_id), '{}') from (
      select unit_id from people_person where id = any(subjects)
      union all select unit_id from cases_case where id = any(subjects)) u),
    (select coalesce(array_agg(k.id), '{}') from lotsen_grounds() k
      where k.from_unit_id <> all ((select lotsen_units())::uuid[])
        and (k.person_id = any(subjects)
          or exists (select 1 from cases_case c where c.person_id = k.person_id and c.id = any(subjects)))),
    reason
  where lotsen_user() is not null
$$;
create function lotsen_open_in_emergency(sought text, sought_indexes bytea[], reason text, minutes int) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  found people_person;
begin
  select p.* into found from people_person p
  where p.protection <> 'none' and p.merged_into_id is null and (
    p.unit_id = any ((select lotsen_units())::uuid[]) and p.id in (
      select id from people_person where identity_index = any(sought_indexes)
      union all select person_id from people_formernumber where number_index = any(sought_indexes))
    or p.id in (
      select c.person_id from cases_case c
      where c.unit_id = any ((select lotsen_units())::uuid[]) and lower(c.number) = lower(sought)))
  limit 1;
  if found.id is null then
    return null;
  end if;
  insert into people_namedreader (id, person_id, unit_id, user_id, named_by_id, named_at, until, reason)
  values (gen_random_uuid(), found.id, found.unit_id, lotsen_user(), lotsen_user(), now(),
    now() + make_interval(mins => minutes), reason);
  return found.id;
end $$;
create function lotsen_audited_subjects(sought text) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  with meant as (
    select id, person_id from cases_case
    where lower(number) = lower(sought) and unit_id = any ((select lotsen_audited_units())::uuid[])
  )
  select coalesce(array_agg(id), '{}') from (
    select id from meant
    union select person_id from meant where person_id is not null
    union select c.id from cases_case c join meant on meant.person_id = c.person_id
    where c.unit_id = any ((select lotsen_audited_units())::uuid[])
  ) found
$$;
create function lotsen_cases_elsewhere(persons uuid[]) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select exists (
    select 1 from cases_case where person_id = any(persons) and unit_id <> all ((select lotsen_units())::uuid[]))
$$;
create function lotsen_referrals() returns table (
  number text, programme uuid, referred_on date, started_on date, closed_on date, closing text)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.number, c.programme_id, c.referred_on, c.started_on, c.closed_on, c.closing from cases_case c
  where c.referred_by_id in (
      select u.organisation_id from access_unit u
      where u.id = any ((select lotsen_units_as(array['referring_officer']))::uuid[]))
    and (c.person_id is null or c.person_id in (select id from people_person where protection = 'none'))
  order by c.referred_on desc, c.number
$$;
create function lotsen_protected_in(programme uuid) returns bigint language sql stable security definer
set search_path = public, pg_temp as $$
  select count(*) from cases_case c
  where c.programme_id = programme and c.started_on is not null
    and c.person_id = any ((select lotsen_withheld())::uuid[])
    and programme = any ((select lotsen_programmes())::uuid[])
    and (c.unit_id = any ((select lotsen_units())::uuid[]) or programme = any ((select lotsen_overseen())::uuid[]))
$$;
"""
TAKE = """
drop function lotsen_referrals();
drop function lotsen_cases_elsewhere(uuid[]);
drop function lotsen_protected_in(uuid);
drop function lotsen_audited_subjects(text);
drop function lotsen_open_in_emergency(text, bytea[], text, int);
drop function lotsen_log_reading(text, text, uuid[], text);
"""


class Migration(migrations.Migration):
    """Make the functions."""

    dependencies = [("cases", "0003_row_security"), ("people", "0005_number_security")]
    operations = [migrations.RunSQL(MAKE, TAKE)]
