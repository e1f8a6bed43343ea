"""What is done with meetings of several agencies."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core.refused import Refused, action, refusing
from lotsen.people.models import AgendaItem, Person, SharedMeeting


@action
def call_meeting(*, unit: Unit, title: str, on: date, organisations: Iterable[Organisation], by: User) -> SharedMeeting:
    """Call a meeting with other agencies."""
    others = [organisation for organisation in organisations if organisation.pk != unit.organisation_id]
    if not others:
        raise Refused(_("Choose at least one other agency."), "organisations")
    meeting = SharedMeeting.objects.create(unit=unit, title=title, on=on, called_by=by)
    meeting.organisations.set(others)
    return meeting


@action
def put_on_agenda(*, meeting: SharedMeeting, person: Person) -> None:
    """Ask that somebody be spoken of. On the agenda is who has consented to every agency at the table."""
    already = _("%(person)s is asked for already.") % {"person": person}
    with refusing("agenda_item_once_for_person", already, "number"):
        AgendaItem.objects.create(meeting=meeting, person=person)


@action
def take_off_agenda(*, item: AgendaItem) -> None:
    """Let somebody no longer be spoken of."""
    item.delete()
