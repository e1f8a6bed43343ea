"""A placement lies within the time of its case, and ends no earlier than it began."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import override

from lotsen.access.models import Municipality
from lotsen.core.refused import Refused
from lotsen.employers.actions import register_workplace
from lotsen.placements.actions import begin_placement, end_placement
from lotsen.placements.models import Placement
from tests import factories
from tests.factories import PITEA

STARTED, CLOSED = date(2026, 3, 1), date(2026, 9, 1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def make_case(programme, pitea):
    """Give a function that makes a case of the programme."""
    return lambda **given: factories.CaseFactory(programme=programme, unit=pitea, **given)


@pytest.fixture
def workplace(db):
    """Return a workplace."""
    return register_workplace(
        employer_name="Bageriet", sector="private", name="Köket", municipality=Municipality.objects.get(pk=PITEA)
    )


@pytest.fixture
def begin(programme, workplace):
    """Give a function that begins a placement."""
    kind = programme.kinds.get(code="praktik")

    def begun(case, on, **given):
        with transaction.atomic():
            told = {"case": case, "workplace": workplace, "kind": kind, "on": on, "without_analysis": "Prov"}
            return begin_placement(**{**told, **given})

    return begun


def refusal(act, *args, **given):
    """Return the sentence with which an action refuses, and the field that it belongs to."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(*args, **given)
    return str(caught.value), caught.value.field


@pytest.mark.parametrize(
    ("state", "on"),
    [({"started": True}, STARTED), ({"started": True}, CLOSED), ({"ended": True}, STARTED), ({"ended": True}, CLOSED)],
)
def test_placement_begins_within_the_time_of_the_case(make_case, begin, workplace, state, on):
    placement = begin(make_case(**state), on)
    kept = Placement.objects.get(pk=placement.pk)
    assert (kept.workplace, kept.kind.code, kept.began_on, kept.ended_on) == (workplace, "praktik", on, None)


@pytest.mark.parametrize(
    ("state", "on", "sentence"),
    [
        ({}, STARTED, "The placement begins before the participation."),
        ({"started": True}, STARTED - DAY, "The placement begins before the participation."),
        ({"ended": True}, CLOSED + DAY, "The case is closed (2026-09-01)."),
        ({"transferred": True}, CLOSED + DAY, "The case is closed (2026-09-01)."),
    ],
)
def test_placement_outside_the_time_of_the_case_is_refused_at_the_day(make_case, begin, state, on, sentence):
    case = make_case(**state)
    assert refusal(begin, case, on) == (sentence, "on")
    assert case.placements.count() == 0


@pytest.mark.parametrize(("code", "name"), [("kurs", "Course"), ("sprak", "Language support")])
def test_placement_of_another_kind_is_refused(make_case, begin, programme, code, name):
    kind = programme.kinds.get(code=code)
    assert refusal(begin, make_case(started=True), STARTED, kind=kind) == (
        f"{name} is not a kind of placement in this programme.",
        None,
    )


def test_placement_of_a_kind_of_another_programme_is_refused(make_case, begin):
    kind = factories.ProgrammeFactory().kinds.get(code="praktik")
    assert refusal(begin, make_case(started=True), STARTED, kind=kind)[0] == (
        "Internship is not a kind of placement in this programme."
    )


def test_placement_that_begins_on_the_day_of_another_is_refused_at_the_day(make_case, begin):
    case = make_case(started=True)
    begin(case, STARTED)
    assert refusal(begin, case, STARTED) == ("Another placement began on this day. Choose another day.", "on")


def test_placements_follow_each_other(make_case, begin):
    case = make_case(started=True)
    begin(case, STARTED + DAY)
    # It ends on the day when the other begins.
    begin(case, STARTED, until=STARTED + DAY)
    assert [placement.began_on for placement in case.placements.all()] == [STARTED, STARTED + DAY]


@pytest.mark.parametrize("on", [STARTED, CLOSED + DAY])
def test_placement_ends_on_its_first_day_or_later(make_case, begin, on):
    placement = begin(make_case(ended=True), STARTED)
    end_placement(placement=placement, on=on)
    assert Placement.objects.get(pk=placement.pk).ended_on == on


def test_placement_that_ends_before_it_began_is_refused_at_the_day(make_case, begin):
    placement = begin(make_case(started=True), STARTED)
    assert refusal(end_placement, placement=placement, on=STARTED - DAY) == (
        "The end lies before the beginning.",
        "on",
    )
    assert (placement.ended_on, Placement.objects.get(pk=placement.pk).ended_on) == (None, None)


def test_placement_ended_again_is_corrected(make_case, begin):
    placement = begin(make_case(started=True), STARTED)
    for on in (CLOSED, STARTED + DAY):
        end_placement(placement=placement, on=on)
    assert Placement.objects.get(pk=placement.pk).ended_on == STARTED + DAY


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("placement_ends_after_beginning", {"began_on": STARTED + DAY, "ended_on": STARTED}),
        ("placement_begins_once_a_day", {"began_on": STARTED}),
    ],
)
def test_database_refuses_a_placement_that_cannot_be(make_case, begin, constraint, fields):
    first = begin(make_case(started=True), STARTED)
    told = {"state": "completed", "from_on": STARTED, "ended_on": CLOSED, "without_analysis": "Prov", **fields}
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        Placement.objects.create(case=first.case, workplace=first.workplace, kind=first.kind, **told)


def test_case_with_a_placement_is_not_forgotten(make_case, begin):
    case = begin(make_case(started=True), STARTED).case
    with pytest.raises(ProtectedError):
        case.delete()
