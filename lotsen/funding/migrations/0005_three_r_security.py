"""A 3R sheet is seen by the programme's units and kept by who looks over it; money by sex is a sum of the ledger."""

from importlib import import_module

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

rows = import_module("lotsen.funding.migrations.0003_security")

MAKE = """
create function lotsen_ledger_by_sex(of_programme uuid, first_month date, last_month date)
returns table (sex text, amount bigint) language sql stable set search_path = public, pg_temp as $$
  select l.sex, coalesce(sum(l.amount), 0)::bigint
  from lotsen_ledger_rows(of_programme, first_month, last_month) l group by 1
$$;
-- Minutes of talks that took place, and how many notes there are: who looks over a programme reads neither, and sees
-- how much of them women and men get.
create function lotsen_contact_by_sex(of_programme uuid) returns table (sex text, minutes bigint, notes bigint)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
  select c.sex::text,
    coalesce(sum((
      select sum(a.minutes) from notes_appointment a where a.case_id = c.id and a.came = 'present')), 0)::bigint,
    coalesce(sum((select count(*) from notes_note n where n.case_id = c.id)), 0)::bigint
  from cases_case c
  where c.programme_id = of_programme and (
    current_setting('role') = 'lotsen_job'
    or c.unit_id = any ((select lotsen_units())::uuid[])
    or c.programme_id = any ((select lotsen_overseen())::uuid[]))
  group by 1
$$;
"""
TAKE = """
drop function lotsen_contact_by_sex(uuid);
drop function lotsen_ledger_by_sex(uuid, date, date);
"""


class Migration(migrations.Migration):
    """Close and open the table; make the function."""

    dependencies = [("funding", "0004_three_r_tables"), ("notes", "0001_initial")]
    operations = [
        migrations.RunSQL(MAKE, TAKE),
        EnableRLS("funding_threer", rows.TAKES_PART, rows.OVERSEES),
        EnableHistoryRLS("funding_threerevent", rows.TAKES_PART),
    ]
