"""What is done with activities."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, Unit
from lotsen.cases.models import Case
from lotsen.core.refused import Refused, action
from lotsen.programmes.enums import Category
from lotsen.programmes.models import Kind

from .enums import Presence
from .models import Activity, Attendance, Session


@action
def plan_activity(
    *, kind: Kind, title: str, minutes: int, days: Iterable[date], unit: Unit | None = None
) -> list[Session]:
    """Plan an activity of one of the programme's kinds, with a session on each of the days."""
    if kind.category != Category.ACTIVITY:
        raise Refused(_("%(kind)s is not a kind of activity.") % {"kind": kind})
    activity = Activity.objects.create(programme=kind.programme, kind=kind, unit=unit, title=title)
    return Session.objects.bulk_create(Session(activity=activity, on=day, minutes=minutes) for day in days)


@action
def call_roll(
    *, session: Session, cases: Mapping[Case, Presence], organisations: Mapping[Organisation, Presence] | None = None
) -> None:
    """Write down who came to a session. The present get the minutes of the session. Calling again corrects."""
    rows = [_row(session, presence, case=case) for case, presence in cases.items()]
    rows += [_row(session, presence, organisation=who) for who, presence in (organisations or {}).items()]
    programme_id = session.activity.programme_id
    if any(case.programme_id != programme_id for case in cases):
        raise Refused(_("Somebody on the list does not take part in this programme."))
    Attendance.objects.filter(session=session).delete()
    Attendance.objects.bulk_create(rows)


def _row(session: Session, presence: Presence, **who: Case | Organisation) -> Attendance:
    minutes = session.minutes if presence == Presence.PRESENT else 0
    return Attendance(session=session, presence=presence, minutes=minutes, **who)
