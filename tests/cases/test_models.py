"""What the database itself refuses, whoever writes."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from lotsen.access.models import User
from lotsen.cases import models
from lotsen.cases.enums import CaseState
from lotsen.cases.models import AnonymousParticipant, Case
from tests import factories

STARTED, CLOSED = date(2026, 3, 1), date(2026, 9, 1)


def case_with(**changes):
    """Change the row of a case past every action."""
    return lambda case: Case.objects.filter(pk=case.pk).update(**changes)


def another(**changes):
    """Add a case like it."""

    def act(case):
        like = {"programme": case.programme, "unit": case.unit, "number": "x", "referred_on": case.referred_on}
        return Case.objects.create(**{**like, **{key: value(case) for key, value in changes.items()}})

    return act


def twice(model, **fields):
    """Add the same row of a table of the case's twice."""
    return lambda case: [getattr(models, model).objects.create(case=case, **found(case, fields)) for _ in range(2)]


def once(model, **fields):
    """Add a row of a table of the case's."""
    return lambda case: getattr(models, model).objects.create(case=case, **found(case, fields))


def found(case, fields):
    """Return fields, with those that hang on the case found."""
    return {name: value(case) if callable(value) else value for name, value in fields.items()}


def work(case):
    """Return the destination work."""
    return case.programme.destinations.get(code="arbete")


def done(case):
    """Return a reason."""
    return case.programme.exitreasons.get(code="klar")


def first_step(case):
    """Return the first step."""
    return case.programme.steps.first()


def somebody(case):
    """Return a member of staff."""
    return factories.UserFactory()


def colleague(case):
    """Return the same member of staff each time."""
    return User.objects.filter(memberships__unit=case.unit).first() or factories.staff(case.unit)


def closed(**changes):
    """Change the row of a case by what must be found first."""
    return lambda case: Case.objects.filter(pk=case.pk).update(**found(case, changes))


def anonymous(**given):
    """Count somebody without a name."""

    def act(case):
        AnonymousParticipant.objects.create(programme=case.programme, unit=case.unit, year=2026, **given)

    return act


EXIT = {"closing": "exit", "closed_on": CLOSED, "destination": work, "reason": done}
TRANSFER = {"closing": "transfer", "closed_on": CLOSED, "transferred_to": "Enheten"}
REFUSED = [
    ("anonymous_participant_sex_is_known", anonymous(sex="x")),
    ("case_number_once_in_programme", another(number=lambda case: case.number)),
    ("case_once_for_person_in_programme", another(person=lambda case: case.person)),
    ("case_starts_after_referral", case_with(started_on=date(2026, 1, 31))),
    ("case_closes_after_start", closed(**EXIT | {"closed_on": date(2026, 2, 28)})),
    ("case_closes_after_start", closed(**TRANSFER | {"closed_on": date(2026, 2, 28)})),
    ("case_age_is_possible", case_with(age=-1)),
    ("case_age_is_possible", case_with(age=121)),
    ("case_sex_is_known", case_with(sex="x")),
    *(("case_closing_is_whole", closed(**EXIT | {name: None})) for name in ("closed_on", "destination", "reason")),
    ("case_closing_is_whole", closed(**EXIT | {"started_on": None})),
    ("case_closing_is_whole", closed(**EXIT | {"transferred_to": "Enheten"})),
    ("case_closing_is_whole", closed(**EXIT | {"closing": ""})),
    ("case_closing_is_whole", closed(**EXIT | {"closing": "gone"})),
    ("case_closing_is_whole", closed(**TRANSFER | {"transferred_to": ""})),
    ("case_closing_is_whole", closed(**TRANSFER | {"closed_on": None})),
    ("case_closing_is_whole", closed(**TRANSFER | {"started_on": None})),
    ("case_closing_is_whole", closed(**TRANSFER | {"destination": work})),
    ("case_closing_is_whole", closed(**TRANSFER | {"reason": done})),
    *(("case_closing_is_whole", closed(**{name: EXIT[name]})) for name in ("closed_on", "destination", "reason")),
    ("case_closing_is_whole", closed(transferred_to="Enheten")),
    ("case_target_group_once", twice("CaseTargetGroup", target_group=lambda case: case.programme.targetgroups.last())),
    ("stepentry_one_a_day", twice("StepEntry", since=CLOSED, step=lambda case: case.programme.steps.first())),
    ("supportentry_one_a_day", twice("SupportEntry", since=CLOSED, support="none")),
    ("whereaboutsentry_one_a_day", twice("WhereaboutsEntry", since=CLOSED, whereabouts="work")),
    ("responsibleentry_one_a_day", twice("ResponsibleEntry", since=CLOSED, user=lambda case: factories.UserFactory())),
    ("support_is_known", once("SupportEntry", since=CLOSED, support="lottery")),
    ("whereabouts_is_known", once("WhereaboutsEntry", since=CLOSED, whereabouts="")),
    ("rating_once_an_occasion", twice("OwnRating", occasion="start", rated_on=STARTED, distance=3)),
    ("rating_on_scale", once("OwnRating", occasion="start", rated_on=STARTED, distance=0)),
    ("rating_on_scale", once("OwnRating", occasion="start", rated_on=STARTED, distance=11)),
    ("rating_occasion_is_known", once("OwnRating", occasion="lunch", rated_on=STARTED, distance=3)),
    ("case_lacking_says_why", closed(**EXIT | {"lacking": "En plan"})),
    ("step_overruled_says_why", once("StepEntry", since=CLOSED, step=first_step, lacking="En plan")),
    ("team_member_once", twice("TeamMember", since=STARTED, part="coach", user=colleague)),
    ("team_member_ends_after_beginning", once("TeamMember", since=CLOSED, until=STARTED, part="coach", user=somebody)),
    ("team_part_is_known", once("TeamMember", since=CLOSED, part="cook", user=somebody)),
    ("follow_up_attempt_way_is_known", once("FollowUpAttempt", day=90, on=CLOSED, way="smoke", by=somebody)),
    ("follow_up_once_a_day", twice("FollowUp", day=90, done_on=CLOSED, answered=False)),
    *(
        (
            "follow_up_without_answer_says_nothing",
            once("FollowUp", day=90, done_on=CLOSED, answered=False, **{name: said}),
        )
        for name in ("in_work", "in_education", "in_other_programme", "sees_better_chances")
        for said in (True, False)
    ),
]


