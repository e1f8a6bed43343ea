"""The labour that employers say they need, summed by industry, occupation and year."""

from django.db import migrations

MAKE = """
-- Over all answers of employers to a programme's surveys that ask for labour; no answer is no need of nought.
create function lotsen_labour_needs(of_programme uuid)
returns table (industry text, occupation text, for_year int, wanted bigint, employers bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with kinds as (
    select v.id,
      jsonb_path_query_first(v.definition, '$.sections[*].questions[*] ? (@.kind == "needs")') ->> 'code' as needs,
      jsonb_path_query_first(v.definition, '$.sections[*].questions[*] ? (@.kind == "industry")') ->> 'code' as industry
    from questionnaires_version v
    where v.id in (select w.version_id from questionnaires_wave w where w.programme_id = of_programme)),
  said as (
    select r.answers -> k.industry ->> 'value' as industry, r.answers -> k.needs -> 'value' as needs
    from questionnaires_wave w join kinds k on k.id = w.version_id and k.needs is not null
    join questionnaires_response r on r.wave_id = w.id and r.completed_on is not null
    where w.programme_id = of_programme and lotsen_may_count(w.id))
  select coalesce(s.industry, ''), coalesce(n ->> 'occupation', ''), y.key::int, sum(y.value::numeric)::bigint, count(*)
  from said s,
    jsonb_array_elements(case when jsonb_typeof(s.needs) = 'array' then s.needs else '[]'::jsonb end) n,
    jsonb_each_text(n) y
  where y.key ~ '^[0-9]{4}$' and y.value ~ '^[0-9]+$'
  group by 1, 2, 3
$$;
-- How many employers were asked for it, and how many have answered.
create function lotsen_labour_asked(of_programme uuid) returns table (asked bigint, answered bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*), count(q.answered_on) from questionnaires_recipient q
  join questionnaires_wave w on w.id = q.wave_id join questionnaires_version v on v.id = w.version_id
  where w.programme_id = of_programme and lotsen_may_count(w.id)
    and jsonb_path_exists(v.definition, '$.sections[*].questions[*] ? (@.kind == "needs")')
$$;
"""
TAKE = """
drop function lotsen_labour_asked(uuid);
drop function lotsen_labour_needs(uuid);
"""


class Migration(migrations.Migration):
    """Make the functions."""

    dependencies = [("questionnaires", "0007_reminder_tables")]
    operations = [migrations.RunSQL(MAKE, TAKE)]
