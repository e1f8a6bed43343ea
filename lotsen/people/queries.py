"""Questions over persons, their readers and consents."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from personnummer.personnummer import Personnummer, PersonnummerException

from lotsen.access.enums import CASEWORK_ROLES
from lotsen.access.models import Unit, User
from lotsen.core import database, encryption
from lotsen.core.refused import Refused

from .models import NamedReader, Person


def units_that_tell(person: Person, user: User) -> QuerySet[Unit]:
    """Return the user's own units that keep the person's record or a case: those a consent can be recorded for."""
    keeping = {person.unit_id, *person.cases.values_list("unit_id", flat=True)}
    return Unit.objects.filter(pk__in=keeping & set(user.own_units)).order_by("name")


def colleagues(unit: Unit) -> QuerySet[User]:
    """Return those who work with the people of a unit."""
    working = User.objects.filter(is_active=True, memberships__unit=unit, memberships__role__in=CASEWORK_ROLES)
    return working.distinct().order_by("name")


def not_named(person: Person) -> QuerySet[User]:
    """Return the colleagues who are not named as readers of a protected person."""
    named = NamedReader.objects.filter(person=person, until=None)
    return colleagues(person.unit).exclude(pk__in=named.values("user"))


def emergencies(user: User) -> QuerySet[NamedReader]:
    """Return the openings in an emergency that the user reviews, those not reviewed first."""
    found = NamedReader.objects.filter(until__isnull=False, unit__in=user.managed_units)
    return found.select_related("user", "unit", "reviewed_by").order_by("reviewed_at", "-named_at")


def subjects_of(number: str) -> list[UUID]:
    """Return the person behind a case number with all cases, for who audits their authority."""
    found: list[UUID] = database.call("lotsen_audited_subjects", number.strip())
    return found


def identity_index(text: str) -> bytes | None:
    """Return the index by which a person with this identity number is found; None for what is no number."""
    try:
        return encryption.blind_index(normal_identity_number(text))
    except Refused:
        return None


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
