"""Rows for tests, made by the actions that staff use where there is one.

A factory makes what is asked and nothing that a test could not guess: one unit a programme, one case a person.
"""

from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from lotsen.access.actions import hash_of
from lotsen.access.enums import OrganisationKind, Role
from lotsen.access.models import INVITED_FOR, Invitation, Membership, Organisation, SecrecyDomain, Unit, User
from lotsen.activities.actions import call_roll, plan_activity
from lotsen.activities.enums import Presence
from lotsen.cases.actions import (
    end_case,
    enter_step,
    enter_whereabouts,
    rate_distance,
    record_follow_up,
    refer_case,
    start_case,
    transfer_case,
)
from lotsen.cases.enums import Occasion, Whereabouts
from lotsen.cases.models import Case
from lotsen.employers.enums import Sector
from lotsen.employers.models import Employer, Workplace
from lotsen.people.actions import keep_former_number, record_consent, register_person
from lotsen.people.enums import DataCategory, GivenHow, IdentityKind
from lotsen.people.models import AgendaItem, Consent, Merging, NamedReader, Person, SharedMeeting
from lotsen.placements.actions import begin_placement, end_placement
from lotsen.plans.actions import agree_plan
from lotsen.programmes.enums import Category, CountsAs, Outcome, PartnerRole, Sex, Support
from lotsen.programmes.models import (
    Destination,
    ExitReason,
    Kind,
    Partner,
    Programme,
    ProgrammeUnit,
    Step,
    TargetGroup,
)
from lotsen.questionnaires.actions import begin_response, hand_in, save_answers
from lotsen.questionnaires.enums import Quadrant, Voice
from lotsen.questionnaires.models import Board, Recipient, Wave
from lotsen.questionnaires.queries import digest, newest_by_code
from lotsen.records.actions import lift_hold
from lotsen.records.enums import ErasureState, Kept
from lotsen.records.models import Erasure, ErasureItem, Evidence, LegalHold, LogReview, RetentionRule

#: Only the Tax Agency's official test numbers (tests/data/README.md).
NUMBERS = (Path(__file__).parent / "data" / "test-personnummer.txt").read_text().split()
ARVIDSJAUR, ALVSBYN, PITEA = "2505", "2560", "2581"


def text(swedish: str, english: str) -> dict[str, str]:
    """Return a text in both languages."""
    return {"sv": swedish, "en": english}


class OrganisationFactory(DjangoModelFactory):
    """A municipality."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Provkommunen {n}")
    kind = OrganisationKind.MUNICIPALITY
    municipality_id = PITEA


class SecrecyDomainFactory(DjangoModelFactory):
    """A branch of its own, where people are sought by name and number only."""

    class Meta:
        model = SecrecyDomain

    code = factory.Sequence(lambda n: f"prov-{n}")


class UnitFactory(DjangoModelFactory):
    """A unit, a secrecy domain by itself."""

    class Meta:
        model = Unit

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Provenheten {n}")
    municipality_id = factory.SelfAttribute("organisation.municipality_id")
    secrecy_domain = factory.SubFactory(SecrecyDomainFactory)


class UserFactory(DjangoModelFactory):
    """Somebody without a role. `MembershipFactory` or `staff()` gives one."""

    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Prov Personal {n}")
    email = factory.Sequence(lambda n: f"personal{n}@exempel.se")


class MembershipFactory(DjangoModelFactory):
    """A coach in a unit."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.COACH


#: The token of an invitation that is made here.
TOKEN = "prov-token"


class InvitationFactory(DjangoModelFactory):
    """An invitation to be a coach, that holds for a week."""

    class Meta:
        model = Invitation

    name = factory.Sequence(lambda n: f"Prov Inbjuden {n}")
    email = factory.Sequence(lambda n: f"inbjuden{n}@exempel.se")
    unit = factory.SubFactory(UnitFactory)
    role = Role.COACH
    invited_by = factory.SubFactory(UserFactory)
    token_hash = hash_of(TOKEN)
    expires_at = factory.LazyFunction(lambda: timezone.now() + INVITED_FOR)


