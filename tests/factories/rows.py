"""Single rows: units, users, programmes, persons, cases."""

from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from lotsen.access.actions import hash_of
from lotsen.access.enums import OrganisationKind, Role
from lotsen.access.models import INVITED_FOR, Invitation, Membership, Organisation, SecrecyDomain, Unit, User
from lotsen.cases.actions import (
    end_case,
    refer_case,
    start_case,
    transfer_case,
)
from lotsen.cases.models import Case
from lotsen.people.actions import register_person
from lotsen.people.models import Person
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

#: Only the Tax Agency's official test numbers (tests/data/README.md).
NUMBERS = (Path(__file__).parents[1] / "data" / "test-personnummer.txt").read_text().split()
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
