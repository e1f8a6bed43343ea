"""Who refers sees the state and no more; who may not be registered is counted with sex and year alone."""

import pytest
from django.db import transaction
from django.urls import reverse

from lotsen.access.enums import Role
from lotsen.cases.actions import count_anonymous
from lotsen.cases.models import AnonymousParticipant, Case
from lotsen.cases.queries import referrals
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.people.models import Person
from tests import factories


@pytest.fixture
def social_services():
    """Return a unit that refers people."""
    return factories.UnitFactory()


@pytest.fixture
def officer(social_services):
    """Return a referring officer there."""
    return factories.staff(social_services, Role.REFERRING_OFFICER)


@pytest.fixture
def case(programme, pitea, social_services):
    """Return a case that they referred, ended to work."""
    case = factories.CaseFactory(
        programme=programme, unit=pitea, ended=True, number="REMISS-1", person__family_name="Zremissdotter"
    )
    Case.objects.filter(pk=case.pk).update(referred_by=social_services.organisation)
    return case


def told(user):
    """Return what the database tells a user of referrals."""
    with acting_as(user.pk):
        return [(each.number, each.state.value) for each in referrals()]


def test_referring_officer_sees_the_state_of_own_referrals_alone(case, programme, pitea, officer):
    factories.CaseFactory(programme=programme, unit=pitea)
    assert told(officer) == [("REMISS-1", "ended")]
    with acting_as(officer.pk):
        assert not Case.objects.exists()
        assert not Person.objects.exists()


def test_referrals_are_told_to_nobody_else(case, social_services, responsible, colleague, stranger):
    coach = factories.staff(social_services)
    assert [told(user) for user in (coach, responsible, colleague, stranger)] == [[]] * 4


def test_protected_person_is_not_told_of(case, officer):
    Person.objects.filter(pk=case.person_id).update(protection="confidentiality_mark")
    assert told(officer) == []


def test_referring_officer_begins_on_the_page_of_referrals(case, officer, sign_in):
    client = sign_in(officer)
    assert client.get(reverse("start")).headers["Location"] == reverse("referral_list")
    page = client.get(reverse("referral_list")).content.decode()
    assert ["REMISS-1" in page, "Zremissdotter" in page, "Arbete" in page] == [True, False, False]


def test_somebody_is_counted_without_a_name(programme, pitea, responsible, sign_in):
    client = sign_in(responsible)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    address = reverse("anonymous_new", args=[programme.pk])
    answer = client.post(address, {"unit": pitea.pk, "sex": "woman", "year": "2026"})
    assert answer.status_code == 302
    counted = AnonymousParticipant.objects.get(programme=programme)
    assert (counted.sex, counted.year, counted.unit) == ("woman", 2026, pitea)
    page = client.get(reverse("programme_overview", args=[programme.pk])).content.decode()
    assert "One more participant is counted without a name" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"sex": "woman", "year": "1999"}, "Choose a year of the project, 2026 to 2027."),
        ({"sex": "", "year": "2026"}, "This field is required."),
    ],
)
def test_page_says_what_cannot_be_counted(programme, pitea, responsible, sign_in, sent, said):
    client = sign_in(responsible)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.post(reverse("anonymous_new", args=[programme.pk]), {"unit": pitea.pk, **sent})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not AnonymousParticipant.objects.filter(programme=programme).exists()


def test_anonymous_are_counted_by_a_unit_of_the_programme(programme, alvsbyn):
    with pytest.raises(Refused, match=r"does not take part|deltar inte"), transaction.atomic():
        count_anonymous(programme=programme, unit=alvsbyn, sex="man", year=2026)
