"""An uploaded list is seen and worked on by the unit that has sent it."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableRLS

OWN = "unit_id = any ((select lotsen_units())::uuid[])"
OF_BATCH = f"exists (select 1 from employers_employerimport b where b.id = batch_id and b.{OWN})"


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [("employers", "0009_import_tables")]
    operations = [
        EnableRLS("employers_employerimport", OWN),
        EnableRLS("employers_importrow", OF_BATCH),
    ]
