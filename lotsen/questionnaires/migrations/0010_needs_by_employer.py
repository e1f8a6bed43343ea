"""What each employer says it needs, by year: for the figures."""

from django.db import migrations

MAKE = """
create function lotsen_needs_by_employer(of_programme uuid, until date)
returns table (employer uuid, for_year int, wanted bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with asked as (
    select w.id,
      jsonb_path_query_first(v.definition, '$.sections[*].questions[*] ? (@.kind == "needs")') ->> 'code' as needs
    from questionnaires_wave w join questionnaires_version v on v.id = w.version_id
    where w.programme_id = of_programme and lotsen_may_count(w.id))
  select q.employer_id, y.key::int, sum(y.value::numeric)::bigint
  from asked a
  join questionnaires_response r on r.wave_id = a.id and r.completed_on <= until
  join questionnaires_recipient q on q.id = r.recipient_id and q.employer_id is not null,
    jsonb_array_elements(case when jsonb_typeof(r.answers -> a.needs -> 'value') = 'array'
      then r.answers -> a.needs -> 'value' else '[]'::jsonb end) n,
    jsonb_each_text(n) y
  where a.needs is not null and y.key ~ '^[0-9]{4}$' and y.value ~ '^[0-9]+$'
  group by 1, 2
$$;
-- What one employer has answered that it needs, to the programmes of whoever asks: the newest answer of each.
create function lotsen_needs_of_employer(of_employer uuid)
returns table (occupation text, for_year int, wanted bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with said as (
    select distinct on (w.programme_id) r.answers -> (jsonb_path_query_first(v.definition,
      '$.sections[*].questions[*] ? (@.kind == "needs")') ->> 'code') -> 'value' as needs
    from questionnaires_recipient q
    join questionnaires_response r on r.recipient_id = q.id and r.completed_on is not null
    join questionnaires_wave w on w.id = q.wave_id
    join questionnaires_version v on v.id = w.version_id
      and jsonb_path_exists(v.definition, '$.sections[*].questions[*] ? (@.kind == "needs")')
    where q.employer_id = of_employer and lotsen_may_count(w.id)
    order by w.programme_id, r.completed_on desc)
  select coalesce(n ->> 'occupation', ''), y.key::int, sum(y.value::numeric)::bigint
  from said s,
    jsonb_array_elements(case when jsonb_typeof(s.needs) = 'array' then s.needs else '[]'::jsonb end) n,
    jsonb_each_text(n) y
  where y.key ~ '^[0-9]{4}$' and y.value ~ '^[0-9]+$' and y.value <> '0'
  group by 1, 2 order by 1, 2
$$;
"""
TAKE = """
drop function lotsen_needs_of_employer(uuid);
drop function lotsen_needs_by_employer(uuid, date);
"""


class Migration(migrations.Migration):
    """Make the functions."""

    dependencies = [("questionnaires", "0009_occupation_needs")]
    operations = [migrations.RunSQL(MAKE, TAKE)]
