"""The agenda of a meeting holds those alone whose consents cover everybody at the table, as they are now (row A5)."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from lotsen.access.enums import OrganisationKind
from lotsen.core.acting import acting_as
from lotsen.people.actions import call_meeting, put_on_agenda, withdraw_consent
from lotsen.people.enums import DataCategory
from lotsen.people.models import SharedMeeting
from lotsen.people.queries import agenda
from lotsen.programmes.models import Partner
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def agencies(programme):
    """Return two agencies that take part in the programme."""
    found = [
        factories.OrganisationFactory(name=name, kind=OrganisationKind.AGENCY)
        for name in ("Prov-Arbetsförmedlingen", "Prov-Försäkringskassan")
    ]
    for place, each in enumerate(found):
        Partner.objects.create(programme=programme, organisation=each, roles=["partner"], position=place + 5)
    return found


@pytest.fixture
def case(programme, pitea):
    """Return a case of somebody who may be spoken of."""
    return factories.CaseFactory(programme=programme, unit=pitea, number="MOTE-1", person__family_name="Zmotesson")


@pytest.fixture
def meeting(pitea, agencies, responsible, case):
    """Return a meeting with both agencies, at which the person is asked for."""
    found = call_meeting(unit=pitea, title="Samverkan", on=TODAY, organisations=agencies, by=responsible)
    put_on_agenda(meeting=found, person=case.person)
    return found


def consent(case, agency, by, *categories):
    """Record a consent to an agency that does not use this installation."""
    return factories.consent_to(
        case.unit, case.person, by, to_unit=None, to_organisation=agency, categories=categories or [DataCategory.PLAN]
    )


def lacking(meeting):
    """Return the names of the agencies that no consent of each person covers."""
    return [[agency.name for agency in each.lacking] for each in agenda(meeting)]


def test_on_the_agenda_is_who_has_consented_to_everybody(case, meeting, agencies, responsible):
    assert lacking(meeting) == [["Prov-Arbetsförmedlingen", "Prov-Försäkringskassan"]]
    consent(case, agencies[0], responsible)
    assert lacking(meeting) == [["Prov-Försäkringskassan"]]
    other = consent(case, agencies[1], responsible)
    assert lacking(meeting) == [[]]
    withdraw_consent(consent=other, by=responsible, at=timezone.now())
    assert lacking(meeting) == [["Prov-Försäkringskassan"]]


def test_told_is_only_what_may_be_told_to_everybody(case, meeting, agencies, responsible):
    consent(case, agencies[0], responsible, DataCategory.PLAN, DataCategory.SUPPORT)
    consent(case, agencies[1], responsible, DataCategory.PLACEMENT, DataCategory.PLAN)
    (spoken,) = agenda(meeting)
    labels = [DataCategory.IDENTITY, DataCategory.CASE, DataCategory.PLAN]
    assert spoken.categories == [str(each.label) for each in labels]


def test_consent_of_another_day_or_another_unit_covers_nothing(case, meeting, agencies, responsible, arvidsjaur):
    for agency in agencies:
        yesterday = TODAY.replace(year=TODAY.year - 1)
        factories.consent_to(
            *(case.unit, case.person, responsible),
            to_unit=None,
            to_organisation=agency,
            valid_from=yesterday,
            valid_until=yesterday,
        )
        factories.consent_to(
            case.unit, case.person, responsible, to_unit=None, to_organisation=agency, from_unit=arvidsjaur
        )
    assert lacking(meeting) == [["Prov-Arbetsförmedlingen", "Prov-Försäkringskassan"]]


def test_coach_calls_a_meeting_in_the_browser(case, pitea, agencies, responsible, sign_in):
    client = sign_in(responsible)
    form = {"title": "Samverkan", "on": "1 dec", "unit": pitea.pk, "organisations": [a.pk for a in agencies]}
    answer = client.post(reverse("meeting_list"), form)
    meeting = SharedMeeting.objects.get(unit=pitea)
    address = reverse("meeting_detail", args=[meeting.pk])
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    assert client.post(address, {"number": "mote-1"}).status_code == 302
    page = client.get(address).content.decode()
    assert ["Zmotesson" in page, "Prov-Försäkringskassan" in page] == [True, True]
    (item,) = meeting.items.all()
    assert client.post(reverse("agenda_remove", args=[item.pk]), {"sent": "1"}).status_code == 302
    assert meeting.items.count() == 0


@pytest.mark.parametrize(
    ("number", "said"), [("MOTE-1", "is asked for already."), ("X-0", "Your units have no record with that number.")]
)
def test_page_says_who_cannot_be_put_on_the_agenda(meeting, responsible, sign_in, number, said):
    client = sign_in(responsible)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.post(reverse("meeting_detail", args=[meeting.pk]), {"number": number})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_who_lacks_a_consent_is_named_to_the_caller_alone(case, meeting, pitea, responsible, colleague, sign_in):
    address = reverse("meeting_detail", args=[meeting.pk])
    of_unit = factories.staff(pitea)
    seen = {who: "Zmotesson" in sign_in(who).get(address).content.decode() for who in (responsible, of_unit, colleague)}
    assert seen == {responsible: True, of_unit: False, colleague: False}


def test_protected_person_is_on_no_agenda_of_who_is_not_named(case, meeting, agencies, responsible):
    for agency in agencies:
        consent(case, agency, responsible)
    case.person.protection = "confidentiality_mark"
    case.person.save()
    with acting_as(responsible.pk):
        assert agenda(meeting) == []


def test_meeting_with_oneself_alone_is_refused(pitea, responsible, sign_in):
    client = sign_in(responsible)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    form = {"title": "Samverkan", "on": "1 dec", "unit": pitea.pk, "organisations": [pitea.organisation_id]}
    answer = client.post(reverse("meeting_list"), form)
    assert (answer.status_code, SharedMeeting.objects.filter(unit=pitea).count()) == (422, 0)
