"""What is done with protected identities."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from lotsen.access.models import Unit, User
from lotsen.core import database, traces
from lotsen.core.jobs import job
from lotsen.core.refused import Refused, action, refusing
from lotsen.people import notices
from lotsen.people.enums import Protection, ReadingKind
from lotsen.people.models import NamedReader, Person
from lotsen.people.queries import identity_indexes

#: How long an opening in an emergency lasts.
EMERGENCY_MINUTES = 60


@action
def protect_person(*, person: Person, protection: Protection, readers: Iterable[User], by: User) -> None:
    """Protect an identity: from now on only those who are named know of the person. Who protects is one of them."""
    if protection == Protection.NONE:
        raise Refused(_("Choose a kind of protection."), "protection")
    for reader in dict.fromkeys([by, *readers]):
        if not person.named_readers.filter(user=reader, until=None).exists():
            name_reader(person=person, reader=reader, by=by)
    person.protection = protection
    person.save(update_fields=["protection"])


@action
def lift_protection(*, person: Person) -> None:
    """End the protection: the unit sees the person again as any other."""
    person.protection = Protection.NONE
    person.save(update_fields=["protection"])
    person.named_readers.filter(until=None).delete()


@action
def name_reader(*, person: Person, reader: User, by: User) -> None:
    """Let one more user know of a protected person."""
    if person.unit_id not in reader.own_units:
        raise Refused(_("%(user)s does not work with the people of this unit.") % {"user": reader}, "reader")
    already = _("%(user)s is named already.") % {"user": reader}
    with refusing("named_reader_once_for_person", already, "reader"):
        NamedReader.objects.create(person=person, unit_id=person.unit_id, user=reader, named_by=by)


@action
def dismiss_reader(*, reader: NamedReader) -> None:
    """Let a user no longer know of a protected person. The last one stays, or nobody could open the record again."""
    if not NamedReader.objects.filter(person=reader.person_id, until=None).exclude(pk=reader.pk).exists():
        raise Refused(_("This is the last reader. Name another one first, or end the protection."))
    reader.delete()


@action
def open_in_emergency(*, number: str, reason: str, by: User) -> Person:
    """Open a protected person's record for an hour, by case number or identity number. The unit's managers are told."""
    sought = (number.strip(), identity_indexes(number))
    found = database.call("lotsen_open_in_emergency", *sought, reason, EMERGENCY_MINUTES)
    if found is None:
        raise Refused(_("None of your units has a protected person with that number."), "number")
    traces.read_by(ReadingKind.EMERGENCY, reason)
    person = Person.objects.get(pk=found)
    tell_managers.later(unit_id=str(person.unit_id), user_id=str(by.pk))
    return person


@job
def tell_managers(*, unit_id: str, user_id: str) -> None:
    """Mail the managers of a unit that a user opened a protected record. Twice told is better than not."""
    notices.tell_of_emergency(Unit.objects.get(pk=unit_id), User.objects.get(pk=user_id))


@action
def review_emergency(*, opening: NamedReader, by: User, at: datetime) -> None:
    """A manager has looked at an opening in an emergency. Not one's own: somebody else must look."""
    if opening.user_id == by.pk:
        raise Refused(_("You opened this record yourself. Another manager must review it."))
    opening.reviewed_by, opening.reviewed_at = by, at
    opening.save(update_fields=["reviewed_by", "reviewed_at"])
