"""Members of staff to sign in as."""

import random

from django.contrib.auth.hashers import make_password

from lotsen.access.enums import Role
from lotsen.access.models import Membership, Unit, User
from lotsen.core.text import search_key
from lotsen.demo.queries import PASSWORD
from lotsen.programmes.models import Programme

GIVEN = ("Sara", "Maja", "Nadja", "Pär", "Leila", "Jonas", "Ingrid", "Amir", "Elsa", "Kalle", "Tuva", "Goran")
FAMILY = (
    "Lindqvist",
    "Ek",
    "Holm",
    "Bergman",
    "Nasser",
    "Forsell",
    "Dahl",
    "Rask",
    "Strand",
    "Lund",
    "Vester",
    "Moberg",
)


def employ_staff(programme: Programme) -> dict[Unit, User]:
    """Make the staff of a programme; return the coach of each unit."""
    rng = random.Random(programme.code)  # noqa: S311 - made-up people, the same each time
    names = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    rng.shuffle(names)
    hashed = make_password(PASSWORD, salt="demo" * 6)
    coaches = {}

    def employ(name: str, role: Role, unit: Unit, place: str) -> User:
        address = f"{search_key(role.value).replace('_', '-')}.{place}@{programme.code}.example"
        user = User.objects.filter(email=address).first()
        if user is None:
            user = User.objects.create(email=address, name=name, password=hashed)
        Membership.objects.get_or_create(user=user, unit=unit, role=role)
        return user

    lead = programme.lead_unit
    employ(names.pop(), Role.PROGRAMME_MANAGER, lead, "projekt")
    employ(names.pop(), Role.EVALUATOR, lead, "projekt")
    for unit in programme.units.order_by("name"):
        place = search_key(unit.municipality.name if unit.municipality else unit.name).replace(" ", "-")
        coaches[unit] = employ(names.pop(), Role.COACH, unit, place)
        employ(names.pop(), Role.UNIT_MANAGER, unit, place)
    employ(names.pop(), Role.AUDITOR, lead, "projekt")
    employ(names.pop(), Role.ADMINISTRATOR, lead, "projekt")
    return coaches
