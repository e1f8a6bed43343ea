"""What opens a few people's data to others, one protected identity, a meeting of agencies, and retention rules."""

from datetime import timedelta

from django.utils import timezone

from lotsen.access.enums import OrganisationKind
from lotsen.access.models import Organisation, Unit, User
from lotsen.cases.actions import count_anonymous
from lotsen.cases.models import Case
from lotsen.people.actions import call_meeting, protect_person, put_on_agenda, record_consent
from lotsen.people.enums import Basis, DataCategory, GivenHow, Protection
from lotsen.programmes.enums import Sex
from lotsen.programmes.models import Programme
from lotsen.records.actions import decide_retention
from lotsen.records.enums import Kept
from lotsen.records.models import RetentionRule

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


def count_two(programme: Programme, staff: dict[Unit, User]) -> None:
    """Count two who may not be registered."""
    for sex in (Sex.WOMAN, Sex.MAN):
        count_anonymous(programme=programme, unit=next(iter(staff)), sex=sex, year=programme.starts_on.year)


def call_one_meeting(programme: Programme, cases: list[Case], staff: dict[Unit, User]) -> None:
    """Call a meeting with two agencies about two people; one of them has consented to both."""
    unit, coach = next(iter(staff.items()))
    agencies = Organisation.objects.filter(partnerships__programme=programme, kind=OrganisationKind.AGENCY)
    agencies = agencies.exclude(pk=unit.organisation_id).order_by("name")[:2]
    people = [case.person for case in cases if case.unit_id == unit.pk and case.person]
    if not agencies or len(people) < 5:
        return
    day = timezone.localdate() + timedelta(days=7)
    meeting = call_meeting(unit=unit, title="Samverkansmöte", on=day, organisations=agencies, by=coach)
    for person in people[3:5]:
        put_on_agenda(meeting=meeting, person=person)
    for agency in agencies:
        record_consent(
            person=people[3],
            from_unit=unit,
            to_organisation=agency,
            to_unit=None,
            categories=[DataCategory.PLAN],
            valid_from=day - timedelta(days=30),
            valid_until=day + timedelta(days=335),
            by=coach,
            basis=Basis.CONSENT,
            given_how=GivenHow.SIGNED,
            wording="2026-1",
            purpose="Gemensam planering med myndigheterna",
        )


def write_rules(programme: Programme, staff: dict[Unit, User]) -> None:
    """Write down how long the authorities of a programme keep things."""
    owners = {unit.organisation: coach for unit, coach in staff.items()}
    for organisation, by in owners.items():
        if not RetentionRule.objects.filter(organisation=organisation).exists():
            for kind, years in ((Kept.PERSON, 5), (Kept.EVIDENCE, 10), (Kept.READINGS, 5)):
                decide_retention(
                    organisation=organisation,
                    by=by,
                    kind=kind,
                    years=years,
                    ground="Nämndens dokumenthanteringsplan",
                    valid_from=programme.starts_on,
                )
