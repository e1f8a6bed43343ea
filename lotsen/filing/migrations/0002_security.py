"""How far a file is, its unit and who looks over the programme see; its rows, its unit. Sent, it is frozen."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

OWN = "unit_id = any ((select lotsen_units())::uuid[])"
SEEN = f"{OWN} or programme_id = any ((select lotsen_overseen())::uuid[])"
# By the unit, not by the case: also the rows of protected persons, by their substitutes, belong to the file.
OF_FILE = """exists (
  select 1 from filing_monthlyfile f where f.id = file_id and f.unit_id = any ((select lotsen_units())::uuid[]))"""

MAKE = """
-- What was sent, was sent. Only the receipt comes after. An erasure, as the operator, takes the rows of a person.
create function lotsen_keep_sent_file() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    old.receipt := new.receipt;
    if new is not distinct from old then
      return new;
    end if;
  end if;
  raise exception 'a file that is sent stays as it is' using errcode = 'check_violation', constraint = 'file_is_sent';
end
$$;
create trigger file_is_sent before update or delete on filing_monthlyfile
for each row when (old.state = 'sent') execute function lotsen_keep_sent_file();
create function lotsen_keep_sent_rows() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  -- A change of keys seals the same number anew.
  if tg_op = 'UPDATE'
    and (new.id, new.file_id, new.case_id, new.position, new.started_on, new.ended_on, new.minutes, new.is_substitute)
    is not distinct from
    (old.id, old.file_id, old.case_id, old.position, old.started_on, old.ended_on, old.minutes, old.is_substitute) then
    return new;
  end if;
  if exists (select 1 from filing_monthlyfile f where f.id = new.file_id and f.state = 'sent') then
    raise exception 'the rows of a file that is sent stay as they are' using errcode = 'check_violation',
      constraint = 'file_is_sent';
  end if;
  return new;
end
$$;
create trigger file_rows_are_sent before insert or update on filing_filerow
for each row execute function lotsen_keep_sent_rows();

-- From when to when each unit has had participants: days alone, over all of them, also those who are protected.
create function lotsen_file_spans(of_programme uuid) returns table (of_unit uuid, first_day date, last_day date)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.unit_id, min(c.started_on), case when bool_and(c.closed_on is not null) then max(c.closed_on) end
  from cases_case c where c.programme_id = of_programme and c.started_on is not null and c.person_id is not null
  group by c.unit_id
$$;
-- The months whose newest sent file is not what it would be today. Tells months alone, over all participants.
-- Planned anew each time: a plan that was made when the tables were empty reads them row by row ever after.
create function lotsen_changed_files(of_programme uuid, of_unit uuid) returns table (changed date)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
  with sent as (
    select distinct on (f.month) f.id, f.month, (f.month + interval '1 month - 1 day')::date as last_day
    from filing_monthlyfile f
    where f.programme_id = of_programme and f.unit_id = of_unit and f.state = 'sent'
    order by f.month, f.version desc),
  today as (
    select s.month, c.id, c.started_on, case when c.closed_on <= s.last_day then c.closed_on end, coalesce(m.minutes, 0)
    from sent s
    join cases_case c on c.programme_id = of_programme and c.unit_id = of_unit and c.person_id is not null
      and c.started_on <= s.last_day and (c.closed_on is null or c.closed_on >= s.month)
    left join activities_certifiedmonth m on m.case_id = c.id and m.month = s.month and m.reopened_on is null),
  reported as (
    select s.month, r.case_id, r.started_on, r.ended_on, r.minutes
    from sent s join filing_filerow r on r.file_id = s.id)
  select distinct d.month from ((table today except table reported) union all (table reported except table today)) d
$$;
"""
TAKE = """
drop function lotsen_file_spans(uuid);
drop function lotsen_changed_files(uuid, uuid);
drop trigger file_rows_are_sent on filing_filerow;
drop function lotsen_keep_sent_rows();
drop trigger file_is_sent on filing_monthlyfile;
drop function lotsen_keep_sent_file();
"""


class Migration(migrations.Migration):
    """Close and open the tables; make the functions."""

    dependencies = [("filing", "0001_tables"), ("programmes", "0002_own_programmes")]
    operations = [
        EnableRLS("filing_monthlyfile", SEEN, OWN),
        EnableHistoryRLS("filing_monthlyfileevent", SEEN),
        # The worker writes them; on a page nobody does.
        EnableRLS("filing_filerow", OF_FILE, "false"),
        migrations.RunSQL(MAKE, TAKE),
    ]
