"""A person is seen by the unit that keeps the record; the area of cases adds those met through a case."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

OWN = "unit_id = any ((select lotsen_units())::uuid[])"


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [("people", "0001_initial"), ("access", "0002_own_units")]
    operations = [EnableRLS("people_person", OWN), EnableHistoryRLS("people_personevent", OWN)]
