"""A participant signs by a link too, without letting the workplace see anything; a workplace reads the materials."""

from importlib import import_module

from django.db import migrations

before = import_module("lotsen.placements.migrations.0006_course_security")

CHANGES = (
    ("and p.shown_since is not null\n", "and (p.shown_since is not null or l.purpose = 'own')\n"),
    (
        "case l.purpose when 'agreement' then p.state = 'planned' else p.began_on is not null end",
        "case when l.purpose in ('agreement', 'own') then p.state = 'planned' else p.began_on is not null end",
    ),
    (
        "where l.purpose = 'agreement' and l.answered_on is null",
        "where l.purpose in ('agreement', 'own') and l.answered_on is null",
    ),
    (
        "values (gen_random_uuid(), linked.placement_id, 'employer', 'link'",
        """values (gen_random_uuid(), linked.placement_id,
    case linked.purpose when 'own' then 'participant' else 'employer' end, 'link'""",
    ),
)
MADE = before.MAKE
for old, new in CHANGES:
    if MADE.count(old) != 1:
        raise ValueError("The functions have changed.")
    MADE = MADE.replace(old, new)
MATERIALS = """
-- What the programme of the linked placement has for its workplaces.
create function lotsen_materials_shown() returns table (title text, body text, link text)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.title::text, m.body, m.link::text from lotsen_linked_placement() l
  join placements_placement p on p.id = l.placement_id join cases_case c on c.id = p.case_id
  join placements_material m on m.programme_id = c.programme_id where l.purpose <> 'own' order by 1
$$;
"""


class Migration(migrations.Migration):
    """Make the functions anew."""

    dependencies = [("placements", "0011_own_link_tables")]
    operations = [
        migrations.RunSQL(before.TAKE, before.MAKE),
        migrations.RunSQL(MADE, before.TAKE),
        migrations.RunSQL(MATERIALS, "drop function lotsen_materials_shown()"),
    ]
