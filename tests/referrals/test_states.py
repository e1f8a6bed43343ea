"""Who refers sees the state and no more."""

import pytest
from django.urls import reverse

from lotsen.access.enums import Role
from lotsen.cases.models import Case
from lotsen.core.acting import acting_as
from lotsen.people.models import Person
from lotsen.referrals.queries import sent_cases
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
        return [(each.number, each.state.value) for each in sent_cases()]


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
