"""A meeting is seen by the unit that called it; who is on its agenda, by who sees the person."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

OWN = "unit_id = any ((select lotsen_units())::uuid[])"
OF_PERSON = "exists (select 1 from people_person p where p.id = person_id)"
OF_MEETING = "exists (select 1 from people_sharedmeeting m where m.id = meeting_id)"


class Migration(migrations.Migration):
    """Close the tables."""

    dependencies = [("people", "0006_meeting_tables")]
    operations = [
        EnableRLS("people_sharedmeeting", OWN),
        EnableHistoryRLS("people_sharedmeetingevent", OWN),
        EnableRLS("people_agendaitem", f"{OF_PERSON} and {OF_MEETING}"),
    ]
