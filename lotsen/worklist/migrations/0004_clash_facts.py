"""Classes and other activities at which somebody has a place while a placement holds the same hours."""

from importlib import import_module

from django.db import migrations

first = import_module("lotsen.worklist.migrations.0002_facts")
before = import_module("lotsen.worklist.migrations.0003_placement_facts")

CLASH = """select 'clash', p.case_id, min(s."on"), p.id, count(*)::text, a.title::text
from placements_placement p
join activities_enrolment e on e.case_id = p.case_id and not e.waits
join activities_session s on s.activity_id = e.activity_id and s.cancelled_on is null and s.at is not null
  and s."on" between greatest(today, p.from_on, e.since) and least(today + 60, p.until, e.until)
join activities_activity a on a.id = s.activity_id
where p.case_id = any(going_on) and p.state in ('planned', 'agreed', 'running') and p.day_from is not null
  and extract(isodow from s."on")::int = any(p.weekdays)
  and s.at < p.day_to and s.at + s.minutes * interval '1 minute' > p.day_from
group by p.id, a.id
union all
"""
MADE = first.MAKE.replace(before.OLD, before.NEW)


class Migration(migrations.Migration):
    """Make the function anew."""

    dependencies = [
        ("worklist", "0003_placement_facts"),
        ("placements", "0007_schedule_tables"),
        ("activities", "0006_enrolment_tables"),
    ]
    operations = [
        migrations.RunSQL(first.TAKE, MADE),
        migrations.RunSQL(MADE.replace(before.NEW, CLASH + before.NEW), first.TAKE),
    ]
