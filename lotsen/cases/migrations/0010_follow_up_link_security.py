"""A link to a follow-up is seen as the attempts are; who holds it learns what is asked, and answers once."""

from importlib import import_module

from django.db import migrations

from lotsen.core.rowsecurity import EnableRLS

rows = import_module("lotsen.cases.migrations.0003_row_security")

MAKE = """
-- The follow-up that the link of this request asks about, while it holds.
create function lotsen_linked_follow_up() returns setof cases_followuplink language sql stable security definer
set search_path = public, pg_temp as $$
  select l.* from cases_followuplink l join cases_case c on c.id = l.case_id
  where l.link = encode(sha256(convert_to(
      'follow_up:' || nullif(current_setting('lotsen.link', true), ''), 'UTF8')), 'hex')
    and l.sent_on + 60 >= (now() at time zone 'Europe/Stockholm')::date and c.closing = 'exit'
$$;
revoke execute on function lotsen_linked_follow_up() from public;
create function lotsen_follow_up_asked() returns table (names jsonb, unit text, day int, is_answered boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.names, u.name::text, l.day::int, coalesce(f.answered, false)
  from lotsen_linked_follow_up() l join cases_case c on c.id = l.case_id
  join programmes_programme p on p.id = c.programme_id join access_unit u on u.id = c.unit_id
  left join cases_followup f on f.case_id = l.case_id and f.day = l.day
$$;
-- A follow-up that was given up without an answer takes one that comes late; one that is answered stays.
create function lotsen_answer_follow_up(work boolean, education boolean, other boolean, chances boolean)
returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into cases_followup (id, case_id, day, done_on, answered, in_work, in_education, in_other_programme,
    sees_better_chances)
  select gen_random_uuid(), l.case_id, l.day, (now() at time zone 'Europe/Stockholm')::date, true, work, education,
    other, chances
  from lotsen_linked_follow_up() l
  on conflict (case_id, day) do update set done_on = excluded.done_on, answered = true, in_work = work,
    in_education = education, in_other_programme = other, sees_better_chances = chances
  where not cases_followup.answered;
  return found;
end
$$;
"""
TAKE = """
drop function lotsen_answer_follow_up(boolean, boolean, boolean, boolean);
drop function lotsen_follow_up_asked();
drop function lotsen_linked_follow_up();
"""


class Migration(migrations.Migration):
    """Close and open the table; make the functions."""

    dependencies = [("cases", "0009_follow_up_link_tables")]
    operations = [
        EnableRLS("cases_followuplink", rows.of_case("follow_up"), rows.OF_OWN_CASE),
        migrations.RunSQL(MAKE, TAKE),
    ]
