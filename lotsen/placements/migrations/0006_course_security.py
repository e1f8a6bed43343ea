"""What hangs on a placement is its unit's; placements are apart, and rest on an analysis; what a link shows."""

from importlib import import_module

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

rows = import_module("lotsen.placements.migrations.0003_row_security")

# Notes of follow-ups and names: who looks over a programme reads neither.
OF_OWN = """exists (
  select 1 from placements_placement p join cases_case c on c.id = p.case_id
  where p.id = placement_id and c.unit_id = any ((select lotsen_units())::uuid[]))"""
OTHERS = ("signature", "visit", "assessment")

MAKE = """
-- Two placements of a case are never at the same time; one may begin on the day when the other ends.
create function lotsen_keep_placements_apart() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if new.state = 'not_started' then
    return null;
  end if;
  perform 1 from cases_case c where c.id = new.case_id for no key update;
  if exists (
    select 1 from placements_placement p
    where p.case_id = new.case_id and p.id <> new.id and p.state <> 'not_started'
      and coalesce(p.began_on, p.from_on) < coalesce(new.ended_on, new.until, 'infinity')
      and coalesce(new.began_on, new.from_on) < coalesce(p.ended_on, p.until, 'infinity')) then
    raise exception 'two placements at the same time: "placements_are_apart"' using errcode = 'check_violation',
      constraint = 'placements_are_apart';
  end if;
  return null;
end
$$;
create trigger placements_are_apart after insert or update of case_id, state, from_on, until, began_on, ended_on
on placements_placement for each row execute function lotsen_keep_placements_apart();
-- Nobody begins at a workplace that nobody has looked at, unless it is said why; an employment is the employer's own.
create function lotsen_ask_for_analysis() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if new.began_on is not null and new.analysis_id is null and new.without_analysis = '' and not exists (
    select 1 from programmes_kind k where k.id = new.kind_id and k.counts_as = 'employment') then
    raise exception 'a placement without an analysis: "placement_has_analysis"' using errcode = 'check_violation',
      constraint = 'placement_has_analysis';
  end if;
  return null;
end
$$;
create trigger placement_has_analysis after insert or update of began_on, analysis_id, without_analysis, kind_id
on placements_placement for each row execute function lotsen_ask_for_analysis();

-- The link of this request, while it holds and the participant lets the workplace see.
create function lotsen_linked_placement() returns setof placements_placementlink language sql stable security definer
set search_path = public, pg_temp as $$
  select l.* from placements_placementlink l join placements_placement p on p.id = l.placement_id
  where l.link = encode(sha256(convert_to(
      'placement:' || nullif(current_setting('lotsen.link', true), ''), 'UTF8')), 'hex')
    and l.sent_on + 60 >= (now() at time zone 'Europe/Stockholm')::date and p.shown_since is not null
$$;
revoke execute on function lotsen_linked_placement() from public;
-- What a workplace gets to see: a first name, the work, whom to call. Each opening is counted.
create function lotsen_placement_shown() returns table (
  purpose text, given_name text, workplace text, kind jsonb, first_day date, last_day date, weekdays int[],
  day_from time, day_to time, schedule text, hours int, tasks text, supervisor text, insurance text, unit text,
  contact text, is_answered boolean, may_answer boolean)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update placements_placementlink k set opened = k.opened + 1, opened_at = now()
  where k.id in (select l.id from lotsen_linked_placement() l);
  return query
  select l.purpose::text, coalesce(n.given_name, '')::text, (w.name || ', ' || e.name)::text, k.names,
    coalesce(p.began_on, p.from_on), coalesce(p.ended_on, p.until), p.weekdays::int[],
    p.day_from, p.day_to, p.schedule::text, p.hours_per_week::int,
    p.tasks::text, coalesce(s.name, '')::text, p.insurance::text, u.name::text,
    coalesce((select a.name || ', ' || a.email from cases_responsibleentry r join access_user a on a.id = r.user_id
      where r.case_id = p.case_id order by r.since desc limit 1), '')::text,
    l.answered_on is not null,
    case l.purpose when 'agreement' then p.state = 'planned' else p.began_on is not null end
  from lotsen_linked_placement() l
  join placements_placement p on p.id = l.placement_id
  join programmes_kind k on k.id = p.kind_id
  join employers_workplace w on w.id = p.workplace_id join employers_employer e on e.id = w.employer_id
  join cases_case c on c.id = p.case_id join access_unit u on u.id = c.unit_id
  left join people_person n on n.id = c.person_id and n.protection = 'none'
  left join employers_contactperson s on s.id = p.supervisor_id;
end
$$;
create function lotsen_sign_placement(by_name text) returns boolean language plpgsql volatile security definer
set search_path = public, pg_temp as $$
declare
  today date := (now() at time zone 'Europe/Stockholm')::date;
  linked placements_placementlink;
begin
  select l.* into linked from lotsen_linked_placement() l join placements_placement p on p.id = l.placement_id
  where l.purpose = 'agreement' and l.answered_on is null and p.state = 'planned';
  if not found then
    return false;
  end if;
  insert into placements_signature (id, placement_id, party, how, name, "on")
  values (gen_random_uuid(), linked.placement_id, 'employer', 'link', left(by_name, 120), today)
  on conflict (placement_id, party) do update set how = 'link', name = excluded.name, "on" = excluded."on";
  update placements_placementlink set answered_on = today where id = linked.id;
  if (select count(*) from placements_signature s where s.placement_id = linked.placement_id) = 3 then
    update placements_placement set state = 'agreed' where id = linked.placement_id;
  end if;
  return true;
end
$$;
create function lotsen_assess_placement(well text, hard text, missed int, would_employ text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  today date := (now() at time zone 'Europe/Stockholm')::date;
  linked placements_placementlink;
begin
  select l.* into linked from lotsen_linked_placement() l join placements_placement p on p.id = l.placement_id
  where l.purpose = 'assessment' and l.answered_on is null and p.began_on is not null;
  if not found then
    return false;
  end if;
  insert into placements_assessment (id, placement_id, voice, "on", went_well, was_hard, hours_missed, would)
  values (gen_random_uuid(), linked.placement_id, 'supervisor', today, well, hard, missed, would_employ)
  on conflict (placement_id, voice) do update set "on" = excluded."on", went_well = excluded.went_well,
    was_hard = excluded.was_hard, hours_missed = excluded.hours_missed, would = excluded.would;
  update placements_placementlink set answered_on = today where id = linked.id;
  return true;
end
$$;
"""
TAKE = """
drop function lotsen_assess_placement(text, text, int, text);
drop function lotsen_sign_placement(text);
drop function lotsen_placement_shown();
drop function lotsen_linked_placement();
drop trigger placement_has_analysis on placements_placement;
drop function lotsen_ask_for_analysis();
drop trigger placements_are_apart on placements_placement;
drop function lotsen_keep_placements_apart();
"""


class Migration(migrations.Migration):
    """Close and open the tables; make triggers and functions."""

    dependencies = [("placements", "0005_followup_tables"), ("employers", "0005_register_security")]
    operations = [
        *(EnableRLS(f"placements_{name}", OF_OWN) for name in (*OTHERS, "placementlink")),
        *(EnableHistoryRLS(f"placements_{name}event", OF_OWN) for name in OTHERS),
        migrations.RunSQL(MAKE, TAKE),
    ]
