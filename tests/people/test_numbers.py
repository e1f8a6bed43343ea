"""A number that changes is kept, a record is corrected on its page, and keys are changed by a command."""

from datetime import date
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from lotsen.access.forms.sign_in import BOUND_TO
from lotsen.cases.queries import found_by
from lotsen.core import encryption
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.people.actions import correct_person, keys_in_use, register_person, rotate_keys
from lotsen.people.enums import IdentityKind, Protection
from lotsen.people.models import FormerNumber, Person
from tests import factories
from tests.factories import NUMBERS

#: The Tax Agency's own example of a coordination number (SKV 707).
COORDINATION = "197010632391"
PROBABLE = IdentityKind.COORDINATION_PROBABLE
FACTS = {"given_name": "Åsa", "family_name": "Öberg", "birth_date": date(1970, 10, 3), "sex": "man"}


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def person(pitea):
    """Return somebody with a coordination number."""
    return register_person(unit=pitea, identity_number=COORDINATION, identity_grade=PROBABLE, **FACTS)


@pytest.fixture
def keys(settings):
    """Return a function that puts new keys in front of those that are there."""

    def put(name):
        settings.IDENTITY_KEYS = {name: name[:1].encode() * 32, **settings.IDENTITY_KEYS}
        settings.IDENTITY_INDEX_KEYS = {name: name[-1:].encode() * 32, **settings.IDENTITY_INDEX_KEYS}

    return put


def change(person, by, **given):
    """Correct a record as its page would."""
    with transaction.atomic():
        correct_person(person=person, by=by, **{**FACTS, **given})


def test_number_that_changes_is_kept_and_finds_the_person(person, programme, responsible):
    case = factories.CaseFactory(programme=programme, unit=person.unit, person=person)
    change(person, responsible, identity_number=NUMBERS[0])
    person.refresh_from_db()
    assert (person.identity_number, person.identity_kind) == (NUMBERS[0], "personal")
    (former,) = person.former_numbers.all()
    assert (former.kind, former.changed_by) == (PROBABLE, responsible)
    assert COORDINATION.encode() not in bytes(former.number_sealed)
    with acting_as(responsible.pk):
        assert [found_by(number, responsible) for number in (COORDINATION, NUMBERS[0])] == [[case], [case]]


def test_number_that_stays_is_no_change(person, responsible):
    change(person, responsible, identity_number=COORDINATION, family_name="Ek")
    assert (Person.objects.get(pk=person.pk).list_name, person.former_numbers.count()) == ("Ek, Åsa", 0)


def test_grade_of_a_coordination_number_can_change_alone(person, responsible):
    change(person, responsible, identity_grade=IdentityKind.COORDINATION_PROVEN)
    assert Person.objects.get(pk=person.pk).identity_kind == IdentityKind.COORDINATION_PROVEN


@pytest.mark.parametrize("protection", [Protection.NONE, Protection.CONFIDENTIALITY_MARK])
def test_number_of_another_is_taken_now_and_before_also_unseen(person, pitea, responsible, protection):
    other = factories.PersonFactory(unit=pitea, identity_number=NUMBERS[0])
    change(other, responsible, identity_number=NUMBERS[1])
    Person.objects.filter(pk=other.pk).update(protection=protection)
    with acting_as(responsible.pk):
        for number in NUMBERS[:2]:
            with pytest.raises(Refused, match="already registered"):
                change(person, responsible, identity_number=number)


def test_number_may_be_that_of_a_record_of_another_authority(person, arvidsjaur):
    assert factories.PersonFactory(unit=arvidsjaur, identity_number=NUMBERS[2]).identity_number == NUMBERS[2]


