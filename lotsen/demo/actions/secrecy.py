"""What opens a few people's data to another municipality, and one person whose identity is protected."""

from datetime import timedelta

from django.utils import timezone

from lotsen.access.models import Unit, User
from lotsen.cases.models import Case
from lotsen.people.actions import protect_person, record_consent
from lotsen.people.enums import Basis, DataCategory, GivenHow, Protection

PURPOSES = ("Gemensam planering av praktik", "Samordning med kursen på grannorten", "Gemensamt möte om nästa steg")


def open_some(cases: list[Case], staff: dict[Unit, User]) -> None:
    """Record a consent for the first people of each unit, to the next unit of the programme."""
    units = list(staff)
    if len(units) < 2:
        return
    today = timezone.localdate()
    for unit, other in zip(units, [*units[1:], units[0]], strict=True):
        own = [case.person for case in cases if case.unit_id == unit.pk and case.person]
        for person, purpose in zip(own, PURPOSES, strict=False):
            record_consent(
                person=person,
                from_unit=unit,
                to_organisation=other.organisation,
                to_unit=other,
                categories=[DataCategory.PLAN, DataCategory.PLACEMENT],
                valid_from=today - timedelta(days=30),
                valid_until=today + timedelta(days=335),
                by=staff[unit],
                basis=Basis.CONSENT,
                given_how=GivenHow.SIGNED,
                wording="2026-1",
                purpose=purpose,
            )


def protect_one(cases: list[Case], staff: dict[Unit, User]) -> None:
    """Protect the last person of a cohort. Only the coach is named."""
    person = next(case.person for case in reversed(cases) if case.person)
    protect_person(person=person, protection=Protection.CONFIDENTIALITY_MARK, readers=[], by=staff[person.unit])
