"""Who reads answers, and what a link opens; a version in use never changes; nobody reads anonymous answers one by one.

A link opens two rows to who holds it, by two digests of it that cannot be told from each other: the recipient, and the
own answers that are not yet sent. So nothing that is stored joins an anonymous answer to whom the link was sent to.
"""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

LINK = """
create function lotsen_link_as(kind text) returns text language sql stable as $$
  select encode(sha256(convert_to(kind || ':' || nullif(current_setting('lotsen.link', true), ''), 'UTF8')), 'hex')
$$;
-- Asked once a statement, by the index on the links.
create function lotsen_linked_recipient() returns uuid language sql stable security definer
set search_path = public, pg_temp as $$
  select id from questionnaires_recipient where links @> array[lotsen_link_as('recipient')]::varchar[] limit 1
$$;
"""
VERSION = """
create function lotsen_keep_version() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if exists (select 1 from questionnaires_wave where version_id = old.id)
     or exists (select 1 from questionnaires_response where version_id = old.id) then
    raise exception 'a version that is in use never changes' using errcode = 'check_violation',
      constraint = 'version_in_use_never_changes';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;
create trigger version_in_use_never_changes before update or delete on questionnaires_version
for each row execute function lotsen_keep_version();
"""
# Sent answers are written anew together with others of the same wave, drawn by lot: otherwise the order of the rows on
# disk, and the transaction that wrote them, would tell when each came.
HAND_IN = """
create function lotsen_hand_in() returns void language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  mine uuid;
  of_wave uuid;
begin
  update questionnaires_response r set link = '', completed_on = w.opens_on
  from questionnaires_wave w where w.id = r.wave_id and r.link = lotsen_link_as('response')
  returning r.id, r.wave_id into mine, of_wave;
  if mine is null then
    return;
  end if;
  with drawn as (
    (select id from questionnaires_response
     where wave_id = of_wave and is_anonymous and completed_on is not null and id >= gen_random_uuid()
     order by id limit 50)
    union
    (select id from questionnaires_response
     where wave_id = of_wave and is_anonymous and completed_on is not null
     order by id limit 50)
    union select mine
  ), gone as (
    delete from questionnaires_response where id in (select id from drawn) returning *
  )
  insert into questionnaires_response (id, version_id, programme_id, unit_id, wave_id, voice, is_anonymous, link,
    answers, scores, revision, completed_on)
  select gen_random_uuid(), version_id, programme_id, unit_id, wave_id, voice, is_anonymous, link, answers, scores,
    revision, completed_on
  from gone order by random();
end
$$;
"""
# Asked by who holds the link, and sees no other recipient.
ASKED = """
create function lotsen_is_asked_of_enough(recipient uuid) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select count(*) >= w.smallest_group from questionnaires_recipient q
  join questionnaires_recipient o on o.wave_id = q.wave_id and o.unit_id = q.unit_id
  join questionnaires_wave w on w.id = q.wave_id
  where q.id = recipient group by w.smallest_group
$$;
"""
# The only way to anonymous answers. A unit is told apart where it has enough answers, and where those that are not told
# apart are enough together: one small unit could be counted out from the whole.
COUNTS = """
create function lotsen_may_count(of_wave uuid) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select current_setting('role') = 'lotsen_job' or exists (
    select 1 from questionnaires_wave where id = of_wave and programme_id = any ((select lotsen_programmes())::uuid[]))
$$;
create function lotsen_wave_rates(waves uuid[])
returns table (wave_id uuid, unit_id uuid, asked bigint, answered bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select q.wave_id, q.unit_id, count(*), count(q.answered_on) from questionnaires_recipient q
  where q.wave_id = any (waves) and lotsen_may_count(q.wave_id) group by 1, 2
$$;
create function lotsen_wave_units(of_wave uuid) returns table (unit_id uuid, answers bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with counted as (
    select r.unit_id, count(*) as n, row_number() over (order by count(*)) as place, w.smallest_group as least
    from questionnaires_response r join questionnaires_wave w on w.id = r.wave_id
    where w.id = of_wave and r.completed_on is not null and r.unit_id is not null and lotsen_may_count(of_wave)
    group by r.unit_id, w.smallest_group
  ), apart as (
    select *, coalesce(sum(n) filter (where n < least) over (), 0)
      + (select count(*) from questionnaires_response
         where wave_id = of_wave and completed_on is not null and unit_id is null) as hidden,
      row_number() over (partition by n < least order by n) as nth
    from counted
  )
  select unit_id, n from apart
  where n >= least and not (hidden > 0 and hidden < least and nth = 1)
$$;
create function lotsen_wave_counts(of_wave uuid, texts text[])
returns table (unit_id uuid, question text, item text, value text, n bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with r as materialized (
    select r.unit_id, r.answers, r.scores from questionnaires_response r join questionnaires_wave w on w.id = r.wave_id
    where w.id = of_wave and r.completed_on is not null and lotsen_may_count(of_wave)
      and w.smallest_group <= (
        select count(*) from questionnaires_response a where a.wave_id = of_wave and a.completed_on is not null)
  ), e as materialized (
    select r.unit_id, each.key, each.value -> 'value' as value, jsonb_typeof(each.value -> 'value') as type
    from r, jsonb_each(r.answers) each where each.key <> all (texts)
  ), cell as (
    select e.unit_id, key, '' as item, value #>> '{}' as value from e where type in ('string', 'number')
    union all
    select e.unit_id, key, '', null from e where type is null
    union all
    select e.unit_id, e.key, i.key, i.value from e, jsonb_each_text(e.value) i where type = 'object'
    union all
    select e.unit_id, e.key, '', i from e, jsonb_array_elements(e.value) a, lateral (select a #>> '{}' as i) i
    where type = 'array' and jsonb_typeof(a) = 'string'
    union all
    select r.unit_id, '=' || s.key, '', s.value from r, jsonb_each_text(r.scores) s
  ), by_unit as (
    select cell.unit_id, key, item, cell.value, count(*) as n from cell group by 1, 2, 3, 4
  )
  select null::uuid, key, item, by_unit.value, sum(by_unit.n)::bigint from by_unit group by 2, 3, 4
  union all
  select b.unit_id, key, item, b.value, b.n from by_unit b
  where b.unit_id in (select u.unit_id from lotsen_wave_units(of_wave) u)
$$;
create function lotsen_wave_texts(of_wave uuid, texts text[])
returns table (question text, value text)
language sql volatile security definer set search_path = public, pg_temp as $$
  select each.key, each.value ->> 'value' from questionnaires_response r
  join questionnaires_wave w on w.id = r.wave_id, jsonb_each(r.answers) each
  where w.id = of_wave and r.completed_on is not null and each.key = any (texts) and each.value ? 'value'
    and lotsen_may_count(of_wave) and w.smallest_group <= (
      select count(*) from questionnaires_response a where a.wave_id = of_wave and a.completed_on is not null)
  order by random()
$$;
"""
TAKE = """
drop function lotsen_wave_texts(uuid, text[]);
drop function lotsen_wave_counts(uuid, text[]);
drop function lotsen_wave_units(uuid);
drop function lotsen_wave_rates(uuid[]);
drop function lotsen_may_count(uuid);
drop function lotsen_is_asked_of_enough(uuid);
drop function lotsen_hand_in();
drop trigger version_in_use_never_changes on questionnaires_version;
drop function lotsen_keep_version();
"""
OVERSEEN = "programme_id = any ((select lotsen_overseen())::uuid[])"
OWN = "unit_id = any ((select lotsen_units())::uuid[])"
HELD = "id = (select lotsen_linked_recipient())"
OF_CASE = f"""(exists (select 1 from cases_case c where c.id = case_id and (c.{OWN} or c.{OVERSEEN}))
  or case_id = any ((select lotsen_opened('assessment'))::uuid[]))"""
