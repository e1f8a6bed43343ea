"""The figures that were loaded before they had a history begin it now."""

from django.db import migrations

BEGIN = """
insert into employers_occupationsexesevent
  (id, occupation, year, women, men, source, loaded_on, pgh_created_at, pgh_label, pgh_obj_id)
select s.id, s.occupation, s.year, s.women, s.men, s.source, s.loaded_on, now(), 'insert', s.id
from employers_occupationsexes s
where not exists (select 1 from employers_occupationsexesevent e where e.pgh_obj_id = s.id)
"""


class Migration(migrations.Migration):
    """Write the first line of each."""

    dependencies = [("employers", "0014_supervises_tables")]
    operations = [migrations.RunSQL(BEGIN, migrations.RunSQL.noop)]
