"""A figure, its breakdowns and the list behind it are one set; and it is the set that the reader may see."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotsen.access.models import Unit, User
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.indicators.definitions import Definition, all_definitions
from lotsen.indicators.enums import GoalState, Measure, Need, Part, Subject
from lotsen.indicators.queries import (
    Figure,
    Indicator,
    calculate,
    calculate_all,
    definition_of,
    goal_statuses,
    members,
    missing_needs,
)
from lotsen.programmes.enums import NOT_OF_CASES, Dimension, IndicatorCode
from lotsen.programmes.models import Goal, Programme
from tests import factories
from tests.indicators import oracle

pytestmark = pytest.mark.usefixtures("db")

#: In the middle of kofa, when some cases are open and some follow-ups not done; and its last day.
MIDDLE, END = date(2017, 3, 31), date(2018, 8, 31)
DAY = date(2026, 5, 1)
MONTHS = {Dimension.START_MONTH, Dimension.CLOSE_MONTH}
GROWING = [
    *(IndicatorCode.REFERRED, IndicatorCode.PARTICIPANTS, IndicatorCode.ENDED, IndicatorCode.ENDED_IN_WORK_OR_STUDIES),
    *(IndicatorCode.ENDED_OTHERWISE, IndicatorCode.TRANSFERRED, IndicatorCode.WORKPLACES_MATCHED),
    *(IndicatorCode.PARTICIPANT_HOURS, IndicatorCode.EMPLOYER_CONTACTS),
]
#: The definitions whose rows belong to cases, and so have groups.
OF_CASES = [code for code in IndicatorCode if code not in NOT_OF_CASES]
quick = settings(
    derandomize=True, deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def kofa(db: None) -> Programme:
    return Programme.objects.get(code="kofa")


@contextmanager
def undone() -> Iterator[None]:
    """Take back what an example of hypothesis writes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def every_figure(found: Indicator) -> dict[tuple[str, str, str], Figure]:
    """Return the figure of the whole, of each group, and of each sex in each group: (dimension, key, sex)."""
    figures = {("all", "", ""): found.total}
    for dim, groups in found.by.items():
        for group in groups:
            figures[dim.value, group.key, ""] = group.figure
            figures |= {(dim.value, group.key, sex): figure for sex, figure in group.by_sex.items()}
    return figures


def lengths(definition: Definition, figure: Figure) -> dict[Part, int]:
    """Return how long each list behind a figure must be."""
    known = figure.denominator if definition.measure == Measure.SHARE else figure.numerator
    found = {Part.ALL: known + figure.unknown, Part.DENOMINATOR: known, Part.UNKNOWN: figure.unknown}
    return found if definition.measure == Measure.MEDIAN else {**found, Part.NUMERATOR: figure.numerator}


@pytest.mark.parametrize("code", IndicatorCode)
def test_list_behind_every_figure_is_as_long_as_the_figure(code: IndicatorCode, kofa: Programme):
    definition = definition_of(code)
    crossed = calculate(kofa, definition, MIDDLE, [dim for dim in Dimension if dim not in MONTHS], crossed=True)
    figures = every_figure(crossed) | every_figure(calculate(kofa, definition, MIDDLE, list(MONTHS)))
    wanted = {(*at, part): n for at, figure in figures.items() for part, n in lengths(definition, figure).items()}
    # The women and men of a group are walked as a whole, to save time: their parts are the parts of any group.
    wanted = {at: n for at, n in wanted.items() if not at[2] or at[3] == Part.ALL}
    listed = {
        (dim, key, sex, part): len(members(kofa, definition, MIDDLE, dim, key, part, sex))
        for dim, key, sex, part in wanted
    }
    assert listed == wanted
    assert len(figures) == 1 if code in NOT_OF_CASES else len(figures) > 1 or crossed.total.numerator == 0


