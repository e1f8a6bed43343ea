"""A protected identity is known to those who are named, and to nobody else, on no page and in no figure."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from lotsen.access.enums import Role
from lotsen.cases.models import Case
from lotsen.cases.queries import protected_in
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.people import notices
from lotsen.people.actions import (
    dismiss_reader,
    lift_protection,
    name_reader,
    open_in_emergency,
    protect_person,
    review_emergency,
)
from lotsen.people.enums import Protection
from lotsen.people.models import NamedReader, Person
from lotsen.plans.models import Plan
from tests import factories

MARK = Protection.CONFIDENTIALITY_MARK


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def unnamed(pitea):
    """Return a coach of the same unit who is not named."""
    return factories.staff(pitea)


@pytest.fixture
def boss(pitea):
    """Return the manager of the unit."""
    return factories.staff(pitea, Role.UNIT_MANAGER)


@pytest.fixture
def sign_in(sign_in):
    """Sign in to the pages in English."""

    def signed_in(user):
        client = sign_in(user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return signed_in


@pytest.fixture
def case(programme, pitea, responsible):
    """Return a case whose person is protected; the coach who did it is named."""
    case = factories.whole_case(
        programme=programme, unit=pitea, number="ZSKYDD1", person__family_name="Zskyddsson", by=responsible
    )
    NamedReader.objects.filter(person=case.person).delete()
    protect_person(person=case.person, protection=MARK, readers=[], by=responsible)
    return case


def knows(user, case):
    """Tell what a user sees by the policies alone: the person, the case, what hangs on the case, their history."""
    with acting_as(user.pk):
        return [
            Person.objects.filter(pk=case.person_id).exists(),
            Case.objects.filter(pk=case.pk).exists(),
            Plan.objects.filter(case=case.pk).exists(),
            Person.events.rel.related_model.objects.filter(pgh_obj_id=case.person_id).exists(),
        ]


def test_protected_person_is_known_to_the_named_alone(case, responsible, unnamed, boss, colleague, manager, evaluator):
    assert knows(responsible, case) == [True] * 4
    for user in (unnamed, boss, colleague, manager, evaluator):
        assert knows(user, case) == [False] * 4


def test_person_is_known_again_when_the_protection_ends(case, unnamed):
    lift_protection(person=case.person)
    assert knows(unnamed, case)[:3] == [True] * 3


def test_protected_person_stands_on_no_page_of_who_is_not_named(programme, case, unnamed, manager, sign_in):
    pages = [
        (reverse("case_list", args=[programme.pk]), None),
        (reverse("case_list", args=[programme.pk]) + "?q=Zskyddsson", None),
        (reverse("case_list", args=[programme.pk]) + "?export=csv", None),
        (reverse("indicator_members", args=[programme.pk, "participants"]), None),
        (reverse("programme_overview", args=[programme.pk]), None),
        (reverse("case_search"), {"q": "Zskyddsson"}),
        (reverse("case_search"), {"q": case.number}),
        (reverse("case_search"), {"q": case.person.identity_number}),
    ]
    for user in (unnamed, manager):
        client = sign_in(user)
        assert client.get(reverse("case_detail", args=[case.pk])).status_code == 404
        assert client.get(reverse("person_detail", args=[case.person_id])).status_code == 404
        for url, sent in pages:
            page = (client.post(url, sent) if sent else client.get(url)).content.decode()
            assert [str(case.pk) in page, str(case.person_id) in page] == [False, False], url
            # The word that was sought stands in its box again.
            if "Zskyddsson" not in url and "Zskyddsson" not in str(sent):
                assert "Zskyddsson" not in page, url


def test_protected_participants_are_counted_apart_and_said(programme, case, unnamed, manager, responsible, sign_in):
    for user, apart in ((responsible, 0), (unnamed, 1), (manager, 1)):
        with acting_as(user.pk):
            assert protected_in(programme) == apart
    page = sign_in(manager).get(reverse("programme_overview", args=[programme.pk])).content.decode()
    assert "One more participant has a protected identity, and is in no figure here." in page


def test_strangers_are_not_told_how_many_are_protected(programme, case, stranger):
    with acting_as(stranger.pk):
        assert protected_in(programme) == 0


def test_protection_is_set_and_readers_are_named_in_the_browser(programme, pitea, responsible, unnamed, sign_in):
    case = factories.CaseFactory(programme=programme, unit=pitea)
    client, url = sign_in(responsible), reverse("person_protection", args=[case.person_id])
    assert client.post(url, {"protection": MARK}).status_code == 302
    assert [knows(user, case)[0] for user in (responsible, unnamed)] == [True, False]
    assert client.post(url, {"reader": unnamed.pk}).status_code == 302
    assert knows(unnamed, case)[0] is True
    (row,) = NamedReader.objects.filter(user=unnamed, person=case.person)
    assert client.post(reverse("reader_dismiss", args=[row.pk])).status_code == 302
    assert knows(unnamed, case)[0] is False


def test_reader_must_work_with_the_people_of_the_unit(case, colleague, manager, responsible):
    for reader in (colleague, manager):
        with pytest.raises(Refused) as caught, transaction.atomic():
            name_reader(person=case.person, reader=reader, by=responsible)
        assert caught.value.field == "reader"


def test_reader_is_named_once(case, responsible):
    with pytest.raises(Refused, match="is named already"), transaction.atomic():
        name_reader(person=case.person, reader=responsible, by=responsible)


def test_last_reader_stays(case):
    with pytest.raises(Refused, match="This is the last reader"), transaction.atomic():
        dismiss_reader(reader=case.person.named_readers.get())


@pytest.mark.parametrize("by_number", [True, False])
def test_emergency_opens_for_an_hour_and_says_why(case, unnamed, by_number):
    number = "zskydd1" if by_number else case.person.identity_number
    with acting_as(unnamed.pk):
        person = open_in_emergency(number=number, reason="Hon har ringt och mår dåligt.", by=unnamed)
        assert person.family_name == "Zskyddsson"
    assert knows(unnamed, case)[0] is True
    opening = NamedReader.objects.get(person=case.person, user=unnamed)
    assert timedelta(minutes=59) < opening.until - timezone.now() <= timedelta(minutes=60)
    NamedReader.objects.filter(pk=opening.pk).update(until=timezone.now() - timedelta(seconds=1))
    assert knows(unnamed, case)[0] is False


def test_emergency_opens_nothing_of_another_unit_and_nobody_unprotected(programme, pitea, case, colleague, unnamed):
    other = factories.CaseFactory(programme=programme, unit=pitea)
    for user, number in ((colleague, case.number), (unnamed, other.number)):
        with acting_as(user.pk), pytest.raises(Refused) as caught, transaction.atomic():
            open_in_emergency(number=number, reason="Hon har ringt och mår dåligt.", by=user)
        assert caught.value.field == "number"


def test_nobody_names_oneself_past_the_emergency(case, unnamed):
    with acting_as(unnamed.pk), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        NamedReader.objects.create(person_id=case.person_id, unit=case.unit, user=unnamed, named_by=unnamed)


def test_emergency_is_told_to_the_managers_without_a_name(case, unnamed, boss):
    notices.tell_of_emergency(case.unit, unnamed)
    (sent,) = mail.outbox
    assert sent.to == [boss.email]
    text = sent.subject + sent.body
    assert [unnamed.name in text, "Zskyddsson" in text, case.number in text] == [True, False, False]


def test_emergency_is_reviewed_by_another_manager(case, unnamed, boss, sign_in):
    client = sign_in(unnamed)
    asked = {"number": case.number, "reason": "Hon har ringt och mår dåligt."}
    answer = client.post(reverse("emergency_list"), asked)
    assert (answer.status_code, answer["Location"]) == (302, reverse("person_detail", args=[case.person_id]))
    opening = NamedReader.objects.get(person=case.person, user=unnamed)
    page = sign_in(boss).get(reverse("emergency_list")).content.decode()
    assert ["Hon har ringt" in page, "Zskyddsson" in page, case.number in page] == [True, False, False]
    assert sign_in(boss).post(reverse("emergency_review", args=[opening.pk])).status_code == 302
    opening.refresh_from_db()
    assert opening.reviewed_by == boss


def test_manager_does_not_review_oneself(case, boss):
    with acting_as(boss.pk):
        open_in_emergency(number=case.number, reason="Hon har ringt och mår dåligt.", by=boss)
        opening = NamedReader.objects.get(user=boss, person=case.person)
        with pytest.raises(Refused, match="Another manager"), transaction.atomic():
            review_emergency(opening=opening, by=boss, at=timezone.now())


def test_emergency_without_a_reason_is_refused(case, unnamed, sign_in):
    answer = sign_in(unnamed).post(reverse("emergency_list"), {"number": case.number, "reason": "akut"})
    assert answer.status_code == 422
    assert "Write a few words more" in answer.content.decode()
    assert knows(unnamed, case)[0] is False


def test_consent_opens_no_protected_person(case, arvidsjaur, responsible, colleague, sign_in):
    factories.consent_to(arvidsjaur, case.person, responsible)
    assert sign_in(colleague).get(reverse("case_detail", args=[case.pk])).status_code == 404
    assert "Zskyddsson" not in sign_in(colleague).get(reverse("consent_list")).content.decode()
