"""The decision of a subsidised employment ends: seen ahead as the end of the placement is."""

from importlib import import_module

from django.db import migrations

first = import_module("lotsen.worklist.migrations.0002_facts")
before = import_module("lotsen.worklist.migrations.0005_visit_facts")

DECISION = """select 'decision', p.case_id, p.subsidy_until, p.id, p.subsidy::text, w.name::text
from placements_placement p join employers_workplace w on w.id = p.workplace_id
where p.case_id = any(going_on) and p.state in ('running', 'paused') and p.subsidy_until is not null
union all
"""
BEGINS = "select 'not_told', p.case_id"
MADE = before.MADE.replace(before.OLD, before.NEW)
if MADE.count(BEGINS) != 1:
    raise ValueError("The facts have changed.")


class Migration(migrations.Migration):
    """Make the function anew."""

    dependencies = [("worklist", "0005_visit_facts"), ("placements", "0009_employment_tables")]
    operations = [
        migrations.RunSQL(first.TAKE, MADE),
        migrations.RunSQL(MADE.replace(BEGINS, DECISION + BEGINS), first.TAKE),
    ]