@pytest.mark.parametrize("day", [MIDDLE, END])
@pytest.mark.parametrize("code", [code for code in OF_CASES if not definition_of(code).repeats])
def test_groups_of_a_breakdown_add_up_to_the_whole(code: IndicatorCode, day: date, kofa: Programme):
    """All but the target groups, since a person may be in several; and the workplaces, where both women and men are."""
    dims = [dim for dim in Dimension if dim != Dimension.TARGET_GROUP]
    found = calculate(kofa, definition_of(code), day, dims, crossed=True)
    for groups in found.by.values():
        assert _sum(group.figure for group in groups) == _sum([found.total])
        for group in groups if Dimension.SEX in found.by else ():
            assert _sum(group.by_sex.values()) == _sum([group.figure])


def _sum(figures) -> tuple[int, int, int]:
    rows = [(figure.numerator, figure.denominator or 0, figure.unknown) for figure in figures]
    return tuple(map(sum, zip(*rows, strict=True))) if rows else (0, 0, 0)


def test_person_in_two_target_groups_counts_once_in_the_whole(programme: Programme):
    factories.CaseFactory(programme=programme, started=True, facts={"sex": "woman", "age": 20})
    found = calculate(programme, definition_of("participants"), date(2026, 5, 1), [Dimension.TARGET_GROUP])
    groups = {group.key: group.figure.value for group in found.by[Dimension.TARGET_GROUP]}
    assert (found.total.value, groups) == (1, {"unga": 1, "kvinnor": 1})


@pytest.mark.parametrize("code", GROWING)
@settings(quick, max_examples=8)
@given(days=st.lists(st.dates(date(2015, 10, 1), date(2018, 12, 31)), min_size=2, max_size=2).map(sorted))
def test_what_is_counted_once_stays_counted(code: IndicatorCode, kofa: Programme, days: list[date]):
    first, last = (members(kofa, definition_of(code), day) for day in days)
    assert [pk for pk, value in first.items() if last.get(pk, 0) < value] == []


@pytest.mark.parametrize("code", oracle.KNOWN)
@quick
@given(cohort=st.lists(oracle.lives(), max_size=8), day=st.integers(0, 90))
def test_indicator_gives_what_plain_python_counts(code: IndicatorCode, programme: Programme, cohort, day: int):
    definition = definition_of(code)
    with undone():
        oracle.live(programme, cohort)
        as_of = oracle.FIRST + timedelta(days=day)
        found = calculate(programme, definition, as_of, oracle.DIMENSIONS, crossed=True)
    assert every_figure(found) == oracle.expected(code, definition.measure, cohort, day)


@settings(quick, max_examples=10)
@given(day=st.dates(date(2015, 10, 1), date(2018, 12, 31)))
def test_breakdown_by_month_tells_nothing_that_happens_after_its_day(kofa: Programme, day: date):
    found = calculate(kofa, definition_of("referred"), day, list(MONTHS))
    months = {group.key for groups in found.by.values() for group in groups} - {"unknown"}
    assert [month for month in months if month > f"{day:%Y-%m}"] == []


@pytest.mark.parametrize("code", [code for code in OF_CASES if definition_of(code).measure == Measure.SHARE])
@pytest.mark.parametrize("day", [MIDDLE, END])
def test_share_is_of_those_about_whom_it_is_known(code: IndicatorCode, day: date, kofa: Programme):
    for figure in every_figure(calculate(kofa, definition_of(code), day, list(Dimension), crossed=True)).values():
        yes, no = figure.numerator, figure.denominator - figure.numerator
        assert min(yes, no) >= 0
        assert figure == oracle.figure_of(Measure.SHARE, [1] * yes + [0] * no + [None] * figure.unknown)


