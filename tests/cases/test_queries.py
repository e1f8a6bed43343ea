"""Rules of target groups: every condition must be met, and what is not known meets none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotsen.cases.models import Case
from lotsen.cases.queries import CASE_FACTS, facts_of, meets, target_groups_of
from lotsen.programmes.enums import Fact, Sex, Support
from lotsen.programmes.models import TargetGroup
from tests import factories

NUMBERS = [Fact.AGE.value, Fact.MONTHS_WITHOUT_WORK.value]
FLAGS = [fact.value for fact in Fact if fact.value not in {*NUMBERS, "sex", "support"}]
#: Small numbers, so that a rule and a fact often meet at the edge.
SMALL = st.integers(0, 6)


@pytest.mark.parametrize("condition", [{"is": True}, {"is": False}, {"in": ["none"]}, {"from": 0}, {"to": 99}])
def test_unknown_fact_meets_nothing(condition):
    rule = [{"fact": "on_sick_leave", **condition}]
    assert [meets(rule, facts) for facts in ({}, {"on_sick_leave": None})] == [False, False]


def test_rule_without_conditions_is_met_by_everybody():
    assert meets([], {})


@pytest.mark.parametrize(
    ("condition", "met_by", "not_met_by"),
    [
        ({"fact": "age", "from": 16, "to": 24}, [16, 20, 24], [15, 25]),
        ({"fact": "age", "from": 25}, [25, 99], [0, 24]),
        ({"fact": "months_without_work", "to": 12}, [0, 12], [13]),
        ({"fact": "months_without_work", "from": 0}, [0, 1], []),
        ({"fact": "sex", "is": "woman"}, ["woman"], ["man"]),
        ({"fact": "newly_arrived", "is": True}, [True], [False]),
        ({"fact": "newly_arrived", "is": False}, [False], [True]),
        ({"fact": "support", "in": ["none", "own_income"]}, ["none", "own_income"], ["activity_grant"]),
    ],
)
def test_condition_is_met_at_its_edges_and_not_beyond(condition, met_by, not_met_by):
    fact = condition["fact"]
    assert [meets([condition], {fact: value}) for value in [*met_by, *not_met_by]] == (
        [True] * len(met_by) + [False] * len(not_met_by)
    )


def condition_on_a_number(draw):
    """Return a condition with a lower end, an upper end or both."""
    ends = draw(st.sampled_from([("from",), ("to",), ("from", "to")]))
    return {"fact": draw(st.sampled_from(NUMBERS)), **{end: draw(SMALL) for end in ends}}


@st.composite
def conditions(draw):
    """Return one condition as a template may hold it."""
    return draw(
        st.one_of(
            st.just(condition_on_a_number(draw)),
            st.fixed_dictionaries({"fact": st.sampled_from(FLAGS), "is": st.booleans()}),
            st.fixed_dictionaries({"fact": st.just("sex"), "is": st.sampled_from(Sex.values)}),
            st.fixed_dictionaries(
                {"fact": st.just("support"), "in": st.lists(st.sampled_from(Support.values[:4]), min_size=1)}
            ),
        )
    )


#: Facts of which some are unknown: not there, or None.
FACTS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(NUMBERS, st.none() | SMALL),
        **dict.fromkeys(FLAGS, st.none() | st.booleans()),
        "sex": st.none() | st.sampled_from(Sex.values),
        "support": st.none() | st.sampled_from(Support.values[:4]),
    },
)


def allowed(condition):
    """List every value that meets a condition, one by one."""
    if condition["fact"] in NUMBERS:
        low, high = condition.get("from", 0), condition.get("to", 200)
        return [number for number in range(201) if low <= number and number <= high]
    return condition["in"] if "in" in condition else [condition["is"]]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(conditions(), max_size=3), FACTS)
def test_rule_is_met_as_by_looking_through_all_that_it_allows(rule, facts):
    missing = [c for c in rule if not [value for value in allowed(c) if facts.get(c["fact"], "unknown") == value]]
    assert meets(rule, facts) == (missing == [])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(conditions(), max_size=3), FACTS, st.data())
def test_knowing_less_never_meets_more(rule, facts, data):
    known = data.draw(st.sets(st.sampled_from(sorted(facts)))) if facts else set()
    if meets(rule, {name: facts[name] for name in known}):
        assert meets(rule, facts)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(conditions(), max_size=3), FACTS, st.randoms(use_true_random=False))
def test_order_of_conditions_does_not_matter(rule, facts, random):
    shuffled = random.sample(rule, len(rule))
    assert meets(shuffled, facts) == meets(rule, facts)


def test_facts_of_a_case_are_those_that_rules_may_ask_for():
    case = Case(sex="", age=0, born_abroad=False, months_without_work=None)
    facts = facts_of(case, None)
    assert set(facts) == {*CASE_FACTS, "support"} == set(Fact.values)
    assert {name: value for name, value in facts.items() if value is not None} == {"age": 0, "born_abroad": False}
    assert facts_of(Case(sex="man"), "none") == {**dict.fromkeys(Fact.values), "sex": "man", "support": "none"}


def test_target_groups_are_of_the_programme_in_its_order_and_not_of_employers(programme):
    factories.ProgrammeFactory()
    TargetGroup.objects.create(programme=programme, code="foretag", names={}, position=2, is_of_employers=True)
    TargetGroup.objects.create(programme=programme, code="alla", names={}, position=3)
    facts = {"sex": "woman", "age": 20}
    assert [group.code for group in target_groups_of(programme, facts)] == ["unga", "kvinnor", "alla"]
    assert [group.code for group in target_groups_of(programme, {})] == ["alla"]
