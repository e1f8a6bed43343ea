"""The log of readings knows whose a referral is."""

from importlib import import_module

from django.db import migrations

before = import_module("lotsen.records.migrations.0002_row_security").LOG
KNOWN = "union all select unit_id from records_evidence where id = any(subjects)"
assert KNOWN in before
LOG = before.replace(KNOWN, f"{KNOWN}\n      union all select unit_id from referrals_referral where id = any(subjects)")


class Migration(migrations.Migration):
    """Replace the function."""

    dependencies = [("records", "0002_row_security"), ("referrals", "0002_row_security")]
    operations = [migrations.RunSQL(LOG, before)]