def staff(unit: Unit, role: Role = Role.COACH) -> User:
    """Make a user with one role in one unit."""
    return MembershipFactory(unit=unit, role=role).user


class ProgrammeFactory(DjangoModelFactory):
    """A programme that runs 2026-2027, with its lead unit taking part and short lists. `units` adds more units."""

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"prov-{n}")
    names = factory.LazyAttribute(lambda p: text(f"Provprojektet {p.code}", f"Test project {p.code}"))
    summary = factory.LazyFunction(lambda: text("Ett projekt för prov.", "A project for tests."))
    starts_on = date(2026, 1, 1)
    ends_on = date(2027, 12, 31)
    fund = factory.LazyFunction(lambda: text("Europeiska socialfonden", "European Social Fund"))
    lead_unit = factory.SubFactory(UnitFactory)
    budget = 100_000_000
    age_bounds = factory.LazyFunction(lambda: [16, 25, 65])
    follow_up_days = factory.LazyFunction(lambda: [90])

    @factory.post_generation
    def units(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        for unit in dict.fromkeys([self.lead_unit, *(extracted or [])]):
            ProgrammeUnit.objects.create(programme=self, unit=unit)
        owner = [PartnerRole.OWNER]
        Partner.objects.create(programme=self, organisation=self.lead_unit.organisation, roles=owner, position=0)

    @factory.post_generation
    def lists(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        def line(model: Any, position: int, code: str, swedish: str, english: str, **fields: Any) -> None:
            model.objects.create(programme=self, code=code, names=text(swedish, english), position=position, **fields)

        line(Step, 0, "tillit", "Tillit", "Trust", weeks=4)
        line(Step, 1, "matchning", "Matchning", "Matching")
        line(Destination, 0, "arbete", "Arbete", "Work", outcome=Outcome.WORK)
        line(Destination, 1, "studier", "Studier", "Studies", outcome=Outcome.STUDIES)
        line(Destination, 2, "annat", "Annat", "Other", outcome=Outcome.OTHER)
        line(ExitReason, 0, "klar", "Klar", "Done")
        line(ExitReason, 1, "flytt", "Flyttat", "Moved")
        line(Kind, 0, "kurs", "Kurs", "Course", category=Category.ACTIVITY)
        line(
            *(Kind, 1, "styrgrupp", "Styrgrupp", "Steering group"),
            category=Category.ACTIVITY,
            counts_as=CountsAs.STEERING_GROUP,
        )
        line(Kind, 0, "praktik", "Praktik", "Internship", category=Category.PLACEMENT)
        line(Kind, 0, "sprak", "Språkstöd", "Language support", category=Category.MEASURE)
        line(TargetGroup, 0, "unga", "Unga", "The young", rule=[{"fact": "age", "from": 16, "to": 24}])
        line(TargetGroup, 1, "kvinnor", "Kvinnor", "Women", rule=[{"fact": "sex", "is": "woman"}])


class PersonFactory(DjangoModelFactory):
    """A woman with an official test number, whose record a unit keeps."""

    class Meta:
        model = Person

    unit = factory.SubFactory(UnitFactory)
    given_name = factory.Sequence(lambda n: f"Prov{n}")
    family_name = "Personsson"
    identity_number = factory.Iterator(cycle(NUMBERS))
    birth_date = factory.LazyAttribute(lambda p: _born(p.identity_number))
    sex = Sex.WOMAN

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **fields: Any) -> Person:
        return register_person(**fields)


def _born(number: str) -> date | None:
    """Return the day that a test number tells, where it tells one: a coordination number adds 60 to the day."""
    return date(int(number[:4]), int(number[4:6]), int(number[6:8]) % 60) if number else None


class CaseFactory(DjangoModelFactory):
    """A case referred on 1 February 2026. Traits: started, ended (to work), transferred."""

    class Meta:
        model = Case

    class Params:
        started = factory.Trait(started_on=date(2026, 3, 1))
        ended = factory.Trait(started=True, closed_on=date(2026, 9, 1), destination="arbete", reason="klar")
        transferred = factory.Trait(started=True, closed_on=date(2026, 9, 1), transferred_to="Enheten för arbete")

    programme = factory.SubFactory(ProgrammeFactory)
    unit = factory.SelfAttribute("programme.lead_unit")
    person = factory.SubFactory(PersonFactory, unit=factory.SelfAttribute("..unit"))
    number = factory.Sequence(lambda n: f"2026-{n:04}")
    referred_on = date(2026, 2, 1)
    started_on = None
    closed_on = None
    destination = None
    reason = None
    transferred_to = ""
    support = Support.INCOME_SUPPORT
    by = None
    facts = factory.LazyFunction(lambda: {"sex": Sex.WOMAN, "age": 23})

    @classmethod
    def _create(cls, model_class: type[Case], *args: Any, **given: Any) -> Case:
        programme = given["programme"]
        case = refer_case(
            on=given["referred_on"],
            **{name: given[name] for name in ("programme", "unit", "person", "number", "facts")},
        )
        if given["started_on"]:
            start_case(case=case, on=given["started_on"], support=given["support"], by=given["by"])
        if given["transferred_to"]:
            transfer_case(case=case, on=given["closed_on"], to=given["transferred_to"])
        elif given["closed_on"]:
            end_case(
                case=case,
                on=given["closed_on"],
                destination=Destination.objects.get(programme=programme, code=given["destination"]),
                reason=ExitReason.objects.get(programme=programme, code=given["reason"]),
            )
        return case


class RetentionRuleFactory(DjangoModelFactory):
    """The records of persons are kept for five years, since long ago."""

    class Meta:
        model = RetentionRule

    organisation = factory.SubFactory(OrganisationFactory)
    kind = Kept.PERSON
    years = 5
    ground = "Dokumenthanteringsplan, prov"
    valid_from = factory.Sequence(lambda n: date(2000, 1, 1) + timedelta(days=n))
    decided_by = factory.SubFactory(UserFactory)


class ErasureFactory(DjangoModelFactory):
    """An erasure that was withdrawn."""

    class Meta:
        model = Erasure

    unit = factory.SubFactory(UnitFactory)
    rule = factory.SubFactory(RetentionRuleFactory, organisation=factory.SelfAttribute("..unit.organisation"))
    state = ErasureState.WITHDRAWN
    closed_before = date(2020, 1, 1)
    grace_until = date(2025, 2, 1)
    persons = 1
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = factory.LazyFunction(timezone.now)


def consent_to(unit: Unit, person: Person, by: User, **given: Any) -> Consent:
    """Record a consent that opens a person's data to a unit, in force today. Categories: the plan, unless others."""
    today = timezone.localdate()
    fields = {
        "from_unit": person.unit,
        "to_organisation": unit.organisation,
        "to_unit": unit,
        "categories": [DataCategory.PLAN],
        "valid_from": today,
        "valid_until": today,
        "purpose": "Prov",
        "given_how": GivenHow.SIGNED,
    }
    return record_consent(person=person, by=by, **{**fields, **given})


def whole_case(**given: Any) -> Case:
    """Make a case, ended to work, with a row in every table that hangs on a case. Takes what `CaseFactory` takes."""
    case = CaseFactory(started=True, **{"by": staff(given["unit"]), **given})
    programme, kinds = case.programme, case.programme.kinds
    enter_step(case=case, step=programme.steps.get(code="tillit"), since=date(2026, 3, 1))
    enter_whereabouts(case=case, whereabouts=Whereabouts.ACTIVITY, since=date(2026, 3, 2))
    rate_distance(case=case, occasion=Occasion.START, on=date(2026, 3, 1), distance=3)
    agree_plan(case=case, on=date(2026, 3, 15))
    (session,) = plan_activity(kind=kinds.get(code="kurs"), title="Kurs", minutes=120, days=[date(2026, 4, 1)])
    call_roll(session=session, cases={case: Presence.PRESENT})
    employer = Employer.objects.create(name=f"Provbolaget {case.pk}", sector=Sector.values[0])
    workplace = Workplace.objects.create(employer=employer, name="Verkstaden", municipality_id=PITEA)
    kind = kinds.get(code="praktik")
    placement = begin_placement(case=case, workplace=workplace, kind=kind, on=date(2026, 5, 1))
    end_placement(placement=placement, on=date(2026, 8, 1))
    work, done = programme.destinations.get(code="arbete"), programme.exitreasons.get(code="klar")
    end_case(case=case, on=date(2026, 9, 1), destination=work, reason=done)
    answers = {"in_work": True, "in_education": False, "in_other_programme": False, "sees_better_chances": True}
    record_follow_up(case=case, day=90, on=date(2026, 11, 30), answers=answers)
    # To a unit that has nothing to do with any test.
    by = UserFactory()
    consent_to(UnitFactory(), case.person, by, from_unit=case.unit)
    NamedReader.objects.create(person=case.person, unit=case.unit, user=by, named_by=by)
    double = PersonFactory(unit=case.unit, identity_number="", family_name=case.person.family_name)
    Person.objects.filter(pk=double.pk).update(merged_into=case.person)
    Merging.objects.create(kept=case.person, gone=double, made_by=by, made_at=timezone.now())
    meeting = SharedMeeting.objects.create(unit=case.unit, title="Prov", on=date(2026, 5, 4), called_by=by)
    AgendaItem.objects.create(meeting=meeting, person=case.person)
    hold = LegalHold.objects.create(unit=case.unit, person=case.person, reason="Prov", placed_by=by)
    lift_hold(hold=hold, by=by, at=timezone.now())
    ErasureItem.objects.create(erasure=ErasureFactory(unit=case.unit), person=case.person)
    _answer(case, by)
    keep_former_number(person=case.person, number="197010632391", kind=IdentityKind.COORDINATION_PROVEN, by=by)
    return case


def _answer(case: Case, by: User) -> None:
    """Answer the questionnaire on distance for a case, begin it once more, and ask the person in a survey."""
    version, today = newest_by_code("distance"), timezone.localdate()
    begun = {"case": case, "version": version, "voice": Voice.PARTICIPANT, "by": by}
    response = begin_response(on=date(2026, 3, 2), **begun)
    save_answers(response=response, entries={"distance": {"value": 4}}, seen=0)
    hand_in(response=response, recipient=None, on=date(2026, 3, 2))
    begin_response(on=date(2026, 6, 1), **begun)
    wave = WaveFactory(programme=case.programme, opens_on=today, closes_on=today)
    fields = {"programme": case.programme, "unit": case.unit, "case": case}
    Recipient.objects.create(wave=wave, links=[digest("recipient", TOKEN)], **fields)


class WaveFactory(DjangoModelFactory):
    """An anonymous survey of staff, open for ever."""

    class Meta:
        model = Wave

    programme = factory.SubFactory(ProgrammeFactory)
    version = factory.LazyFunction(lambda: newest_by_code("development-needs"))
    title = factory.Sequence(lambda n: f"Omgång {n}")
    opens_on = date(2020, 1, 1)
    closes_on = date(2120, 1, 1)


def board_of(programme: Programme) -> Board:
    """Make a workshop's board with a note and something decided."""
    board = Board.objects.create(programme=programme, title="Prov", made_on=date(2026, 5, 4))
    board.notes.create(quadrant=Quadrant.STRENGTHS, text="Prov")
    board.measures.create(text="Prov", owner=UserFactory(), due_on=date(2026, 6, 1))
    return board


def kept_apart(case: Case) -> None:
    """Make what is kept of a case beside its person: evidence for a funder, and a reviewed reading."""
    day = date(2026, 1, 1)
    review = LogReview.objects.create(
        organisation=case.unit.organisation,
        since=day,
        until=day,
        readings=1,
        begun_by=UserFactory(),
        begun_at=timezone.now(),
    )
    review.reviewed.create(reading_id=uuid4(), pattern="sample")
    fields = {"name": "Prov", "case_number": "1", "started_on": day, "keep_until": day, "identity_kind": "none"}
    Evidence.objects.create(unit=case.unit, programme=case.programme, **fields)
