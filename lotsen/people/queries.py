"""Questions over persons, their readers and consents."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from personnummer.personnummer import Personnummer, PersonnummerException

from lotsen.access.enums import CASEWORK_ROLES
from lotsen.access.models import Organisation, Unit, User
from lotsen.core import database, encryption
from lotsen.core.refused import Refused

from .enums import DataCategory, IdentityKind
from .models import AgendaItem, Consent, Merging, NamedReader, Person, SharedMeeting

#: For so many days a merging can be undone.
UNDONE_WITHIN = timedelta(days=30)


def units_that_tell(person: Person, user: User) -> QuerySet[Unit]:
    """Return the user's own units that keep the person's record or a case: those a consent can be recorded for."""
    keeping = {person.unit_id, *person.cases.values_list("unit_id", flat=True)}
    return Unit.objects.filter(pk__in=keeping & set(user.own_units)).order_by("name")


def colleagues(*units: Unit | UUID) -> QuerySet[User]:
    """Return those who work with the people of some units."""
    working = User.objects.filter(is_active=True, memberships__unit__in=units, memberships__role__in=CASEWORK_ROLES)
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


def identity_indexes(text: str) -> list[bytes]:
    """Return the indexes by which a person with this identity number is found; none for what is no number."""
    try:
        return encryption.blind_indexes(normal_identity_number(text))
    except Refused:
        return []


def is_taken(organisation_id: UUID, number: str, person: UUID | None = None) -> bool:
    """Tell whether another record of the authority has a number, or had it, also one that the user may not see."""
    found: bool = database.call("lotsen_number_is_taken", organisation_id, encryption.blind_indexes(number), person)
    return found


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


def kind_of_number(number: str, grade: str) -> IdentityKind:
    """Return the kind of a number. A coordination number has 60 added to its day (SFS 2022:1697, 2 kap.).

    How sure its identity is cannot be read from it, so the grade must be said.
    """
    if int(number[6:8]) <= 60:
        if grade:
            raise Refused(_("This is a personal identity number: it has no grade."), "identity_grade")
        return IdentityKind.PERSONAL
    if grade not in IdentityKind.of_coordination():
        raise Refused(_("This is a coordination number. Say how sure the identity is."), "identity_grade")
    return IdentityKind(grade)


def grade_of(kind: str) -> str:
    """Return how sure the identity behind a coordination number is; others have none."""
    return kind if kind in IdentityKind.of_coordination() else ""


def told_by(number: str) -> tuple[date, str]:
    """Return the day of birth and the sex that twelve digits tell (folkbokföringslagen 1991:481, 18 §).

    The last digit but one is odd for men and even for women. A coordination number has 60 added to its day.
    """
    birth = date(int(number[:4]), int(number[4:6]), (int(number[6:8]) - 1) % 60 + 1)
    return birth, "man" if int(number[10]) % 2 else "woman"


def own_record(number: str, user: User) -> Person:
    """Return the record of the user's own units that a case number or an identity number means."""
    indexes = identity_indexes(number)
    own = Person.objects.kept_by(user)
    found = own.numbered(indexes) if indexes else own.filter(cases__number__iexact=number.strip())
    person = found.select_related("unit").first()
    if person is None:
        raise Refused(_("Your units have no record with that number."), "number")
    return person


def merged_into(pk: UUID) -> UUID | None:
    """Return the record that another one has become a part of."""
    return Person.objects.filter(pk=pk).values_list("merged_into", flat=True).first()


def undoable(person: Person, now: datetime) -> QuerySet[Merging]:
    """Return what has become a part of a record and can be taken apart again."""
    found = person.mergings.filter(undone_at=None, made_at__gt=now - UNDONE_WITHIN)
    return found.select_related("gone", "made_by")


def doubles_of(person: Person) -> list[Person]:
    """Return the records of the unit that may be the same human being: the same name and day of birth."""
    alike = Person.objects.filter(unit=person.unit_id, search_key=person.search_key, merged_into=None)
    alike = alike.filter(birth_date=person.birth_date).exclude(pk=person.pk)
    return list(alike.order_by("pk"))


@dataclass(frozen=True)
class Spoken:
    """Somebody asked for at a meeting: which agencies no consent covers, and what may be told to all of them."""

    item: AgendaItem
    lacking: list[Organisation]
    categories: list[str]


def agenda(meeting: SharedMeeting) -> list[Spoken]:
    """Return who is asked for, each with what the consents in force on the day of the meeting cover.

    On the agenda is who lacks no agency; of what may be told, only what may be told to every agency at the table.
    """
    agencies = list(meeting.organisations.order_by("name"))
    items = list(meeting.items.select_related("person").order_by("person__sort_key"))
    told: dict[UUID, dict[UUID, set[str]]] = {item.person_id: {} for item in items}
    consents = Consent.objects.in_force(meeting.on).filter(person__in=told, from_unit=meeting.unit)
    for consent in consents.filter(to_organisation__in=agencies):
        told[consent.person_id].setdefault(consent.to_organisation_id, set()).update(consent.categories)
    return [_spoken(item, agencies, told[item.person_id]) for item in items]


def _spoken(item: AgendaItem, agencies: list[Organisation], told: dict[UUID, set[str]]) -> Spoken:
    lacking = [agency for agency in agencies if agency.pk not in told]
    common = set.intersection(*told.values()) if told and not lacking else set()
    return Spoken(item, lacking, [str(category.label) for category in DataCategory if category in common])