def test_unknown_fact_is_a_group_of_its_own_and_comes_last(programme: Programme):
    for facts in ({}, {"sex": "man", "born_abroad": False}, {"sex": "woman", "born_abroad": True}):
        factories.CaseFactory(programme=programme, person=None, started=True, facts=facts)
    dims = [Dimension.SEX, Dimension.BORN_ABROAD, Dimension.AGE]
    with override("en"):
        found = calculate(programme, definition_of("participants"), date(2026, 5, 1), dims)
    groups = {dim: [(group.key, group.label, group.figure.value) for group in found.by[dim]] for dim in dims}
    unknown = ("unknown", "Not known", 1)
    assert groups[Dimension.SEX] == [("woman", "Woman", 1), ("man", "Man", 1), unknown]
    assert groups[Dimension.BORN_ABROAD] == [("yes", "Born abroad", 1), ("no", "Born in Sweden", 1), unknown]
    assert groups[Dimension.AGE] == [("unknown", "Not known", 3)]


def test_day_before_the_programme_is_refused_by_its_field(kofa: Programme):
    with pytest.raises(Refused, match="2015-10-01") as refused:
        calculate_all(kofa, kofa.starts_on - timedelta(days=1))
    assert refused.value.field == "as_of"
    first = calculate_all(kofa, kofa.starts_on)
    assert [item.code for item in first] == list(all_definitions())


def test_unknown_indicator_is_refused():
    with pytest.raises(Refused, match="share_of_luck"):
        definition_of("share_of_luck")


def test_coach_gets_the_figures_of_the_own_municipality_and_no_others(kofa: Programme):
    coach = User.objects.get(email="coach.arvidsjaur@kofa.example")
    for code in OF_CASES:
        definition = definition_of(code)
        whole = calculate(kofa, definition, END, [Dimension.MUNICIPALITY])
        own = [group for group in whole.by[Dimension.MUNICIPALITY] if group.label == "Arvidsjaur"]
        with acting_as(coach.pk):
            seen = calculate(kofa, definition, END, [Dimension.MUNICIPALITY])
        assert (code, seen.by[Dimension.MUNICIPALITY]) == (code, own)
        assert seen.total == (own[0].figure if own else oracle.figure_of(definition.measure, []))


def test_manager_gets_the_figures_of_the_whole(kofa: Programme):
    manager = User.objects.get(email="programme-manager.projekt@kofa.example")
    whole = calculate_all(kofa, END, [Dimension.SEX, Dimension.MUNICIPALITY])
    with acting_as(manager.pk):
        assert calculate_all(kofa, END, [Dimension.SEX, Dimension.MUNICIPALITY]) == whole


def test_stranger_gets_nobody_counted(kofa: Programme):
    stranger = User.objects.get(email="coach.krokom@navigator.example")
    with acting_as(stranger.pk):
        found = {item.code: item.total for item in calculate_all(kofa, END)}
        listed = {code: members(kofa, definition_of(code), END) for code in OF_CASES}
    assert {code for code in OF_CASES if found[code].numerator or found[code].unknown} == set()
    assert [code for code, rows in listed.items() if rows] == []


def test_coach_is_not_told_that_a_unit_is_missing_whose_people_are_out_of_sight():
    programme = Programme.objects.get(code="ame-skane")
    coach = User.objects.get(email="coach.lund@ame-skane.example")
    with acting_as(coach.pk):
        found = calculate(programme, definition_of("share_units_in_network"), date(2010, 12, 31)).total
    assert found == Figure(Decimal("100.0"), 1, 1, 7)


def goal(programme: Programme, code: str, indicator: str = "", target: int | None = None, **group) -> None:
    names = factories.text(code, code)
    keys = [group.pop("key")] if "key" in group else group.pop("keys", [])
    Goal.objects.create(
        programme=programme, code=code, names=names, position=0, indicator=indicator, target=target, keys=keys, **group
    )


