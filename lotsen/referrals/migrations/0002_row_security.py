"""A referral is read by who gets it, by who sent it, and by the unit whose case it comes from.

Who sends are the referring officers of an organisation. Case numbers are given out one at a time.
"""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

TO_OWN = "unit_id = any ((select lotsen_units())::uuid[])"
FROM_OWN = """from_organisation_id in (
  select u.organisation_id from access_unit u
  where u.id = any ((select lotsen_units_as(array['referring_officer']))::uuid[]))"""
OF_OWN = """exists (
  select 1 from cases_case c where c.id = {} and c.unit_id = any ((select lotsen_units())::uuid[]))"""
READ = f"({TO_OWN} or {FROM_OWN} or {OF_OWN.format('from_case_id')})"
# What it becomes is a case of one's own.
WRITE = f"{READ} and (case_id is null or {OF_OWN.format('case_id')})"

# Security definer: whoever numbers a case may not see the others. The lock holds until the transaction ends, so that
# two who accept at the same moment get two numbers.
NUMBER = """
create function lotsen_next_case_number(programme uuid) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if programme <> all ((select lotsen_programmes())::uuid[]) and current_setting('role') <> 'lotsen_job' then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(programme::text, 0));
  return (select coalesce(max(substring(number from '-([0-9]{1,9})$')::bigint), 0) + 1
          from cases_case where programme_id = programme);
end $$;
"""


class Migration(migrations.Migration):
    """Close and open the table; replace and make the functions."""

    dependencies = [("referrals", "0001_initial"), ("cases", "0004_traces"), ("programmes", "0002_own_programmes")]
    operations = [
        EnableRLS("referrals_referral", READ, WRITE),
        EnableHistoryRLS("referrals_referralevent", READ),
        migrations.RunSQL(NUMBER, "drop function lotsen_next_case_number(uuid)"),
    ]
