"""Holds and erasures are seen by the unit, reviews by who audits the authority; and two questions for the database."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

# Security definer: protected persons grow old too, and are nobody's to see; names are compared here and shown nowhere.
MAKE = """
create function lotsen_erasable(in_unit uuid, before date) returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(p.id), '{}') from people_person p
  where p.unit_id = in_unit and p.merged_into_id is null
    and (in_unit = any ((select lotsen_managed_units())::uuid[]) or current_setting('role') <> 'lotsen_app')
    and not exists (
      select 1 from cases_case c where c.person_id = p.id and (c.closed_on is null or c.closed_on >= before))
    and not exists (
      select 1 from cases_followup f join cases_case c on c.id = f.case_id
      where c.person_id = p.id and f.done_on >= before)
    and (exists (select 1 from cases_case c where c.person_id = p.id)
      or not exists (select 1 from people_personevent e where e.pgh_obj_id = p.id and e.pgh_created_at >= before))
    and not exists (
      select 1 from records_legalhold h where h.lifted_at is null
        and (h.person_id = p.id
          or h.programme_id in (select c.programme_id from cases_case c where c.person_id = p.id)))
$$;
create function lotsen_review(authority uuid, since date, until date, readers uuid[], families text[])
returns table (pattern text, reading uuid) language sql stable security definer
set search_path = public, pg_temp as $$
  with units as (
    select array_agg(id) as ids from access_unit
    where organisation_id = authority and id = any ((select lotsen_audited_units())::uuid[])
  ), period as (
    select r.*, r.at at time zone 'Europe/Stockholm' as here, r.kind in ('view', 'number', 'change') as is_of_one
    from people_reading r, units
    where r.units && units.ids
      and r.at >= since::timestamp at time zone 'Europe/Stockholm'
      and r.at < (until + 1)::timestamp at time zone 'Europe/Stockholm'
  ), reader as (
    select * from unnest(readers, families) as reader(id, family) where family <> ''
  ), busy as (
    select id, count(*) over hour as within_hour from period where is_of_one
    window hour as (partition by user_id order by at range between interval '1 hour' preceding and current row)
  )
  select 'sample', id from period
  union all select 'emergency', id from period where kind = 'emergency'
  union all select 'own_name', r.id from period r join reader on reader.id = r.user_id
    where r.is_of_one and exists (
      select 1 from people_person p
      where (p.id = any(r.subjects)
          or p.id in (select c.person_id from cases_case c where c.id = any(r.subjects)))
        and p.search_key like '% ' || reader.family)
  union all select 'many', id from busy where within_hour > 30
  union all select 'outside', r.id from period r
    where r.is_of_one
      and exists (select 1 from cases_responsibleentry e where e.user_id = r.user_id)
      and not exists (
        select 1 from cases_responsibleentry e join cases_case c on c.id = e.case_id
        where e.user_id = r.user_id and (c.id = any(r.subjects) or c.person_id = any(r.subjects)))
  union all select 'night', id from period
    where is_of_one and (extract(hour from here) not between 6 and 19 or extract(isodow from here) > 5)
$$;
"""
TAKE = """
drop function lotsen_review(uuid, date, date, uuid[], text[]);
drop function lotsen_erasable(uuid, date);
"""
# Whose rows these are: those of evidence too.
LOG = """
create or replace function lotsen_log_reading(kind text, page text, subjects uuid[], reason text) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into people_reading (user_id, kind, page, subjects, units, grounds, reason)
  select lotsen_user(), kind, page, subjects,
    (select coalesce(array_agg(distinct unit_id), '{}') from (
      select unit_id from people_person where id = any(subjects)
      union all select unit_id from cases_case where id = any(subjects)
      union all select unit_id from records_evidence where id = any(subjects)) u),
    (select coalesce(array_agg(k.id), '{}') from lotsen_grounds() k
      where k.from_unit_id <> all ((select lotsen_units())::uuid[])
        and (k.person_id = any(subjects)
          or exists (select 1 from cases_case c where c.person_id = k.person_id and c.id = any(subjects)))),
    reason
  where lotsen_user() is not null
$$;
"""
MANAGED = "unit_id = any ((select lotsen_managed_units())::uuid[])"
OWN = "unit_id = any ((select lotsen_units())::uuid[])"
OF_PERSON = "exists (select 1 from people_person p where p.id = person_id)"
HOLD = f"{OWN} and (person_id is null or {OF_PERSON})"
HELD = f"{MANAGED} and (person_id is null or {OF_PERSON})"
OF_ERASURE = f"exists (select 1 from records_erasure e where e.id = erasure_id and e.{MANAGED})"
AUDITED = """exists (
  select 1 from access_unit u
  where u.organisation_id = {table}.organisation_id and u.id = any ((select lotsen_audited_units())::uuid[]))"""
OF_REVIEW = "exists (select 1 from records_logreview v where v.id = review_id)"


class Migration(migrations.Migration):
    """Make the functions, and close the tables."""

    dependencies = [
        ("records", "0001_initial"),
        ("cases", "0004_traces"),
        ("people", "0005_number_security"),
    ]
    operations = [
        migrations.RunSQL(MAKE, TAKE),
        migrations.RunSQL(LOG, migrations.RunSQL.noop),
        EnableRLS("records_legalhold", HOLD, HELD),
        EnableHistoryRLS("records_legalholdevent", HOLD),
        EnableRLS("records_erasureitem", f"({OF_PERSON} or {OF_ERASURE})", OF_ERASURE),
        EnableRLS("records_evidence", MANAGED, "false"),
        EnableRLS("records_logreview", AUDITED.format(table="records_logreview")),
        EnableHistoryRLS("records_logreviewevent", AUDITED.format(table="records_logreviewevent")),
        EnableRLS("records_reviewedreading", OF_REVIEW),
        EnableHistoryRLS("records_reviewedreadingevent", OF_REVIEW),
    ]
