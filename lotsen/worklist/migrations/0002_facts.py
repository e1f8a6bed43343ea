"""What the rules of the worklist ask of cases, in one statement.

Asked by one statement for each rule, My day costs the server twice as much, most of it for writing and planning the
statements: the plans of this function stay with the connection. It runs as who asks, behind the policies of each table.
"""

from django.db import migrations

# One row a fact: its kind, the case, a day, the row that it stands in, and up to two words.
MAKE = """
create function lotsen_facts(going_on uuid[], ended uuid[], recent date, today date)
returns table (fact text, of_case uuid, of_day date, of_row uuid, word text, more text)
language plpgsql stable as $$
begin
return query
with plan as (
  select distinct on (p.case_id) p.id, p.case_id, p.agreed_on, p.revise_on from plans_plan p
  where p.case_id = any(going_on) and p.agreed_on <= today order by p.case_id, p.agreed_on desc
)
-- Meetings without an outcome, whenever; and all of late.
select 'meeting', a.case_id, a."on", a.id, a.came::text, a.interpreter::text from notes_appointment a
where a.case_id = any(going_on) and (a.came = '' or a."on" > recent)
union all
select 'last_meeting', a.case_id, max(a."on"), null, '', '' from notes_appointment a
where a.case_id = any(going_on) group by a.case_id
union all
select 'without_note', a.case_id, a."on", a.id, '', '' from notes_appointment a
where a.case_id = any(going_on) and a.came = 'present' and a."on" > recent
  and not exists (select 1 from notes_note n where n.appointment_id = a.id)
union all
-- Reached, met, or present at an activity.
select 'contact', g.id, greatest(n."on", a."on", t."on"), null, '', '' from unnest(going_on) g(id)
left join lateral (
  select n."on" from notes_note n where n.case_id = g.id and n.was_reached and n.way <> ''
  order by n."on" desc limit 1) n on true
left join lateral (
  select max(a."on") as "on" from notes_appointment a where a.case_id = g.id and a.came = 'present') a on true
left join lateral (
  select max(s."on") as "on" from activities_attendance t join activities_session s on s.id = t.session_id
  where t.case_id = g.id and t.presence = 'present') t on true
where coalesce(n."on", a."on", t."on") is not null
union all
-- A meeting of a kind of activity has its attendance there.
select 'absent', a.case_id, a."on", null, '', '' from notes_appointment a
where a.case_id = any(going_on) and a.came = 'absent_invalid' and a."on" > recent and a.session_id is null
union all
select 'absent', t.case_id, s."on", null, '', ''
from activities_attendance t join activities_session s on s.id = t.session_id
where t.case_id = any(going_on) and t.presence = 'absent_invalid' and s."on" > recent
union all
(select distinct on (w.case_id) 'whereabouts', w.case_id, w.since, null::uuid, w.whereabouts::text, ''
from cases_whereaboutsentry w where w.case_id = any(going_on) and w.since <= today order by w.case_id, w.since desc)
union all
(select distinct on (s.case_id) 'step', s.case_id, s.since, s.step_id, '', ''
from cases_stepentry s where s.case_id = any(going_on) and s.since <= today order by s.case_id, s.since desc)
union all
select 'plan', plan.case_id, plan.agreed_on, plan.id, '', '' from plan
union all
select 'revise', plan.case_id, plan.revise_on, plan.id, '', '' from plan where plan.revise_on is not null
union all
select 'action', plan.case_id, a.due_on, null, a.who::text, a.text::text
from plan join plans_plangoal g on g.plan_id = plan.id join plans_planaction a on a.goal_id = g.id
where a.done_on is null and a.due_on <= today
union all
select 'consent', c.id, k.valid_until, k.person_id, '', o.name::text
from cases_case c join people_consent k on k.person_id = c.person_id and k.from_unit_id = c.unit_id
join access_organisation o on o.id = k.to_organisation_id
where c.id = any(going_on) and k.withdrawn_at is null and today between k.valid_from and k.valid_until
union all
select 'reference', r.case_id, r.gained_on, null, '', coalesce(nullif(r.workplace, ''), r.name)::text
from profiles_reference r where r.case_id = any(going_on) and r.confirmed_on is null
union all
select 'placement', p.case_id, p.ended_on, null, '', w.name::text
from placements_placement p join employers_workplace w on w.id = p.workplace_id
where p.case_id = any(going_on) and p.ended_on >= today
union all
select 'transfer', r.from_case_id, coalesce(r.decided_on, today), r.id, r.state::text, u.name::text
from referrals_referral r join access_unit u on u.id = r.unit_id
where r.from_case_id = any(going_on) and r.state in ('accepted', 'declined')
union all
select 'waiting', n.case_id, n.waits_until, null, n.waits_for::text, left(n.body, 400) from notes_note n
where n.case_id = any(going_on) and n.waits_for <> '' and n.settled_on is null
union all
select 'followed', f.case_id, f.done_on, null, f.day::text, '' from cases_followup f where f.case_id = any(ended)
union all
select 'attempts', f.case_id, max(f."on"), null, f.day::text, count(*)::text
from cases_followupattempt f where f.case_id = any(ended) group by f.case_id, f.day;
end
$$;
"""
TAKE = "drop function lotsen_facts(uuid[], uuid[], date, date)"


class Migration(migrations.Migration):
    """Make the function."""

    dependencies = [
        ("worklist", "0001_initial"),
        ("activities", "0003_row_security"),
        ("notes", "0002_row_security"),
        ("people", "0009_casework_tables"),
        ("placements", "0003_row_security"),
        ("plans", "0004_goal_security"),
        ("profiles", "0002_row_security"),
        ("referrals", "0002_row_security"),
    ]
    operations = [migrations.RunSQL(MAKE, TAKE)]
