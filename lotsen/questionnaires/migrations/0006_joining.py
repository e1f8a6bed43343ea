"""Who has the open link of a wave takes part: a recipient without a name, with a link of its own."""

from django.db import migrations

MAKE = """
create function lotsen_join(open_digest text, own_digest text, today date) returns boolean language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  insert into questionnaires_recipient (id, wave_id, programme_id, name, email, links, sent_on)
  select gen_random_uuid(), w.id, w.programme_id, '', '', array[own_digest], today from questionnaires_wave w
  where w.open_link = open_digest and open_digest <> '' and w.closed_on is null
    and today between w.opens_on and w.closes_on;
  return found;
end
$$;
"""


class Migration(migrations.Migration):
    """Make the function."""

    dependencies = [("questionnaires", "0005_open_link_tables")]
    operations = [migrations.RunSQL(MAKE, "drop function lotsen_join(text, text, date)")]
