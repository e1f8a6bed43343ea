"""What is done with persons."""

import uuid
from datetime import date

from django.utils.translation import gettext as _
from personnummer.personnummer import Personnummer, PersonnummerException

from lotsen.access.models import Unit
from lotsen.core import encryption
from lotsen.core.refused import Refused, action, refusing
from lotsen.core.text import search_key, sort_key

from .models import Person


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


def normal_identity_number(text: str) -> str:
    """Return a personal identity number or coordination number as twelve digits (SFS 1991:481, 18 §)."""
    try:
        number = Personnummer(text.strip())
    except (PersonnummerException, ValueError):
        raise Refused(
            _("This is not a personal identity number. Write twelve digits: year, month, day and the last four."),
            "identity_number",
        ) from None
    # As a number in between: the rules also take the digits of other scripts.
    return f"{int(number.format(long_format=True)):012}"
