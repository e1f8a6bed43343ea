"""A board is seen and written by all who work in its programme."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

OWN = """exists (select 1 from questionnaires_board b
  where b.id = board_id and b.programme_id = any ((select lotsen_programmes())::uuid[]))"""


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [("questionnaires", "0003_board_tables"), ("programmes", "0002_own_programmes")]
    operations = [
        *(EnableRLS(f"questionnaires_{name}", OWN) for name in ("note", "measure")),
        *(EnableHistoryRLS(f"questionnaires_{name}event", OWN) for name in ("note", "measure")),
    ]
