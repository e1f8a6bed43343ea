"""What is found out after the exit: once for each of the programme's days, and no answer is never a no."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils.translation import override

from lotsen.cases.actions import record_follow_up
from lotsen.core.refused import Refused
from tests import factories

CLOSED = date(2026, 9, 1)
DAY_90 = CLOSED + timedelta(days=90)
ASKED = ("answered", "in_work", "in_education", "in_other_programme", "sees_better_chances")


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def ended(programme, pitea):
    """Return a case that ended on 1 September."""
    return factories.CaseFactory(programme=programme, unit=pitea, ended=True)


def kept(case):
    """Return what is kept of the follow-ups of a case."""
    return list(case.follow_ups.values_list("day", "done_on", *ASKED))


def refusal(case, **given):
    """Return the sentence with which a follow-up is refused, and the field that it belongs to."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        record_follow_up(**{"case": case, "day": 90, "on": DAY_90, "answers": None, **given})
    assert kept(case) == []
    return str(caught.value), caught.value.field


def test_follow_up_keeps_what_was_answered(ended):
    answers = {"in_work": True, "in_education": False, "in_other_programme": None, "sees_better_chances": True}
    record_follow_up(case=ended, day=90, on=DAY_90, answers=answers)
    assert kept(ended) == [(90, DAY_90, True, True, False, None, True)]


@pytest.mark.parametrize(("answers", "in_work"), [({"in_work": False}, False), ({}, None)])
def test_follow_up_leaves_open_what_was_not_asked(ended, answers, in_work):
    record_follow_up(case=ended, day=90, on=DAY_90, answers=answers)
    assert kept(ended) == [(90, DAY_90, True, in_work, None, None, None)]


def test_follow_up_without_an_answer_says_nothing(ended):
    record_follow_up(case=ended, day=90, on=DAY_90, answers=None)
    assert kept(ended) == [(90, DAY_90, False, None, None, None, None)]


def test_follow_up_answered_later_takes_the_place_of_the_one_without_an_answer(ended):
    record_follow_up(case=ended, day=90, on=DAY_90, answers=None)
    record_follow_up(case=ended, day=90, on=DAY_90 + timedelta(days=5), answers={"in_work": True})
    assert kept(ended) == [(90, DAY_90 + timedelta(days=5), True, True, None, None, None)]


def test_follow_up_corrected_to_no_answer_keeps_nothing_of_the_answer(ended):
    record_follow_up(case=ended, day=90, on=DAY_90, answers={"in_work": True, "sees_better_chances": False})
    record_follow_up(case=ended, day=90, on=DAY_90, answers=None)
    assert kept(ended) == [(90, DAY_90, False, None, None, None, None)]


def test_follow_up_is_kept_for_each_day_of_the_programme(ended):
    ended.programme.follow_up_days = [90, 180]
    for day in (90, 180):
        record_follow_up(case=ended, day=day, on=CLOSED + timedelta(days=day), answers=None)
    assert [row[0] for row in kept(ended)] == [90, 180]


def test_follow_up_on_another_day_is_refused_and_names_the_days(ended):
    ended.programme.follow_up_days = [90, 180]
    assert refusal(ended, day=30) == ("The programme follows up on other days: 90, 180.", None)


@pytest.mark.parametrize("state", [{}, {"started": True}])
def test_follow_up_of_a_case_that_is_open_is_refused(programme, pitea, state):
    case = factories.CaseFactory(programme=programme, unit=pitea, **state)
    assert refusal(case) == ("The case is not closed yet, so there is nothing to follow up.", None)


def test_follow_up_of_a_case_that_was_transferred_is_refused(programme, pitea):
    """A transfer is no exit: no indicator asks those who were transferred."""
    case = factories.CaseFactory(programme=programme, unit=pitea, transferred=True)
    assert refusal(case) == ("Only a case that has ended with an exit is followed up.", None)


def test_follow_up_before_the_exit_is_refused_at_the_day(ended):
    assert refusal(ended, on=CLOSED - timedelta(days=1)) == (
        "The follow-up lies before the end (2026-09-01).",
        "on",
    )


def test_follow_up_may_be_made_on_the_day_of_the_exit(ended):
    record_follow_up(case=ended, day=90, on=CLOSED, answers=None)
    assert [row[1] for row in kept(ended)] == [CLOSED]
