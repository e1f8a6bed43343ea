"""Who may count is asked once for each survey, not for each answer: the needs of 50,000 employers in half a second."""

from importlib import import_module

from django.db import migrations

before = import_module("lotsen.questionnaires.migrations.0008_labour_needs")

MAKE = """
create or replace function lotsen_labour_needs(of_programme uuid)
returns table (industry text, occupation text, for_year int, wanted bigint, employers bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with asked as materialized (
    select w.id,
      jsonb_path_query_first(v.definition, '$.sections[*].questions[*] ? (@.kind == "needs")') ->> 'code' as needs,
      jsonb_path_query_first(v.definition, '$.sections[*].questions[*] ? (@.kind == "industry")') ->> 'code' as industry
    from questionnaires_wave w join questionnaires_version v on v.id = w.version_id
    where w.programme_id = of_programme and lotsen_may_count(w.id)),
  said as (
    select r.answers -> a.industry ->> 'value' as industry, r.answers -> a.needs -> 'value' as needs
    from asked a join questionnaires_response r on r.wave_id = a.id and r.completed_on is not null
    where a.needs is not null)
  select coalesce(s.industry, ''), coalesce(n ->> 'occupation', ''), y.key::int, sum(y.value::bigint)::bigint, count(*)
  from said s,
    jsonb_array_elements(case when jsonb_typeof(s.needs) = 'array' then s.needs else '[]'::jsonb end) n,
    jsonb_each_text(n) y
  where y.key ~ '^[0-9]{4}$' and y.value ~ '^[0-9]{1,9}$'
  group by 1, 2, 3
$$;
create or replace function lotsen_labour_asked(of_programme uuid) returns table (asked bigint, answered bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with asking as materialized (
    select w.id from questionnaires_wave w join questionnaires_version v on v.id = w.version_id
    where w.programme_id = of_programme and lotsen_may_count(w.id)
      and jsonb_path_exists(v.definition, '$.sections[*].questions[*] ? (@.kind == "needs")'))
  select count(*), count(q.answered_on) from questionnaires_recipient q join asking a on a.id = q.wave_id
$$;
"""


class Migration(migrations.Migration):
    """Make the functions anew."""

    dependencies = [("questionnaires", "0010_needs_by_employer")]
    operations = [migrations.RunSQL(MAKE, before.MAKE.replace("create function", "create or replace function"))]
