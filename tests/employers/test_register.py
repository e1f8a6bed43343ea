"""The register over its pages: numbers, likenesses, merging, people, contacts and analyses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from lotsen.core.acting import acting_as
from lotsen.employers.actions import forget_people, keep_employer, keep_person, keep_workplace, log_contact
from lotsen.employers.enums import ContactKind, Sector
from lotsen.employers.models import Contact, ContactPerson, Employer, Workplace, WorkplaceAnalysis
from lotsen.employers.queries import alike, to_contact
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def client(sign_in, responsible):
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def running(programme):
    """Return the programme, as one that goes on today."""
    programme.starts_on, programme.ends_on = TODAY - timedelta(days=300), TODAY + timedelta(days=300)
    programme.save()
    return programme


@pytest.fixture
def bakery(db):
    return keep_employer(name="Ek & Söner Bageri AB", sector=Sector.PRIVATE, industry="10")


def new(client, **told):
    return client.post(reverse("employer_new"), {"name": "Prov", "sector": "private", **told})


@pytest.mark.parametrize(("typed", "kept"), [("555555-5555", "5555555555"), ("16 5555555555", "5555555555"), ("", "")])
def test_number_is_kept_as_ten_digits(client, typed, kept):
    assert new(client, organisation_number=typed).status_code == 302
    assert Employer.objects.get(name="Prov").organisation_number == kept


@pytest.mark.parametrize(
    ("typed", "said"), [("555555-5556", "ten digits"), ("12345", "ten digits"), ("121212-1212", "identity number")]
)
def test_number_that_is_none_is_refused_by_the_field_and_nothing_is_lost(client, typed, said):
    answer = new(client, organisation_number=typed)
    page = answer.content.decode()
    assert (answer.status_code, said in page, f'value="{typed}"' in page) == (422, True, True)
    assert not Employer.objects.filter(name="Prov").exists()


def test_number_belongs_to_one_employer(client, bakery):
    keep_employer(employer=bakery, organisation_number="5555555555")
    answer = new(client, organisation_number="555555-5555", is_another="on")
    assert (answer.status_code, b"is registered" in answer.content) == (422, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Employer.objects.create(name="Ett till", sector="private", organisation_number="5555555555")


@pytest.mark.parametrize("name", ["Ek och Söner Bageri", "ek & soner bageri aktiebolag", "Eck & Söhner Bageri"])
def test_employer_that_sounds_alike_is_shown_before_it_is_registered(client, bakery, name):
    answer = new(client, name=name)
    assert b"Is it one of these?" in answer.content
    assert not Employer.objects.filter(name=name).exists()
    assert new(client, name=name, is_another="on").status_code == 302


def test_employers_of_other_names_are_not_alike(bakery):
    assert alike(name="Ek Plåt AB") == []


@pytest.mark.parametrize("typed", ["bageri", "SÖNER", "555555-5555", "butiken"])
def test_employer_is_found_by_a_part_of_its_name_its_number_or_its_workplace(client, bakery, typed):
    keep_employer(employer=bakery, organisation_number="5555555555")
    keep_workplace(employer=bakery, name="Butiken", municipality_id=factories.PITEA)
    found = client.get(reverse("employer_list"), {"q": typed}).content.decode()
    assert "Bageri AB" in found
    assert "Bageri AB" not in client.get(reverse("employer_list"), {"q": "smedja"}).content.decode()


def test_merge_shows_what_follows_and_moves_it_also_what_one_may_not_see(client, bakery, running, pitea, alvsbyn):
    gone = keep_employer(name="Eks bageri", sector=Sector.PRIVATE, organisation_number="5555555555")
    for employer, names in ((gone, ("Köket", "Butiken")), (bakery, ("Köket",))):
        for name in names:
            keep_workplace(employer=employer, name=name, municipality_id=factories.PITEA)
    elsewhere = factories.ProgrammeFactory(lead_unit=alvsbyn)
    Contact.objects.create(employer=gone, programme=elsewhere, unit=alvsbyn, kind="visit", on=TODAY)
    keep_person(employer=gone, unit=alvsbyn, on=TODAY, name="Prov")
    address = reverse("employer_merge", args=[gone.pk, bakery.pk])
    page = client.get(address).content.decode()
    assert [word in page for word in ("Workplaces: 2", "Contacts: 1", "People: 1", "become one: Köket")] == [True] * 4
    assert client.post(address).status_code == 302
    bakery.refresh_from_db()
    assert not Employer.objects.filter(pk=gone.pk).exists()
    assert bakery.organisation_number == "5555555555"
    assert sorted(bakery.workplaces.values_list("name", flat=True)) == ["Butiken", "Köket"]
    assert (bakery.contacts.count(), bakery.people.count()) == (1, 1)


def test_employer_is_not_merged_with_itself(client, bakery):
    answer = client.post(reverse("employer_merge", args=[bakery.pk, bakery.pk]))
    assert (answer.status_code, Employer.objects.filter(pk=bakery.pk).exists()) == (422, True)


def test_contact_is_written_down_with_what_comes_next(client, bakery, running, responsible):
    address = reverse("contact_log", args=[bakery.pk])
    told = {"programme": running.pk, "kind": "call", "on": "idag", "about": "Vill veta mer", "next_on": "imorgon"}
    assert client.post(address, {**told, "next_what": "Besök"}).status_code == 302
    page = client.get(reverse("employer_detail", args=[bakery.pk])).content.decode()
    assert "Vill veta mer" in page
    assert [each.employer for each in to_contact(responsible, TODAY + timedelta(days=1))] == [bakery]
    assert not to_contact(responsible, TODAY).exists()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"on": "imorgon"}, "lies ahead"),
        ({"next_on": "igår"}, "before the contact"),
        ({"next_what": "Besök"}, "so that you are reminded"),
    ],
)
def test_contact_that_cannot_be_is_refused_where_it_stands(client, bakery, running, told, said):
    sent = {"programme": running.pk, "kind": "call", "on": "idag", "about": "Sagt", **told}
    page = client.post(reverse("contact_log", args=[bakery.pk]), sent).content.decode()
    assert said in page
    assert "Sagt" in page
    assert not bakery.contacts.exists()


def test_nobody_is_reminded_when_a_colleague_has_been_in_touch_since(bakery, running, pitea, responsible, colleague):
    told = {"employer": bakery, "programme": running, "unit": pitea, "kind": ContactKind.CALL}
    log_contact(on=TODAY - timedelta(days=9), by=responsible, next_on=TODAY, **told)
    assert to_contact(responsible, TODAY).count() == 1
    assert to_contact(colleague, TODAY).count() == 0
    log_contact(on=TODAY - timedelta(days=1), by=colleague, **told)
    assert to_contact(responsible, TODAY).count() == 0


def test_people_and_contacts_are_seen_by_units_that_share_the_project(
    bakery, running, pitea, responsible, colleague, stranger, manager
):
    keep_person(employer=bakery, unit=pitea, on=TODAY, name="Prov")
    log_contact(employer=bakery, programme=running, unit=pitea, kind=ContactKind.CALL, on=TODAY)
    told = {"made_on": TODAY, "holds_until": TODAY, "tasks": "Baka"}
    workplace = keep_workplace(employer=bakery, name="Köket", municipality_id=factories.PITEA)
    WorkplaceAnalysis.objects.create(workplace=workplace, unit=pitea, **told)
    for user, sees in ((responsible, 1), (colleague, 1), (stranger, 0), (manager, 1)):
        with acting_as(user.pk):
            own = (bakery.people, bakery.contacts, workplace.analyses)
            assert [rows.count() for rows in own] == [sees] * 3, user


def test_somebody_of_another_unit_is_not_changed(sign_in, colleague, bakery, pitea):
    keep_person(employer=bakery, unit=pitea, on=TODAY, name="Prov")
    person = bakery.people.get()
    assert sign_in(colleague).post(reverse("person_forget", args=[person.pk])).status_code == 404
    assert bakery.people.exists()


def test_somebody_is_forgotten_also_where_another_unit_names_them(
    sign_in, responsible, bakery, running, pitea, arvidsjaur
):
    keep_person(employer=bakery, unit=pitea, on=TODAY, name="Prov")
    person = bakery.people.get()
    told = {"programme": running, "kind": ContactKind.CALL, "on": TODAY, "person": person, "about": "Sagt"}
    log_contact(employer=bakery, unit=arvidsjaur, **told)
    assert sign_in(responsible).post(reverse("person_forget", args=[person.pk])).status_code == 302
    contact = bakery.contacts.get()
    assert (bakery.people.exists(), contact.person, contact.about) == (False, None, "Sagt")


def test_people_whom_nobody_meets_are_forgotten_after_two_years_and_the_log_stays(bakery, running, pitea):
    for name, since, met in (("Gammal", 800, 0), ("Träffad", 800, 30), ("Ny", 30, 0)):
        keep_person(employer=bakery, unit=pitea, on=TODAY - timedelta(days=since), name=name)
        person = ContactPerson.objects.get(name=name)
        if met:
            on = TODAY - timedelta(days=met)
            log_contact(employer=bakery, programme=running, unit=pitea, kind=ContactKind.CALL, on=on, person=person)
    forget_people(today=TODAY)
    assert sorted(bakery.people.values_list("name", flat=True)) == ["Ny", "Träffad"]
    assert Contact.objects.filter(employer=bakery).count() == 1


def test_analysis_begins_with_the_last_one_and_is_a_new_one(client, bakery):
    workplace = keep_workplace(employer=bakery, name="Köket", municipality_id=factories.PITEA)
    address = reverse("analysis_new", args=[workplace.pk])
    told = {"tasks": "Baka bröd", "swedish": "A2", "is_step_free": "true", "made_on": "idag"}
    until = (TODAY + timedelta(days=200)).isoformat()
    assert client.post(address, {**told, "holds_until": until}).status_code == 302
    page = client.get(address).content.decode()
    assert "Baka bröd" in page
    assert client.post(address, {**told, "tasks": "Sälja", "holds_until": until}).status_code == 302
    assert sorted(workplace.analyses.values_list("tasks", flat=True)) == ["Baka bröd", "Sälja"]
    shown = client.get(reverse("analysis_detail", args=[workplace.analyses.get(tasks="Sälja").pk])).content.decode()
    assert "A2, simple instructions" in shown


@pytest.mark.parametrize("until", ["igår", "2999-01-01", "2040-01-01"])
def test_analysis_holds_for_two_years_at_most(client, bakery, until):
    workplace = keep_workplace(employer=bakery, name="Köket", municipality_id=factories.PITEA)
    told = {"tasks": "Baka", "made_on": "idag", "holds_until": until}
    assert client.post(reverse("analysis_new", args=[workplace.pk]), told).status_code == 422
    assert not workplace.analyses.exists()


@pytest.mark.parametrize("name", ["employer_list", "employer_detail"])
def test_page_asks_as_often_for_many_rows_as_for_one(client, bakery, running, pitea, responsible, name):
    address = reverse(name, args=[bakery.pk] if name == "employer_detail" else [])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    def more(count: int) -> None:
        for _n in range(count):
            number = Employer.objects.count()
            employer = keep_employer(name=f"Smedjan {chr(97 + number % 26)}{number}", sector=Sector.PRIVATE)
            for each in (employer, bakery):
                keep_workplace(employer=each, name=f"Plats {number}", municipality_id=factories.PITEA)
                keep_person(employer=each, unit=pitea, on=TODAY, name=f"Prov {number}")
                told = {"programme": running, "unit": pitea, "kind": ContactKind.CALL, "by": responsible}
                log_contact(employer=each, on=TODAY, person=each.people.first(), **told)

    more(1)
    asked()
    before = asked()
    more(4)
    assert asked() == before
    assert Workplace.objects.filter(employer=bakery).count() == 5
