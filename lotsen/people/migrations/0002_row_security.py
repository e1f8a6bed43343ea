"""A person is seen by the unit that keeps the record, and by whom a consent opens it to.

A protected one is seen by named readers alone.
The area of cases adds the persons met through a case.
"""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

# Withheld are the protected persons of whom the acting user may not know: few, so that a list of them is quick to ask.
# They are sought in every authority whose rows could otherwise be seen, by unit or by programme.
MAKE = """
create function lotsen_withheld() returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(p.id), '{}') from people_person p
  where p.protection <> 'none'
    and p.organisation_id in (
      select organisation_id from access_unit where id = any ((select lotsen_units())::uuid[])
      union
      select u.organisation_id from access_unit u join programmes_programmeunit t on t.unit_id = u.id
      where t.programme_id = any ((select lotsen_overseen())::uuid[])
      union
      select u.organisation_id from access_unit u join people_consent k on k.from_unit_id = u.id
      where k.to_unit_id = any ((select lotsen_units())::uuid[]))
    and not exists (
      select 1 from people_namedreader r
      where r.person_id = p.id and r.user_id = lotsen_user() and (r.until is null or r.until > now()))
$$;
-- Only on pages that ask for it (core/acting.py, open_by_consent): what is opened is in no list, file or figure.
create function lotsen_grounds() returns setof people_consent language sql stable security definer
set search_path = public, pg_temp as $$
  select * from people_consent
  where current_setting('lotsen.opened', true) = 'on'
    and to_unit_id = any ((select lotsen_units())::uuid[]) and withdrawn_at is null
    and (now() at time zone 'Europe/Stockholm')::date between valid_from and valid_until
$$;
create function lotsen_opened_persons() returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct k.person_id), '{}') from lotsen_grounds() k
  join people_person p on p.id = k.person_id and p.unit_id = k.from_unit_id
  where 'identity' = any(k.categories)
$$;
"""
TAKE = """
drop function lotsen_opened_persons();
drop function lotsen_grounds();
drop function lotsen_withheld();
"""
OWN = "unit_id = any ((select lotsen_units())::uuid[])"


def known(person: str) -> str:
    """Return the condition that the acting user may know of the person in a column."""
    return f"{person} <> all ((select lotsen_withheld())::uuid[])"


OPENED = "any ((select lotsen_opened_persons())::uuid[])"
PARTY = "(from_unit_id = any ((select lotsen_units())::uuid[]) or to_unit_id = any ((select lotsen_units())::uuid[]))"
READER = f"(user_id = (select lotsen_user()) or {OWN} and {known('person_id')})"
# A manager reviews the emergencies of the unit, without seeing whom they were about.
REVIEWS = "(until is not null and unit_id = any ((select lotsen_managed_units())::uuid[]))"
# Whom the acting user sees, by the policies of the person.
OF_PERSON = "exists (select 1 from people_person p where p.id = person_id)"


class Migration(migrations.Migration):
    """Close and open the tables."""

    dependencies = [
        ("people", "0001_initial"),
        ("access", "0002_own_units"),
        ("programmes", "0002_own_programmes"),
    ]
    operations = [
        migrations.RunSQL(MAKE, TAKE),
        EnableRLS("people_person", f"({OWN} or id = {OPENED}) and {known('id')}", f"{OWN} and {known('id')}"),
        EnableHistoryRLS("people_personevent", f"{OWN} and {known('id')}"),
        EnableRLS(
            "people_consent",
            f"{PARTY} and {known('person_id')}",
            f"from_unit_id = any ((select lotsen_units())::uuid[]) and {OF_PERSON}",
        ),
        EnableHistoryRLS("people_consentevent", f"{PARTY} and {known('person_id')}"),
        EnableRLS("people_namedreader", f"{READER} or {REVIEWS}", f"{OWN} and {OF_PERSON} or {REVIEWS}"),
        EnableHistoryRLS("people_namedreaderevent", f"{READER} or {REVIEWS}"),
    ]
