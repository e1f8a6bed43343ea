"""A programme's weighing is read by its units and set by who looks over it; what came of choices is told to these."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableRLS

OF_PROGRAMME = "programme_id = any ((select lotsen_programmes())::uuid[])"
OVERSEEN = "programme_id = any ((select lotsen_overseen())::uuid[])"
MAKE = """
-- What came of each choice, without telling of whom: who looks over a programme reads no decision, which holds words.
create function lotsen_match_outcomes(of_programme uuid)
returns table (rank smallint, findings jsonb, began boolean, is_over boolean, completed boolean, employed boolean)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
  select d.rank, d.findings, coalesce(p.began_on is not null, false),
    coalesce(p.state in ('completed', 'ended_early'), false), coalesce(p.state = 'completed', false),
    exists (
      select 1 from placements_employment e where e.case_id = d.case_id and e.from_on >= coalesce(p.began_on, d."on"))
  from matching_matchdecision d
  join cases_case c on c.id = d.case_id
  left join lateral (
    select p.began_on, p.state from placements_placement p
    where p.case_id = d.case_id and p.opening_id = d.opening_id
    order by p.began_on desc nulls last, p.id limit 1) p on true
  where d.decided = 'chosen' and c.programme_id = of_programme and (
    current_setting('role') = 'lotsen_job'
    or c.unit_id = any ((select lotsen_units())::uuid[])
    or c.programme_id = any ((select lotsen_overseen())::uuid[]))
  order by d.id
$$;
"""


class Migration(migrations.Migration):
    """Close and open the table; make the function."""

    dependencies = [("matching", "0005_weights_tables"), ("placements", "0010_opening_security")]
    operations = [
        migrations.RunSQL(MAKE, "drop function lotsen_match_outcomes(uuid)"),
        EnableRLS("matching_factorweights", OF_PROGRAMME, OVERSEEN),
    ]
