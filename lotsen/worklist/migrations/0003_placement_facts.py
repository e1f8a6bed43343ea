"""What the rules ask of placements: which end, which are to begin, to be followed up, and to be told of."""

from importlib import import_module

from django.db import migrations

before = import_module("lotsen.worklist.migrations.0002_facts")

OLD = """select 'placement', p.case_id, p.ended_on, null, '', w.name::text
from placements_placement p join employers_workplace w on w.id = p.workplace_id
where p.case_id = any(going_on) and p.ended_on >= today
"""
NEW = """select case when p.state in ('planned', 'agreed') then 'to_begin' else 'placement' end, p.case_id,
  case when p.state in ('planned', 'agreed') then p.from_on else p.until end, p.id, p.state::text, w.name::text
from placements_placement p join employers_workplace w on w.id = p.workplace_id
where p.case_id = any(going_on) and (
  p.state in ('planned', 'agreed') or (p.state in ('running', 'paused') and p.until is not null))
union all
select 'visit', p.case_id, coalesce(max(v."on"), p.began_on), p.id, count(v.id)::text, w.name::text
from placements_placement p join employers_workplace w on w.id = p.workplace_id
left join placements_visit v on v.placement_id = p.id
where p.case_id = any(going_on) and p.state = 'running' group by p.id, w.name
union all
select 'not_told', p.case_id, p.ended_on, p.id, '', w.name::text
from placements_placement p join employers_workplace w on w.id = p.workplace_id
where p.case_id = any(going_on) and p.state in ('completed', 'ended_early') and p.ended_on > recent - 30
  and not exists (select 1 from placements_assessment a where a.placement_id = p.id and a.voice = 'supervisor')
"""
if OLD not in before.MAKE:
    raise ValueError("The facts have changed.")


class Migration(migrations.Migration):
    """Make the function anew."""

    dependencies = [("worklist", "0002_facts"), ("placements", "0006_course_security")]
    operations = [
        migrations.RunSQL(before.TAKE, before.MAKE),
        migrations.RunSQL(before.MAKE.replace(OLD, NEW), before.TAKE),
    ]
