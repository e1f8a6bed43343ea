"""Numbers that somebody had, and mergings, are seen by who sees the person. A number may be taken unseen."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

# Security definer: a number is also taken by somebody whose identity is protected, or whose record another unit keeps.
MAKE = """
create function lotsen_number_is_taken(organisation uuid, indexes bytea[], but uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from people_person p
    where p.identity_index = any(indexes) and p.organisation_id = organisation and p.merged_into_id is null
      and p.id is distinct from but)
  or exists (
    select 1 from people_formernumber f join people_person p on p.id = f.person_id
    where f.number_index = any(indexes) and p.organisation_id = organisation and p.merged_into_id is null
      and p.id is distinct from but)
$$;
"""
OF_PERSON = "exists (select 1 from people_person p where p.id = person_id)"
OF_KEPT = "exists (select 1 from people_person p where p.id = kept_id)"


class Migration(migrations.Migration):
    """Make the function, and close the tables."""

    dependencies = [("people", "0004_number_tables")]
    operations = [
        migrations.RunSQL(MAKE, "drop function lotsen_number_is_taken(uuid, bytea[], uuid)"),
        EnableRLS("people_formernumber", OF_PERSON),
        EnableHistoryRLS("people_formernumberevent", OF_PERSON),
        EnableRLS("people_merging", OF_KEPT),
        EnableHistoryRLS("people_mergingevent", OF_KEPT),
    ]