def test_goals_are_reached_on_track_or_behind_by_where_they_lead(programme: Programme):
    """Half of the two years has passed, so a count doubles."""
    for facts in ({"sex": "woman"}, {"sex": "man"}):
        factories.CaseFactory(programme=programme, person=None, started=True, facts=facts)
    goal(programme, "reached", "participants", 2)
    goal(programme, "on-track", "participants", 4)
    goal(programme, "behind", "participants", 5)
    goal(programme, "women", "participants", 2, dimension="sex", key="woman")
    goal(programme, "nobody", "participants", 1, dimension="born_abroad", key="yes")
    goal(programme, "share", "share_women", 60)
    found = {s.goal.code: (s.figure.value, s.projected, s.state) for s in goal_statuses(programme, date(2026, 12, 31))}
    assert found == {
        "reached": (2, 4, GoalState.REACHED),
        "on-track": (2, 4, GoalState.ON_TRACK),
        "behind": (2, 4, GoalState.BEHIND),
        "women": (1, 2, GoalState.ON_TRACK),
        "nobody": (0, 0, GoalState.BEHIND),
        "share": (50, 50, GoalState.BEHIND),
    }


def test_goal_over_several_groups_counts_everybody_in_them_once(programme: Programme):
    for facts in ({"sex": "woman", "age": 20}, {"sex": "man", "age": 30}, {"sex": "woman", "age": 66}, {"age": 20}):
        factories.CaseFactory(programme=programme, person=None, started=True, facts=facts)
    goal(programme, "ages", "participants", 9, dimension="age", keys=["16-24", "25-64"])
    goal(programme, "groups", "participants", 9, dimension="target_group", keys=["unga", "kvinnor"])
    goal(programme, "share", "share_women", 9, dimension="age", keys=["16-24", "25-64"])
    found = {s.goal.code: s.figure for s in goal_statuses(programme, date(2026, 12, 31))}
    assert found == {
        "ages": Figure(Decimal(3), 3, None, 0),
        "groups": Figure(Decimal(3), 3, None, 0),
        "share": Figure(Decimal("50.0"), 1, 2, 1),
    }


def test_share_of_women_has_no_women_and_men(programme: Programme):
    factories.CaseFactory(programme=programme, person=None, started=True, facts={"sex": "woman"})
    found = calculate(programme, definition_of("share_women"), DAY, [Dimension.SEX, Dimension.AGE], crossed=True)
    assert list(found.by) == [Dimension.AGE]
    assert [group.by_sex for group in found.by[Dimension.AGE]] == [{}]


def test_municipalities_stand_in_the_order_of_their_names(kofa: Programme):
    by = calculate(kofa, definition_of("participants"), END, [Dimension.MUNICIPALITY]).by
    assert [group.label for group in by[Dimension.MUNICIPALITY]] == ["Arvidsjaur", "Piteå", "Älvsbyn"]


def test_goal_is_not_behind_where_there_is_nothing_to_count_yet(programme: Programme):
    goal(programme, "in-words")
    goal(programme, "share", "share_ended_in_work_or_studies", 60)
    goal(programme, "days", "median_days_in_programme", 100)
    found = {s.goal.code: (s.figure and s.figure.value, s.state) for s in goal_statuses(programme, date(2026, 6, 1))}
    nothing = (None, GoalState.NO_DATA)
    assert found == {"in-words": (None, GoalState.IN_WORDS), "share": nothing, "days": nothing}


@pytest.mark.parametrize("day", [date(2027, 12, 31), date(2028, 3, 1)])
def test_goal_that_is_missed_when_the_programme_is_over_is_not_reached_and_projects_nothing(
    programme: Programme, day: date
):
    factories.CaseFactory(programme=programme, person=None, started=True)
    goal(programme, "reached", "participants", 1)
    goal(programme, "missed", "participants", 2)
    goal(programme, "nothing", "median_days_in_programme", 2)
    found = {s.goal.code: (s.projected, s.state) for s in goal_statuses(programme, day)}
    states = {"reached": GoalState.REACHED, "missed": GoalState.NOT_REACHED, "nothing": GoalState.NO_DATA}
    assert found == {code: (None, state) for code, state in states.items()}


