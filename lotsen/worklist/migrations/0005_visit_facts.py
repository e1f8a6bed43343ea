"""A placement is followed up on the days of its kind."""

from importlib import import_module

from django.db import migrations

first = import_module("lotsen.worklist.migrations.0002_facts")
second = import_module("lotsen.worklist.migrations.0003_placement_facts")
before = import_module("lotsen.worklist.migrations.0004_clash_facts")

OLD = """p.id, count(v.id)::text, w.name::text
from placements_placement p join employers_workplace w on w.id = p.workplace_id
left join placements_visit v on v.placement_id = p.id
where p.case_id = any(going_on) and p.state = 'running' group by p.id, w.name
"""
NEW = """p.id, count(v.id)::text || ':' || array_to_string(k.visits, ','), w.name::text
from placements_placement p join employers_workplace w on w.id = p.workplace_id
join programmes_kind k on k.id = p.kind_id
left join placements_visit v on v.placement_id = p.id
where p.case_id = any(going_on) and p.state = 'running' group by p.id, w.name, k.visits
"""
MADE = before.MADE.replace(second.NEW, before.CLASH + second.NEW)
if OLD not in MADE:
    raise ValueError("The facts have changed.")


class Migration(migrations.Migration):
    """Make the function anew."""

    dependencies = [("worklist", "0004_clash_facts"), ("programmes", "0008_visit_tables")]
    operations = [
        migrations.RunSQL(first.TAKE, MADE),
        migrations.RunSQL(MADE.replace(OLD, NEW), first.TAKE),
    ]
