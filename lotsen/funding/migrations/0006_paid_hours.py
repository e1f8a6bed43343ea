"""Staff hours of a month whose payment is handed in stay as they are."""

from django.db import migrations

MAKE = """
create function lotsen_keep_paid_hours() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  hours funding_stafftime;
begin
  foreach hours in array array[old, new] loop
    if exists (select 1 from funding_payment p where p.programme_id = hours.programme_id and p.applied_on is not null
               and date_trunc('month', hours."on")::date between p.first and p.last) then
      raise exception 'a payment that is handed in rests on these hours: "staff_time_is_paid"'
        using errcode = 'check_violation', constraint = 'staff_time_is_paid';
    end if;
  end loop;
  return null;
end
$$;
create trigger staff_time_is_paid after insert or update or delete on funding_stafftime
for each row execute function lotsen_keep_paid_hours();
"""
TAKE = """
drop trigger staff_time_is_paid on funding_stafftime;
drop function lotsen_keep_paid_hours();
"""


class Migration(migrations.Migration):
    """Make the trigger."""

    dependencies = [("funding", "0005_three_r_security")]
    operations = [migrations.RunSQL(MAKE, TAKE)]
