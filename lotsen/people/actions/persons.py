"""What is done with persons."""

import uuid
from datetime import date

from django.utils.translation import gettext as _

from lotsen.access.models import Unit
from lotsen.core import encryption, traces
from lotsen.core.refused import action, refusing
from lotsen.core.text import search_key, sort_key
from lotsen.people.enums import ReadingKind
from lotsen.people.models import Person
from lotsen.people.queries import normal_identity_number


@action
def register_person(
    *, unit: Unit, given_name: str, family_name: str, birth_date: date | None, sex: str = "", identity_number: str = ""
) -> Person:
    """Register a person with the unit that keeps the record. A number that the authority already has is refused."""
    person = Person(
        pk=uuid.uuid4(),
        organisation_id=unit.organisation_id,
        unit=unit,
        given_name=given_name,
        family_name=family_name,
        sort_key=sort_key(f"{family_name} {given_name}"),
        search_key=search_key(f"{given_name} {family_name}"),
        birth_date=birth_date,
        sex=sex,
    )
    if identity_number:
        number = normal_identity_number(identity_number)
        person.identity_sealed = encryption.encrypt(number, person.pk)
        person.identity_index = encryption.blind_index(number)
    taken = _("This identity number is already registered. Search for the person instead.")
    with refusing("person_identity_once_in_organisation", taken, "identity_number"):
        person.save(force_insert=True)
    return person


def show_identity_number(*, person: Person) -> str:
    """Return the identity number for a page that was asked to show it. The log says so."""
    traces.read_by(ReadingKind.NUMBER)
    return person.identity_number