@pytest.fixture
def case(programme, pitea):
    """Return a case that has started, with a person, and without target groups."""
    return factories.CaseFactory(programme=programme, unit=pitea, started=True, facts={})


@pytest.mark.parametrize(("constraint", "act"), REFUSED)
def test_database_refuses_what_cannot_be(case, constraint, act):
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        act(case)


def test_database_is_asked_for_each_of_its_constraints():
    declared = {
        constraint.name
        for model in apps.get_app_config("cases").get_models()
        for constraint in model._meta.constraints
        if not hasattr(model, "pgh_tracked_model")
    }
    assert {name for name, _act in REFUSED} == declared


@pytest.mark.parametrize(
    "act",
    [
        closed(**EXIT),
        closed(**EXIT | {"closed_on": STARTED}),
        closed(**TRANSFER),
        case_with(started_on=date(2026, 2, 1)),
        case_with(age=0),
        case_with(age=120),
        another(),
        once("OwnRating", occasion="start", rated_on=STARTED, distance=1),
        once("OwnRating", occasion="exit", rated_on=STARTED, distance=10),
        once("OwnRating", occasion="follow_up", rated_on=STARTED, distance=None),
        once("FollowUp", day=90, done_on=CLOSED, answered=True),
        once("FollowUp", day=90, done_on=CLOSED, answered=False),
    ],
)
def test_database_takes_what_lies_at_the_edge(case, act):
    assert act(case) is not None


def test_database_lets_many_take_part_without_a_name(programme, pitea):
    cases = [factories.CaseFactory(programme=programme, unit=pitea, person=None) for _ in range(2)]
    assert [case.title for case in cases] == [case.number for case in cases]


@pytest.mark.parametrize(
    ("given", "state", "days"),
    [
        ({}, CaseState.REFERRED, None),
        ({"started": True}, CaseState.ACTIVE, 31),
        ({"started": True, "closed_on": STARTED, "destination": "arbete", "reason": "klar"}, CaseState.ENDED, 0),
        ({"ended": True}, CaseState.ENDED, 184),
        ({"transferred": True}, CaseState.TRANSFERRED, 184),
    ],
)
def test_case_tells_its_state_and_its_days(programme, given, state, days):
    case = factories.CaseFactory(programme=programme, **given)
    assert (case.state, case.days(date(2026, 4, 1))) == (state, days)
