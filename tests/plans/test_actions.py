"""A plan is agreed with a participant, and agreed anew when it changes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from lotsen.core.refused import Refused
from lotsen.plans.actions import agree_plan
from lotsen.plans.models import Plan
from tests import factories

STARTED = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def make_case(programme, pitea):
    """Give a function that makes a case of the programme."""
    return lambda **given: factories.CaseFactory(programme=programme, unit=pitea, **given)


def refusal(case, on):
    """Return the sentence with which a plan is refused, and the field that it belongs to."""
    before = case.plans.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        agree_plan(case=case, on=on)
    assert case.plans.count() == before
    return str(caught.value), caught.value.field


def test_plan_is_kept_in_each_of_its_versions(make_case):
    case = make_case(started=True)
    for on in (date(2026, 5, 1), STARTED):
        agree_plan(case=case, on=on)
    assert [plan.agreed_on for plan in case.plans.all()] == [STARTED, date(2026, 5, 1)]


@pytest.mark.parametrize(("state", "on"), [({}, STARTED), ({"started": True}, date(2026, 2, 28))])
def test_plan_before_the_participation_is_refused_at_the_day(make_case, state, on):
    assert refusal(make_case(**state), on) == ("The plan is dated before the participation.", "on")


def test_plan_agreed_twice_on_a_day_is_refused_at_the_day(make_case):
    case = make_case(started=True)
    agree_plan(case=case, on=STARTED)
    assert refusal(case, STARTED) == ("A plan was agreed on this day already. Choose another day.", "on")


def test_database_refuses_two_plans_on_a_day(make_case):
    case = make_case(started=True)
    with pytest.raises(IntegrityError, match='"plan_one_a_day"'), transaction.atomic():
        Plan.objects.bulk_create(Plan(case=case, agreed_on=STARTED) for _ in range(2))
