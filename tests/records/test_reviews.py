"""A reviewer draws readings of a period, sees what is unusual, judges each, and signs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from lotsen.access.enums import Role
from lotsen.cases.actions import start_case
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.records.actions import begin_review, judge_readings, sign_review
from lotsen.records.models import LogReview
from lotsen.records.queries import patterns_in
from tests import factories

#: A Wednesday in a month that has a part of its own or falls into the rest: noon here.
NOON = datetime(2026, 7, 15, 10, 0, tzinfo=UTC)
NIGHT = datetime(2026, 7, 15, 22, 30, tzinfo=UTC)
SUNDAY = datetime(2026, 7, 19, 10, 0, tzinfo=UTC)
SINCE, UNTIL = datetime(2026, 7, 1).date(), datetime(2026, 7, 31).date()  # noqa: DTZ001 - a day has no zone
NOW = timezone.localtime()


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def auditor(pitea):
    """Return the auditor of Piteå."""
    return factories.staff(pitea, Role.AUDITOR)


@pytest.fixture
def case(programme, pitea, responsible):
    """Return a case for which the responsible coach answers."""
    case = factories.CaseFactory(programme=programme, unit=pitea, person__family_name="Ågren")
    start_case(case=case, on=case.referred_on.replace(month=3), support="income_support", by=responsible)
    return case


def read(case, user, at=NOON, kind="view"):
    """Write a line into the log as it would have been written then. Returns its key."""
    with connection.cursor() as cursor:
        cursor.execute("set local role none")
        cursor.execute(
            "insert into people_reading (at, user_id, kind, page, subjects, units, grounds, reason)"
            " values (%s, %s, %s, 'case_detail', %s, %s, '{}', '') returning id",
            [at, user.pk, kind, [case.pk, case.person_id], [case.unit_id]],
        )
        (key,) = cursor.fetchone()
        cursor.execute("set local role lotsen_job")
    return key


def found(pitea, auditor):
    """Return the patterns of July as the auditor finds them, beside the whole."""
    with acting_as(auditor.pk):
        patterns = patterns_in(pitea.organisation, SINCE, UNTIL)
    return {pattern: set(ids) for pattern, ids in patterns.items() if pattern != "sample"}


def test_reading_of_ones_own_case_by_day_is_nothing_unusual(case, pitea, auditor, responsible):
    read(case, responsible)
    assert found(pitea, auditor) == {}


@pytest.mark.parametrize("at", [NIGHT, SUNDAY])
def test_reading_at_night_or_on_a_sunday_is_found(case, pitea, auditor, responsible, at):
    key = read(case, responsible, at=at)
    assert found(pitea, auditor) == {"night": {key}}


def test_reading_of_somebody_of_the_same_family_name_is_found(case, pitea, auditor, responsible):
    responsible.name = "Eva Agren"
    responsible.save()
    key = read(case, responsible)
    read(factories.CaseFactory(programme=case.programme, unit=pitea), responsible, kind="list")
    assert found(pitea, auditor)["own_name"] == {key}


def test_reading_outside_ones_own_cases_is_found_for_who_has_some(case, pitea, auditor, responsible):
    other = factories.CaseFactory(programme=case.programme, unit=pitea)
    key = read(other, responsible)
    read(other, factories.staff(pitea, Role.UNIT_MANAGER))
    assert found(pitea, auditor) == {"outside": {key}}


def test_many_readings_within_an_hour_are_found(case, pitea, auditor, responsible):
    keys = [read(case, responsible, at=NOON + timedelta(minutes=n)) for n in range(32)]
    for n in range(40):
        read(case, responsible, at=NOON + timedelta(hours=2 + n % 7), kind="list")
    assert found(pitea, auditor) == {"many": set(keys[30:])}


def test_emergency_is_found_always(case, pitea, auditor, responsible):
    key = read(case, responsible, kind="emergency")
    assert found(pitea, auditor) == {"emergency": {key}}


def test_reading_before_or_after_the_period_or_elsewhere_is_not_found(case, pitea, auditor, arvidsjaur, responsible):
    for at in (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), datetime(2026, 7, 31, 22, 1, tzinfo=UTC)):
        read(case, responsible, at=at)
    read(factories.CaseFactory(programme=case.programme, unit=arvidsjaur), responsible)
    with acting_as(auditor.pk):
        assert patterns_in(pitea.organisation, SINCE, UNTIL) == {}


def test_nobody_else_finds_anything(case, pitea, alvsbyn, responsible, colleague, manager):
    read(case, responsible, at=NIGHT)
    foreign = factories.staff(alvsbyn, Role.AUDITOR)
    for user in (responsible, colleague, manager, foreign):
        with acting_as(user.pk):
            assert patterns_in(pitea.organisation, SINCE, UNTIL) == {}


def begun(pitea, auditor, **given):
    """Begin a review of July."""
    fields = {"organisation": pitea.organisation, "since": SINCE, "until": UNTIL, "by": auditor, "at": NOW}
    with acting_as(auditor.pk), transaction.atomic():
        return begin_review(**{**fields, **given})


def test_review_draws_some_by_lot_and_the_same_each_time(case, pitea, auditor, responsible):
    for n in range(25):
        read(case, responsible, at=NOON + timedelta(hours=n // 10))
    review = begun(pitea, auditor)
    assert (review.readings, review.counts["sample"]) == (25, 25)
    assert review.reviewed.filter(pattern="sample").count() == 10


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"until": SINCE - timedelta(days=1)}, "The end lies before the beginning."),
        ({"until": NOW.date()}, "The period must be over: choose a day before today."),
        ({"since": SINCE.replace(year=2020), "until": UNTIL.replace(year=2020)}, "Nobody has read any record"),
    ],
)
def test_review_that_cannot_be_is_refused(case, pitea, auditor, responsible, given, said):
    read(case, responsible)
    with pytest.raises(Refused, match=said):
        begun(pitea, auditor, **given)


def test_review_is_signed_when_everything_is_judged_and_stays(case, pitea, auditor, responsible):
    read(case, responsible, at=NIGHT)
    review = begun(pitea, auditor)
    with pytest.raises(Refused, match="under review already"):
        begun(pitea, auditor)
    with acting_as(auditor.pk):
        with pytest.raises(Refused, match="2 readings have no verdict yet"), transaction.atomic():
            sign_review(review=review, remark="", by=auditor, at=NOW)
        keys = [str(row.pk) for row in review.reviewed.all()]
        with pytest.raises(Refused, match="Say in the note"), transaction.atomic():
            judge_readings(review=review, verdicts={keys[0]: ("wrong", "")})
        judge_readings(review=review, verdicts=dict.fromkeys(keys, ("right", "")))
        sign_review(review=review, remark="Utan anmärkning", by=auditor, at=NOW)
        with pytest.raises(Refused, match="stays as it is"), transaction.atomic():
            judge_readings(review=review, verdicts={keys[0]: ("wrong", "Fel")})
        with pytest.raises(Refused, match="stays as it is"), transaction.atomic():
            sign_review(review=review, remark="", by=auditor, at=NOW)


def test_reviewer_does_it_all_in_the_browser(case, pitea, auditor, responsible, sign_in):
    read(case, responsible, at=NIGHT)
    client = sign_in(auditor)
    period = {"organisation": pitea.organisation_id, "since": "2026-07-01", "until": "2026-07-31"}
    answer = client.post(reverse("review_list"), period)
    review = LogReview.objects.get()
    address = reverse("review_detail", args=[review.pk])
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    page = client.get(address).content.decode()
    assert [responsible.name in page, "Ågren" in page, case.number in page] == [True, False, False]
    early = client.post(reverse("review_sign", args=[review.pk]), {"remark": "Klart"})
    assert (early.status_code, "Klart" in early.content.decode()) == (422, True)
    verdicts = {f"verdict-{row.pk}": "asked" for row in review.reviewed.all()}
    assert client.post(address, verdicts).status_code == 302
    assert client.post(reverse("review_sign", args=[review.pk]), {"remark": "Klart"}).status_code == 302
    review.refresh_from_db()
    assert (review.signed_by, review.remark) == (auditor, "Klart")
    assert "Klart" in client.get(address).content.decode()


def test_review_of_another_authority_is_not_there(case, pitea, alvsbyn, auditor, responsible, sign_in):
    read(case, responsible)
    review = begun(pitea, auditor)
    foreign = sign_in(factories.staff(alvsbyn, Role.AUDITOR))
    assert foreign.get(reverse("review_detail", args=[review.pk])).status_code == 404
