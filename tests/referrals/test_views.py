"""The way of a referral over its pages, for the referrer, the unit, and those who have nothing to do with it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from lotsen.access.enums import Role
from lotsen.cases.models import Case
from lotsen.core.acting import acting_as
from lotsen.core.models import Draft
from lotsen.people.models import Person, Reading
from lotsen.programmes.enums import PartnerRole
from lotsen.programmes.models import Partner
from lotsen.referrals.models import Referral
from tests import factories

NUMBER = "199001272385"


@pytest.fixture
def office(programme):
    """Return a unit whose organisation refers people to the programme."""
    unit = factories.UnitFactory()
    Partner.objects.create(
        programme=programme, organisation=unit.organisation, roles=[PartnerRole.REFERRER], position=9
    )
    return unit


@pytest.fixture
def officer(office):
    """Return a referring officer there."""
    return factories.staff(office, Role.REFERRING_OFFICER)


@pytest.fixture
def open_as(sign_in):
    """Give a function that signs somebody in to read English."""

    def opened(user):
        client = sign_in(user)
        client.cookies["django_language"] = "en"
        return client

    return opened


def written(pitea, office, **changes):
    """Return a referral as it is filled in."""
    return {
        "unit": pitea.pk,
        "from_organisation": office.organisation_id,
        "given_name": "Zofia",
        "family_name": "Zanvisad",
        "identity_number": NUMBER,
        "reason": "Vill arbeta i kök.",
        **changes,
    }


@pytest.fixture
def sent(programme, pitea, office, officer, open_as):
    """Return a referral that the officer has sent from the page."""
    answer = open_as(officer).post(reverse("referral_new", args=[programme.pk]), written(pitea, office))
    assert answer.status_code == 302
    return Referral.objects.get(programme=programme)


def test_referral_goes_from_the_officer_to_the_case(sent, programme, pitea, officer, responsible, open_as):
    coach = open_as(responsible)
    queue = coach.get(reverse("referral_queue", args=[programme.pk])).content.decode()
    assert "Zanvisad, Zofia" in queue
    page = coach.get(reverse("referral_detail", args=[sent.pk])).content.decode()
    assert "Nobody like this is known to your units" in page
    answer = coach.post(reverse("referral_accept", args=[sent.pk]), {"person": ""})
    case = Case.objects.get(programme=programme, unit=pitea)
    assert answer.headers["Location"] == reverse("case_detail", args=[case.pk])
    told = open_as(officer).get(reverse("referral_list")).content.decode()
    assert [case.number in told, "Zanvisad" in told] == [True, False]


def test_reason_of_a_no_goes_back_to_the_referrer(sent, officer, responsible, open_as):
    decline = reverse("referral_decline", args=[sent.pk])
    coach = open_as(responsible)
    assert coach.post(decline, {"answer": ""}).status_code == 422
    assert coach.post(decline, {"answer": "Vi har fullt till mars."}).status_code == 302
    page = open_as(officer).get(reverse("referral_detail", args=[sent.pk])).content.decode()
    assert "Vi har fullt till mars." in page


def test_who_sees_a_referral(sent, officer, responsible, colleague, stranger, manager, office, open_as):
    beside = factories.staff(office, Role.REFERRING_OFFICER)
    address = reverse("referral_detail", args=[sent.pk])
    users = (officer, beside, responsible, colleague, stranger, manager)
    assert [open_as(user).get(address).status_code for user in users] == [200, 200, 200, 404, 404, 403]
    seen = []
    for user in users:
        with acting_as(user.pk):
            seen.append(Referral.objects.filter(pk=sent.pk).exists())
    assert seen == [True, True, True, False, False, False]


def test_referrer_is_not_told_that_somebody_is_known(sent, officer, pitea, responsible, open_as):
    factories.PersonFactory(unit=pitea, identity_number=NUMBER, family_name="Zkänd")
    address = reverse("referral_detail", args=[sent.pk])
    assert "Zkänd" in open_as(responsible).get(address).content.decode()
    assert "Zkänd" not in open_as(officer).get(address).content.decode()


def test_who_has_a_case_already_is_not_taken_in_twice(sent, programme, pitea, responsible, open_as):
    person = factories.PersonFactory(unit=pitea, identity_number=NUMBER)
    case = factories.CaseFactory(programme=programme, unit=pitea, person=person)
    page = open_as(responsible).get(reverse("referral_detail", args=[sent.pk])).content.decode()
    assert case.number in page
    answer = open_as(responsible).post(reverse("referral_accept", args=[sent.pk]), {"person": ""})
    assert answer.status_code == 422
    assert Person.objects.filter(unit=pitea).count() == 1


def test_officer_takes_back_and_nothing_is_kept(sent, officer, open_as):
    open_as(officer).post(reverse("referral_withdraw", args=[sent.pk]))
    kept = Referral.objects.get(pk=sent.pk)
    assert (kept.state, kept.name, kept.identity_sealed) == ("withdrawn", "", None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"identity_number": ""}, "Needed where there is no identity number."),
        ({"identity_number": "19900127238X"}, "This is not a personal identity number."),
        ({"identity_number": "199001272386"}, "This is not a personal identity number."),
        ({"given_name": ""}, "This field is required."),
        ({"reason": ""}, "This field is required."),
    ],
)
def test_page_says_what_is_missing_and_keeps_the_rest(programme, pitea, office, officer, open_as, changes, said):
    sending = written(pitea, office, **changes)
    answer = open_as(officer).post(reverse("referral_new", args=[programme.pk]), sending)
    page = answer.content.decode()
    assert (answer.status_code, said in page, "Zanvisad" in page) == (422, True, True)
    assert not Referral.objects.filter(programme=programme).exists()


def test_fewer_than_ten_fields_are_required_and_say_what_for(programme, officer, open_as):
    form = open_as(officer).get(reverse("referral_new", args=[programme.pk])).context["form"]
    required = [name for name, field in form.fields.items() if field.required]
    assert required == ["from_organisation", "unit", "given_name", "family_name", "reason"]


def test_draft_that_is_dropped_leaves_no_trace(programme, officer, open_as):
    client = open_as(officer)
    address = reverse("referral_draft", args=[programme.pk])
    client.post(address, {"body": "Halvfärdig"})
    assert "Halvfärdig" in client.get(reverse("referral_new", args=[programme.pk])).content.decode()
    client.post(address, {"drop": "1"})
    assert not Draft.objects.filter(user=officer).exists()
    assert not Referral.objects.filter(programme=programme).exists()


def test_officer_refers_to_programmes_that_run_and_name_the_organisation(programme, officer, open_as):
    other = factories.ProgrammeFactory()
    client = open_as(officer)
    page = client.get(reverse("referral_list")).content.decode()
    assert [programme.name in page, other.name in page] == [True, False]
    assert client.get(reverse("referral_new", args=[other.pk])).status_code == 404


def test_reading_a_referral_leaves_its_line_with_the_unit(sent, pitea, responsible, open_as):
    open_as(responsible).get(reverse("referral_detail", args=[sent.pk]))
    line = Reading.objects.filter(user_id=responsible.pk).latest("at")
    assert (line.page, line.units) == ("referral_detail", [pitea.pk])
    assert sent.pk in line.subjects


def test_transfer_is_closed_when_the_receiver_has_taken_over(programme, pitea, responsible, stranger, alvsbyn, open_as):
    case = factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)
    other = factories.ProgrammeFactory(lead_unit=alvsbyn)
    coach = open_as(responsible)
    address = reverse("case_transfer", args=[case.pk])
    place = str(other.programmeunit_set.get().pk)
    sending = {"to": place, "on": "idag", "reason": "Flyttar."}
    assert "No consent covers" in coach.post(address, sending).content.decode()
    factories.consent_to(alvsbyn, case.person, responsible, from_unit=pitea)
    assert coach.post(address, sending).status_code == 302
    assert coach.post(reverse("transfer_close", args=[case.pk])).status_code == 404
    sent = Referral.objects.get(from_case=case)
    open_as(stranger).post(reverse("referral_accept", args=[sent.pk]), {"person": ""})
    coach.post(reverse("transfer_close", args=[case.pk]))
    closed = Case.objects.get(pk=case.pk)
    assert (closed.closing, closed.transferred_to, closed.closed_on) == (
        "transfer",
        alvsbyn.name,
        timezone.localdate(),
    )


def test_hand_over_outside_needs_agreement(programme, pitea, responsible, open_as):
    case = factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)
    address = reverse("case_transfer", args=[case.pk])
    sending = {"to": "outside", "outside": "Samordningsförbundet", "on": "idag"}
    answer = open_as(responsible).post(address, sending)
    assert "Nobody is handed over without having agreed." in answer.content.decode()
    assert open_as(responsible).post(address, {**sending, "has_consent": "on"}).status_code == 302
    assert Case.objects.get(pk=case.pk).transferred_to == "Samordningsförbundet"
