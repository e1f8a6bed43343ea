"""Cases are seen by their unit, by who looks over the programme, and by whom a consent opens them to.

What hangs on a case is seen by who sees the case; for another authority, as far as the consent names that kind of data.
Nobody but named readers sees a case whose person is protected.
"""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

MAKE = """
create function lotsen_opened(category text) returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct c.id), '{}') from lotsen_grounds() k
  join cases_case c on c.person_id = k.person_id and c.unit_id = k.from_unit_id
  where category = any(k.categories) and k.person_id <> all ((select lotsen_withheld())::uuid[])
$$;
"""
OWN = "unit_id = any ((select lotsen_units())::uuid[])"
KNOWN = "(person_id is null or person_id <> all ((select lotsen_withheld())::uuid[]))"
SEEN = f"({OWN} or programme_id = any ((select lotsen_overseen())::uuid[]))"
READ = f"({SEEN} or id = any ((select lotsen_opened('case'))::uuid[])) and {KNOWN}"
OF_OWN_CASE = f"exists (select 1 from cases_case c where c.id = case_id and c.{OWN})"


def of_case(category: str) -> str:
    """Return the condition that a row of the category may be read.

    Exists, not in: the planner may look up the one case of a page, or hash the many of a list.
    """
    opened = f"case_id = any ((select lotsen_opened('{category}'))::uuid[])"
    return f"(exists (select 1 from cases_case c where c.id = case_id and {SEEN}) or {opened})"


#: Each table with the kind of data that a consent must name.
TRACKED = {
    "stepentry": "case",
    "whereaboutsentry": "case",
    "responsibleentry": "case",
    "supportentry": "support",
    "ownrating": "follow_up",
    "followup": "follow_up",
}
MET = f"""
create policy app_read_met on people_person for select to lotsen_app
using (exists (select 1 from cases_case c where c.person_id = people_person.id and c.{OWN}))
"""


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [
        ("cases", "0002_initial"),
        ("people", "0002_row_security"),
        ("programmes", "0002_own_programmes"),
    ]
    operations = [
        migrations.RunSQL(MAKE, "drop function lotsen_opened(text)"),
        EnableRLS("cases_case", READ, f"{OWN} and {KNOWN}"),
        EnableHistoryRLS("cases_caseevent", READ),
        EnableRLS("cases_casetargetgroup", of_case("background"), OF_OWN_CASE),
        *(EnableRLS(f"cases_{name}", of_case(kind), OF_OWN_CASE) for name, kind in TRACKED.items()),
        *(EnableHistoryRLS(f"cases_{name}event", of_case(kind)) for name, kind in TRACKED.items()),
        migrations.RunSQL(MET, "drop policy app_read_met on people_person"),
    ]