@pytest.mark.parametrize("fields", [{"identity_kind": "none"}, {"identity_kind": "x"}])
def test_database_holds_number_and_kind_together(person, fields):
    with pytest.raises(IntegrityError, match="person_identity_is_whole"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(**fields)


def page_of(person, **given):
    """Return what the page of corrections sends."""
    return {**FACTS, "birth_date": "3 okt 1970", "identity_number": "", "identity_grade": "", **given}


def test_coach_corrects_a_record_in_the_browser(person, responsible, sign_in):
    client = sign_in(responsible)
    address = reverse("person_correct", args=[person.pk])
    assert COORDINATION not in client.get(address).content.decode()
    answer = client.post(address, page_of(person, given_name="Eva", identity_number=NUMBERS[0]))
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.name, person.identity_number) == ("Eva Öberg", NUMBERS[0])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"identity_number": "123"}, "This is not a personal identity number."),
        ({"identity_number": "197010632391", "family_name": ""}, "This field is required."),
        ({"identity_number": NUMBERS[5], "identity_grade": "coordination_proven"}, "it has no grade"),
    ],
)
def test_page_of_corrections_says_what_is_wrong_and_changes_nothing(person, responsible, sign_in, given, said):
    client = sign_in(responsible)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.post(reverse("person_correct", args=[person.pk]), page_of(person, given_name="Eva", **given))
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    person.refresh_from_db()
    assert (person.given_name, person.identity_number) == ("Åsa", COORDINATION)


@pytest.mark.parametrize("who", ["colleague", "stranger"])
def test_record_of_another_unit_is_not_there_to_correct(person, who, sign_in, request):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(reverse("person_correct", args=[person.pk]), page_of(person)).status_code == 404


def test_keys_are_changed_and_everything_is_found_and_read_as_before(person, pitea, responsible, keys, settings):
    change(person, responsible, identity_number=NUMBERS[0])
    secret = encryption.encrypt("SECRET", BOUND_TO).hex()
    factor = Authenticator.objects.create(user=responsible, type="totp", data={"secret": secret})
    events = person.events.count()
    keys("new1")
    assert Person.objects.filter(unit=pitea).numbered(encryption.blind_indexes(COORDINATION)).get() == person
    rotate_keys()
    # No older key is needed any more.
    settings.IDENTITY_KEYS = {"new1": settings.IDENTITY_KEYS["new1"]}
    settings.IDENTITY_INDEX_KEYS = {"new1": settings.IDENTITY_INDEX_KEYS["new1"]}
    assert set(keys_in_use()) == {"new1"}
    for number in (COORDINATION, NUMBERS[0]):
        found = Person.objects.filter(unit=pitea).numbered(encryption.blind_indexes(number)).get()
        assert (found, found.identity_number) == (person, NUMBERS[0])
    history = [encryption.decrypt(bytes(event.identity_sealed), person.pk) for event in person.events.all()]
    assert set(history) == {COORDINATION, NUMBERS[0]}
    assert len(history) == events
    factor.refresh_from_db()
    assert encryption.decrypt(bytes.fromhex(factor.data["secret"]), BOUND_TO) == "SECRET"


def test_keys_changed_twice_change_nothing_the_second_time(person, keys):
    keys("new1")
    assert rotate_keys()["people_person"] > 0
    assert set(rotate_keys().values()) == {0}


def test_keys_command_says_what_is_in_use(person, keys):
    keys("new1")
    out = StringIO()
    call_command("keys", stdout=out)
    assert "new1" not in out.getvalue()
    call_command("keys", "rotate", stdout=out)
    values = sum(keys_in_use().values())
    assert out.getvalue().splitlines()[-1] == f"key new1, the newest: {values} values"


def test_keys_are_not_changed_while_one_number_has_two_records(person, pitea, keys):
    factories.PersonFactory(unit=pitea, identity_number=NUMBERS[0])
    keys("new1")
    # Two at the same moment, one of a web process that did not know the new key yet.
    twin = factories.PersonFactory(unit=pitea, identity_number=NUMBERS[1])
    Person.objects.filter(pk=twin.pk).update(
        identity_sealed=encryption.encrypt(NUMBERS[0], twin.pk), identity_index=encryption.blind_index(NUMBERS[0])
    )
    with pytest.raises(Refused, match="Merge them"), transaction.atomic():
        rotate_keys()
    assert FormerNumber.objects.count() == 0
