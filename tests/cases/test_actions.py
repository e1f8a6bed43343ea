"""What may happen to a case, when, and what is then kept of it."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils.translation import override

from lotsen.cases import actions
from lotsen.cases.enums import TRANSITIONS, CaseState, Closing, Occasion, Whereabouts
from lotsen.cases.models import Case, CaseTargetGroup
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.programmes.models import TargetGroup
from tests import factories

REFERRED, STARTED, CLOSED = date(2026, 2, 1), date(2026, 3, 1), date(2026, 9, 1)
DAY = timedelta(days=1)
STATES = {
    CaseState.REFERRED: {},
    CaseState.ACTIVE: {"started": True},
    CaseState.ENDED: {"ended": True},
    CaseState.TRANSFERRED: {"transferred": True},
}
MOVES = sorted({name for _before, name, _after in TRANSITIONS})


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def make_case(programme, pitea):
    """Give a function that makes a case of Piteå's in the programme."""
    return lambda **given: factories.CaseFactory(programme=programme, unit=pitea, **given)


@pytest.fixture
def active(make_case):
    """Return a case that has started."""
    return make_case(started=True)


@pytest.fixture
def ended(make_case):
    """Return a case that has ended."""
    return make_case(ended=True)


def refusal(act, **given):
    """Return the sentence with which an action refuses, and the field that it belongs to."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(**given)
    return str(caught.value), caught.value.field


def move(name, case, on=CLOSED):
    """Have a case move by one of the actions of the table."""
    work = case.programme.destinations.get(code="arbete")
    done = case.programme.exitreasons.get(code="klar")
    given = {
        "start_case": {"support": "income_support"},
        "end_case": {"destination": work, "reason": done},
        "transfer_case": {"to": "Enheten för arbete"},
        "reopen_case": {},
    }
    getattr(actions, name)(case=case, on=on, **given[name])


def row(case):
    """Return all that stands in the table of a case."""
    return Case.objects.filter(pk=case.pk).values().get()


@pytest.mark.parametrize(("before", "name", "after"), TRANSITIONS)
def test_case_moves_as_the_table_says(make_case, before, name, after):
    case = make_case(**STATES[before])
    assert case.state == before
    move(name, case)
    assert Case.objects.get(pk=case.pk).state == case.state == after


@pytest.mark.parametrize(
    ("before", "name"),
    [(s, name) for s in CaseState for name in MOVES if (s, name) not in {move[:2] for move in TRANSITIONS}],
)
def test_case_moves_in_no_other_way(make_case, before, name):
    case = make_case(**STATES[before])
    kept = row(case)
    assert refusal(move, name=name, case=case) == (
        f"The case is {before.label.lower()}. This cannot be done from there.",
        None,
    )
    assert (row(case), case.state) == (kept, before)


def test_case_moves_are_all_tried():
    assert MOVES == ["end_case", "reopen_case", "start_case", "transfer_case"]
    assert set(STATES) == set(CaseState)


@pytest.mark.parametrize(
    ("name", "state", "on", "sentence"),
    [
        ("start_case", "REFERRED", REFERRED - DAY, "The start lies before the referral (2026-02-01)."),
        (
            *("start_case", "REFERRED", date(2028, 1, 1)),
            "The start must lie in the programme's period, 2026-01-01 to 2027-12-31.",
        ),
        ("end_case", "ACTIVE", STARTED - DAY, "The end lies before the start (2026-03-01)."),
        ("transfer_case", "ACTIVE", STARTED - DAY, "The end lies before the start (2026-03-01)."),
    ],
)
def test_case_whose_days_are_out_of_order_is_refused_at_the_day(make_case, name, state, on, sentence):
    case = make_case(**STATES[CaseState[state]])
    kept = row(case)
    assert refusal(move, name=name, case=case, on=on) == (sentence, "on")
    # Also the case that the page goes on to show is as it was.
    assert (row(case), case.state) == (kept, CaseState[state])


@pytest.mark.parametrize(
    ("name", "state", "on"), [("start_case", {}, REFERRED), ("end_case", {"started": True}, STARTED)]
)
def test_case_may_move_twice_on_a_day(make_case, name, state, on):
    case = make_case(**state)
    move(name, case, on)
    assert on in {case.started_on, case.closed_on}


def test_case_starts_no_earlier_than_the_programme(make_case):
    case = make_case(referred_on=date(2025, 12, 1))
    assert refusal(move, name="start_case", case=case, on=date(2025, 12, 31))[1] == "on"
    move("start_case", case, date(2026, 1, 1))
    assert case.state == CaseState.ACTIVE


def refer(programme, unit, **given):
    """Refer a person as a form would."""
    person = factories.PersonFactory(unit=unit)
    fields = {"person": person, "on": REFERRED, "number": "2026-1", "facts": {}}
    return actions.refer_case(programme=programme, unit=unit, **{**fields, **given})


def test_referral_keeps_what_is_known_and_leaves_the_rest_unknown(programme, pitea):
    referrer = factories.OrganisationFactory()
    case = refer(programme, pitea, facts={"sex": "man", "born_abroad": False}, referred_by=referrer)
    case = Case.objects.get(pk=case.pk)
    assert (case.referred_on, case.referred_by, case.sex, case.born_abroad) == (REFERRED, referrer, "man", False)
    assert (case.age, case.newly_arrived, case.on_sick_leave) == (None, None, None)


def test_referral_to_a_unit_that_does_not_take_part_is_refused(programme, alvsbyn):
    assert refusal(refer, programme=programme, unit=alvsbyn) == (
        f"{alvsbyn} does not take part in {programme.name}.",
        None,
    )


def test_referral_after_the_programme_is_refused(programme, pitea):
    assert refusal(refer, programme=programme, unit=pitea, on=date(2028, 1, 1)) == (
        "The programme ended on 2027-12-31. Choose a day before that.",
        "on",
    )


def test_referral_of_a_person_who_has_a_case_is_refused(programme, pitea):
    person = refer(programme, pitea).person
    assert refusal(refer, programme=programme, unit=pitea, person=person, number="2026-2") == (
        "This person already has a case in the programme. Open it instead of making another.",
        None,
    )


def test_referral_of_a_person_who_has_a_case_that_one_may_not_see_is_refused(programme, pitea):
    other = factories.UnitFactory(organisation=pitea.organisation)
    programme.units.add(other)
    met = factories.PersonFactory(unit=pitea)
    refer(programme, other, person=met)
    with acting_as(factories.staff(pitea).pk):
        assert refusal(refer, programme=programme, unit=pitea, person=met, number="2026-2") == (
            "This person already has a case in the programme. Open it instead of making another.",
            None,
        )


def test_referral_under_a_number_that_is_taken_is_refused_at_the_number(programme, pitea):
    refer(programme, pitea)
    assert refusal(refer, programme=programme, unit=pitea) == ("The case number 2026-1 is taken.", "number")


def test_referral_to_another_programme_may_have_the_same_person_and_number(programme, pitea):
    other = factories.ProgrammeFactory(lead_unit=pitea)
    person = refer(programme, pitea).person
    assert refer(other, pitea, person=person).number == "2026-1"


def groups_of(case):
    """Return the target groups of a case."""
    return sorted(case.target_groups.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("facts", "groups"),
    [
        ({"sex": "woman", "age": 24}, ["kvinnor", "unga"]),
        ({"sex": "man", "age": 16}, ["unga"]),
        ({"sex": "woman", "age": 25}, ["kvinnor"]),
        ({"sex": "", "age": None}, []),
        ({}, []),
    ],
)
def test_start_settles_every_target_group_that_the_facts_meet(make_case, facts, groups):
    assert groups_of(make_case(started=True, facts=facts)) == groups


def test_start_settles_no_target_group_of_employers(programme, make_case):
    TargetGroup.objects.create(
        programme=programme,
        code="foretag",
        names=factories.text("Företag", "Employers"),
        position=9,
        is_of_employers=True,
    )
    assert groups_of(make_case(started=True)) == ["kvinnor", "unga"]


def test_target_groups_stay_as_they_were_at_the_start(programme, active):
    programme.targetgroups.filter(code="unga").update(rule=[{"fact": "age", "from": 60, "to": 64}])
    Case.objects.filter(pk=active.pk).update(age=61, sex="man")
    actions.enter_support(case=active, support="own_income", since=CLOSED)
    assert groups_of(active) == ["kvinnor", "unga"]


def test_referral_settles_no_target_group(make_case):
    assert CaseTargetGroup.objects.filter(case=make_case()).count() == 0


def test_start_keeps_means_of_support_and_who_answers(make_case, responsible):
    case = make_case(started=True, by=responsible)
    assert list(case.supportentrys.values_list("since", "support")) == [(STARTED, "income_support")]
    assert list(case.responsibleentrys.values_list("since", "user")) == [(STARTED, responsible.pk)]


def test_start_may_leave_open_who_answers(active):
    assert active.responsibleentrys.count() == 0


def test_end_keeps_where_to_and_why(ended):
    case = Case.objects.get(pk=ended.pk)
    assert (case.closing, case.closed_on, case.transferred_to) == (Closing.EXIT, CLOSED, "")
    assert (case.destination.code, case.reason.code, case.outcome) == ("arbete", "klar", "Work")


@pytest.mark.parametrize("foreign", ["destination", "reason"])
def test_end_with_a_line_of_another_programme_is_refused(active, foreign):
    other = factories.ProgrammeFactory()
    given = {
        "destination": active.programme.destinations.get(code="arbete"),
        "reason": active.programme.exitreasons.get(code="klar"),
    }
    given[foreign] = getattr(other, {"destination": "destinations", "reason": "exitreasons"}[foreign]).first()
    assert refusal(actions.end_case, case=active, on=CLOSED, **given) == (
        "Choose a destination and a reason from this programme's own lists.",
        None,
    )
    assert active.state == Case.objects.get(pk=active.pk).state == CaseState.ACTIVE


def test_transfer_is_no_exit(make_case):
    case = Case.objects.get(pk=make_case(transferred=True).pk)
    assert (case.closing, case.closed_on, case.transferred_to) == (Closing.TRANSFER, CLOSED, "Enheten för arbete")
    assert (case.destination, case.reason, case.outcome) == (None, None, "Transferred")


@pytest.mark.parametrize("to", ["", "  \t"])
def test_transfer_to_nobody_is_refused(active, to):
    assert refusal(actions.transfer_case, case=active, on=CLOSED, to=to) == ("Say who takes over.", "to")


def history(case, name, *fields):
    """Return a dated history of a case, in its order."""
    return list(getattr(case, name).values_list("since", *fields))


def test_step_is_entered_from_its_day(active):
    for code, since in (("matchning", date(2026, 5, 1)), ("tillit", STARTED)):
        actions.enter_step(case=active, step=active.programme.steps.get(code=code), since=since)
    assert history(active, "stepentrys", "step__code") == [(STARTED, "tillit"), (date(2026, 5, 1), "matchning")]


def test_step_entered_twice_on_a_day_is_corrected(active):
    for code in ("matchning", "tillit", "tillit"):
        actions.enter_step(case=active, step=active.programme.steps.get(code=code), since=STARTED)
    assert history(active, "stepentrys", "step__code") == [(STARTED, "tillit")]


def test_step_of_another_programme_is_refused(active):
    step = factories.ProgrammeFactory().steps.first()
    assert refusal(actions.enter_step, case=active, step=step, since=STARTED) == (
        "The step belongs to another programme.",
        None,
    )


def test_support_entered_twice_on_a_day_is_corrected(active):
    for support in ("activity_grant", "own_income"):
        actions.enter_support(case=active, support=support, since=CLOSED)
    assert history(active, "supportentrys", "support") == [(STARTED, "income_support"), (CLOSED, "own_income")]


def test_support_may_change_after_the_exit(ended):
    actions.enter_support(case=ended, support="own_income", since=CLOSED + 30 * DAY)
    assert history(ended, "supportentrys", "support")[-1] == (CLOSED + 30 * DAY, "own_income")


def test_whereabouts_entered_twice_on_a_day_are_corrected(active):
    for whereabouts in (Whereabouts.ACTIVITY, Whereabouts.WORK):
        actions.enter_whereabouts(case=active, whereabouts=whereabouts, since=STARTED)
    assert history(active, "whereaboutsentrys", "whereabouts") == [(STARTED, "work")]


@pytest.mark.parametrize("name", ["enter_step", "enter_whereabouts"])
@pytest.mark.parametrize(
    ("state", "since", "is_refused"),
    [
        ("REFERRED", STARTED, True),
        ("ACTIVE", STARTED - DAY, True),
        ("ACTIVE", STARTED, False),
        ("ACTIVE", CLOSED, False),
        ("ENDED", CLOSED, False),
        ("ENDED", CLOSED + DAY, True),
        ("TRANSFERRED", CLOSED + DAY, True),
    ],
)
def test_day_outside_the_time_of_the_case_is_refused_at_the_day(make_case, name, state, since, is_refused):
    case = make_case(**STATES[CaseState[state]])
    what = {
        "enter_step": {"step": case.programme.steps.first()},
        "enter_whereabouts": {"whereabouts": Whereabouts.WORK},
    }
    if is_refused:
        sentence = ("The day lies outside the time of the case.", "since")
        assert refusal(getattr(actions, name), case=case, since=since, **what[name]) == sentence
    else:
        getattr(actions, name)(case=case, since=since, **what[name])
    entries = case.stepentrys if name == "enter_step" else case.whereaboutsentrys
    assert entries.count() == (0 if is_refused else 1)


@pytest.mark.parametrize(("first", "second"), [(3, 7), (3, None), (None, 1)])
def test_distance_rated_again_is_corrected(active, first, second):
    for on, distance in ((STARTED, first), (STARTED + DAY, second)):
        actions.rate_distance(case=active, occasion=Occasion.START, on=on, distance=distance)
    assert list(active.ratings.values_list("rated_on", "distance")) == [(STARTED + DAY, second)]


def test_distance_is_rated_once_on_each_occasion(ended):
    for occasion, on, distance in ((Occasion.START, STARTED, 3), (Occasion.EXIT, CLOSED, 5)):
        actions.rate_distance(case=ended, occasion=occasion, on=on, distance=distance)
    assert dict(ended.ratings.values_list("occasion", "distance")) == {"start": 3, "exit": 5}
