"""What is done with persons."""

import uuid
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lotsen.access.models import Unit, User
from lotsen.core import encryption, traces
from lotsen.core.refused import Refused, action, refusing
from lotsen.core.text import search_key, sort_key, sound_key
from lotsen.people.enums import IdentityKind, ReadingKind
from lotsen.people.models import FormerNumber, Person
from lotsen.people.queries import is_taken, kind_of_number, normal_identity_number


@action
def register_person(
    *,
    unit: Unit,
    given_name: str,
    family_name: str,
    birth_date: date | None,
    sex: str = "",
    identity_number: str = "",
    identity_grade: str = "",
    contact: str = "",
) -> Person:
    """Register a person with the unit that keeps the record. A number that the authority already has is refused.

    `identity_grade` is said for a coordination number only: one of the kinds of `IdentityKind.of_coordination`.
    """
    person = Person(pk=uuid.uuid4(), organisation_id=unit.organisation_id, unit=unit, birth_date=birth_date, sex=sex)
    person.contact = contact
    _name(person, given_name, family_name)
    if identity_number:
        _number(person, identity_number, identity_grade)
    with _numbered_once():
        person.save(force_insert=True)
    return person


@action
def correct_person(
    *, person: Person, by: User, identity_number: str = "", identity_grade: str = "", **facts: Any
) -> None:
    """Correct who somebody is: names, day of birth, sex, and the number where a new one is given.

    The number before is kept: the person is found by it still.
    """
    before = person.identity_number
    if identity_number and normal_identity_number(identity_number) != before:
        if before:
            keep_former_number(person=person, number=before, kind=IdentityKind(person.identity_kind), by=by)
        _number(person, identity_number, identity_grade)
    elif identity_grade and person.identity_kind in IdentityKind.of_coordination():
        person.identity_kind = identity_grade
    _name(person, facts["given_name"], facts["family_name"])
    person.birth_date, person.sex = facts["birth_date"], facts["sex"]
    person.contact = facts.get("contact", person.contact)
    with _numbered_once():
        person.save()


def keep_former_number(*, person: Person, number: str, kind: IdentityKind, by: User) -> FormerNumber:
    """Remember a number by which the person is still to be found."""
    key = uuid.uuid4()
    sealed, index = encryption.encrypt(number, key), encryption.blind_index(number)
    return FormerNumber.objects.create(
        pk=key, person=person, kind=kind, number_sealed=sealed, number_index=index, changed_by=by
    )


def show_identity_number(*, person: Person) -> str:
    """Return the identity number for a page that was asked to show it. The log says so."""
    traces.read_by(ReadingKind.NUMBER)
    return person.identity_number


def _name(person: Person, given_name: str, family_name: str) -> None:
    person.given_name, person.family_name = given_name, family_name
    person.sort_key = sort_key(f"{family_name} {given_name}")
    person.search_key = search_key(f"{given_name} {family_name}")
    person.sound_key = sound_key(f"{given_name} {family_name}")


def _number(person: Person, text: str, grade: str) -> None:
    number = normal_identity_number(text)
    kind = kind_of_number(number, grade)
    if is_taken(person.organisation_id, number, person.pk):
        raise Refused(_taken(), "identity_number")
    seal_number(person, number, kind)


def seal_number(person: Person, number: str, kind: IdentityKind) -> None:
    """Put a number on a record, encrypted and indexed. An empty one takes it away."""
    person.identity_kind = kind
    person.identity_sealed = encryption.encrypt(number, person.pk) if number else None
    person.identity_index = encryption.blind_index(number) if number else None


def _taken() -> str:
    return _("This identity number is already registered. Search for the person instead.")


def _numbered_once() -> Any:
    """Turn the database's no into the same sentence, for two who register at the same moment."""
    return refusing("person_identity_once_in_organisation", _taken(), "identity_number")