#: The indicators that say nothing of a programme whose participants have work.
OF_SURVEYS = {
    *("response_rate_first_wave", "response_rate_second_wave", "areas_where_need_fell", "recruitments_needed"),
}
NOT_OF_STAFF = {
    *("ended_in_work_or_studies", "share_ended_in_work_or_studies", "ended_otherwise", "workplaces_matched"),
    *("share_with_plan", "share_in_work_day_90", "share_in_education_day_90", "share_in_other_programme_day_90"),
    *("share_sees_better_chances", "share_in_work_or_sees_better_chances", "employer_contacts"),
    *("employers_registered", "placements_begun", "share_placements_completed", "contacts_made"),
    *("recruitments_needed", "share_followed_up_in_time", "share_crossing_gender_line"),
    *("share_placements_led_to_work", "share_placements_led_to_lasting_work"),
    *("median_days_to_first_whereabouts", "share_in_work_self_supporting", "share_standing_closer"),
    "share_ended_with_plan",
}


def test_indicator_that_needs_what_a_programme_has_not_is_not_known():
    programme = Programme.objects.get(code="ame-skane")
    found = calculate_all(programme, date(2010, 12, 31), [Dimension.SEX])
    assert [item.code for item in found] == list(all_definitions())
    lacking = {item.code: (item.total, item.by[Dimension.SEX]) for item in found if item.lacks and item.by}
    assert {item.code for item in found if item.lacks} >= lacking.keys()
    assert {item.code for item in found if item.lacks} == NOT_OF_STAFF
    assert set(map(str, lacking.values())) == {str((Figure(None, None, None, 0), []))}


@pytest.mark.parametrize(
    ("code", "lacking"),
    [
        ("kofa", {"share_units_in_network", *OF_SURVEYS}),
        ("navigator", {"share_units_in_network", *OF_SURVEYS}),
        ("jobbfokus-e18", {"share_units_in_network", *OF_SURVEYS}),
        (
            "asap",
            {"share_units_in_network", "share_trained_in_equality", "share_partners_trained_in_equality"},
        ),
    ],
)
def test_programme_is_asked_only_about_what_it_has(code: str, lacking: set[str], db: None):
    programme = Programme.objects.get(code=code)
    assert {code for code, lacks in missing_needs(programme).items() if lacks} == lacking


def test_indicator_that_a_goal_is_set_over_is_always_asked(programme: Programme):
    assert missing_needs(programme)["share_trained_in_equality"] == {Need.EQUALITY_TRAINING}
    goal(programme, "trained", "share_trained_in_equality", 100)
    assert missing_needs(programme)["share_trained_in_equality"] == frozenset()


@pytest.mark.parametrize(("day", "projected"), [(date(2026, 3, 2), 12), (date(2027, 12, 30), 1)])
def test_count_is_projected_to_the_end_of_the_programme(programme: Programme, day: date, projected: int):
    factories.CaseFactory(programme=programme, person=None, started=True)
    goal(programme, "goal", "participants", 99)
    (status,) = goal_statuses(programme, day)
    assert (status.figure.value, status.projected) == (1, projected)


def test_targets_stand_by_their_indicators(kofa: Programme):
    found = {item.code: item.target for item in calculate_all(kofa, END) if item.target is not None}
    assert found == {
        "workplaces_matched": 150,
        "share_with_plan": 100,
        "share_partners_active": 100,
        "share_trained_in_equality": 100,
        "share_partners_trained_in_equality": 100,
    }


def test_breakdown_names_only_the_units_of_the_programme(programme: Programme, alvsbyn: Unit):
    factories.CaseFactory(programme=programme, person=None, started=True)
    factories.CaseFactory(programme=factories.ProgrammeFactory(lead_unit=alvsbyn), person=None, started=True)
    found = calculate(programme, definition_of("participants"), date(2026, 5, 1), [Dimension.MUNICIPALITY])
    assert [(group.key, group.label) for group in found.by[Dimension.MUNICIPALITY]] == [(factories.PITEA, "Piteå")]


def test_indicators_of_no_case_have_no_groups(kofa: Programme):
    for definition in all_definitions().values():
        groups = calculate(kofa, definition, END, [Dimension.SEX]).by
        is_of_cases = definition.subject == Subject.CASE or definition.repeats
        assert bool(groups) == (is_of_cases and Dimension.SEX not in definition.not_by)
