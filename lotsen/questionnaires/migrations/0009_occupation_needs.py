"""What employers need of some occupations, over the programmes of whoever asks."""

from django.db import migrations

MAKE = """
create function lotsen_occupation_needs(of_occupations text[])
returns table (occupation text, for_year int, wanted bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.occupation, n.for_year, sum(n.wanted)::bigint
  from programmes_programme p cross join lateral lotsen_labour_needs(p.id) n
  where p.id = any ((select lotsen_programmes())::uuid[]) and n.occupation = any (of_occupations)
  group by 1, 2 order by 1, 2
$$;
"""


class Migration(migrations.Migration):
    """Make the function."""

    dependencies = [("questionnaires", "0008_labour_needs"), ("programmes", "0002_own_programmes")]
    operations = [migrations.RunSQL(MAKE, "drop function lotsen_occupation_needs(text[])")]
