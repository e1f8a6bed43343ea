"""A draft is its user's alone."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableRLS

OWN = "user_id = nullif((select current_setting('lotsen.user', true)), '')::uuid"


class Migration(migrations.Migration):
    """Close and open the table."""

    dependencies = [("core", "0001_initial")]
    operations = [EnableRLS("core_draft", OWN)]
