"""An employer and its workplaces are registered once, and each contact is written down."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from lotsen.access.models import Municipality
from lotsen.employers.actions import log_contact, register_workplace
from lotsen.employers.enums import ContactKind, Sector
from lotsen.employers.models import Contact, Employer, Workplace
from tests.factories import ARVIDSJAUR, PITEA

DAY = date(2026, 4, 1)


@pytest.fixture
def register(db):
    """Give a function that registers a workplace."""

    def registered(employer="Bageriet", name="Köket", sector=Sector.PRIVATE, municipality=PITEA):
        place = Municipality.objects.get(pk=municipality)
        return register_workplace(employer_name=employer, sector=sector, name=name, municipality=place)

    return registered


def workplaces():
    """Return the workplaces of the employers of this test."""
    rows = Workplace.objects.filter(employer__name__startswith="Bageriet")
    return list(rows.order_by("employer__name", "name").values_list("employer__name", "name"))


def test_workplace_is_registered_with_its_employer(register):
    workplace = Workplace.objects.get(pk=register().pk)
    assert (workplace.name, workplace.municipality.name) == ("Köket", "Piteå")
    assert (workplace.employer.name, workplace.employer.sector) == ("Bageriet", "private")


def test_workplace_registered_again_is_the_same(register):
    assert register().pk == register().pk
    assert workplaces() == [("Bageriet", "Köket")]


def test_workplace_that_is_there_stays_as_it_is(register):
    register()
    again = register(sector=Sector.PUBLIC, municipality=ARVIDSJAUR)
    assert (again.municipality_id, again.employer.sector) == (PITEA, "private")


def test_workplaces_of_one_employer_have_each_their_name(register):
    first, second = register(), register(name="Butiken")
    assert first.employer == second.employer
    assert workplaces() == [("Bageriet", "Butiken"), ("Bageriet", "Köket")]


def test_workplaces_of_two_employers_may_share_a_name(register):
    assert register().employer != register(employer="Bageriet två").employer
    assert workplaces() == [("Bageriet", "Köket"), ("Bageriet två", "Köket")]


def test_contact_is_written_down(register, programme, pitea):
    employer = register().employer
    for kind, on in ((ContactKind.VISIT, DAY), (ContactKind.CALL, DAY)):
        log_contact(employer=employer, programme=programme, unit=pitea, kind=kind, on=on)
    found = employer.contacts.order_by("kind").values_list("kind", "on", "programme", "unit")
    assert list(found) == [("call", DAY, programme.pk, pitea.pk), ("visit", DAY, programme.pk, pitea.pk)]


def test_employer_that_was_met_is_not_forgotten(register, programme, pitea):
    employer = register().employer
    log_contact(employer=employer, programme=programme, unit=pitea, kind=ContactKind.VISIT, on=DAY)
    with pytest.raises(ProtectedError):
        employer.delete()


@pytest.mark.parametrize(
    ("constraint", "act"),
    [
        ("employer_sector_is_known", lambda e, p: Employer.objects.filter(pk=e.pk).update(sector="")),
        (
            "employer_number_is_of_an_organisation",
            lambda e, p: Employer.objects.create(name="Ensam", sector="public", organisation_number="1212121212"),
        ),
        (
            "workplace_name_once_at_employer",
            lambda e, p: Workplace.objects.create(employer=e, name="Köket", municipality_id=PITEA),
        ),
        (
            "contact_kind_is_known",
            lambda e, p: Contact.objects.create(employer=e, programme=p, unit=p.lead_unit, kind="fax", on=DAY),
        ),
    ],
)
def test_database_refuses_what_cannot_be(register, programme, constraint, act):
    employer = register().employer
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        act(employer, programme)