OF_OWN_CASE = f"exists (select 1 from cases_case c where c.id = case_id and c.{OWN})"
BY_LINK = """(link <> '' and link = (select lotsen_link_as('response'))
  or recipient_id = (select lotsen_linked_recipient()))"""
READ = f"case when case_id is not null then {OF_CASE} else not is_anonymous and {OVERSEEN} end or {BY_LINK}"
READ_HISTORY = f"case when case_id is not null then {OF_CASE} else {OVERSEEN} end"


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [
        ("questionnaires", "0001_initial"),
        ("cases", "0003_row_security"),
        ("programmes", "0002_own_programmes"),
    ]
    operations = [
        migrations.RunSQL(LINK, "drop function lotsen_linked_recipient(); drop function lotsen_link_as(text)"),
        migrations.RunSQL(VERSION + HAND_IN + ASKED + COUNTS, TAKE),
        EnableRLS("questionnaires_recipient", f"{OVERSEEN} or {HELD} or {OF_OWN_CASE}", f"{OVERSEEN} or {HELD}"),
        EnableHistoryRLS("questionnaires_recipientevent", f"{OVERSEEN} or {OF_OWN_CASE}"),
        EnableRLS("questionnaires_response", READ, f"{OF_OWN_CASE} or {BY_LINK}"),
        EnableHistoryRLS("questionnaires_responseevent", READ_HISTORY),
    ]
