"""A follow-up by a link: the person answers without signing in, once, and nobody learns from the page who was asked."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lotsen.cases.actions import record_follow_up
from lotsen.cases.models import FollowUpLink
from tests import factories


@pytest.fixture
def client(responsible, sign_in) -> Client:
    """Return the browser of who answers for the case, in English."""
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def ended(programme, pitea):
    """Return a case that ended."""
    return factories.CaseFactory(programme=programme, unit=pitea, ended=True)


@pytest.fixture
def address(ended, client) -> str:
    """Return the address that the coach is shown once."""
    page = client.post(reverse("follow_up_link", args=[ended.pk, 90])).content.decode()
    (found,) = re.findall(r"http://testserver(/follow-up/[a-z0-9-]+/)", page)
    return found


@pytest.fixture
def person() -> Client:
    """Return the browser of somebody who has no account."""
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def test_person_answers_by_a_link_and_the_answer_stands_in_the_case(ended, address, person):
    page = person.get(address).content.decode()
    assert "Are you working?" in page
    assert ended.person.family_name not in page
    assert ended.number not in page
    answer = person.post(address, {"in_work": "yes", "in_education": "no"})
    assert "Your answers are sent" in answer.content.decode()
    row = ended.follow_ups.get()
    assert (row.day, row.answered, row.done_on) == (90, True, timezone.localdate())
    assert (row.in_work, row.in_education, row.sees_better_chances) == (True, False, None)


def test_link_counts_as_an_attempt(ended, address, responsible):
    assert [(row.day, row.way, row.by) for row in ended.follow_up_attempts.all()] == [(90, "message", responsible)]


def test_second_answer_changes_nothing(ended, address, person):
    person.post(address, {"in_work": "yes"})
    assert "Your answers are sent" in person.get(address).content.decode()
    person.post(address, {"in_work": "no"})
    assert ended.follow_ups.get().in_work is True


def test_nothing_answered_is_no_answer(ended, address, person):
    answer = person.post(address, {"in_work": ""})
    assert (answer.status_code, "Answer at least one" in answer.content.decode()) == (422, True)
    assert not ended.follow_ups.exists()


def test_late_answer_takes_the_place_of_no_answer(ended, address, person):
    record_follow_up(case=ended, day=90, on=timezone.localdate(), answers=None)
    person.post(address, {"sees_better_chances": "yes"})
    row = ended.follow_ups.get()
    assert (row.answered, row.sees_better_chances) == (True, True)


def test_link_that_is_old_or_made_up_opens_nothing(address, person):
    FollowUpLink.objects.update(sent_on=timezone.localdate() - timedelta(days=61))
    assert (person.get(address).status_code, person.post(address, {"in_work": "yes"}).status_code) == (404, 404)
    assert person.get(reverse("follow_up_answer", args=["abcd-efgh-jkmn-pqrs"])).status_code == 404


def test_link_ends_when_the_person_comes_back(ended, address, client, person):
    client.post(reverse("case_reopen", args=[ended.pk]))
    assert person.get(address).status_code == 404


def test_what_is_answered_is_not_asked_again(ended, client):
    record_follow_up(case=ended, day=90, on=timezone.localdate(), answers={"in_work": True})
    page = client.post(reverse("follow_up_link", args=[ended.pk, 90]), follow=True).content.decode()
    assert "answered already" in page
    assert not ended.follow_up_attempts.exists()
