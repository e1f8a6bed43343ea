"""How two rounds differ: against counting every pair, and what is said of too few."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotsen.questionnaires.queries import paired, unpaired

ANSWERS = st.lists(st.integers(1, 7), min_size=5, max_size=40)


@given(ANSWERS, ANSWERS)
def test_unpaired_effect_is_the_share_of_all_pairs(before, after):
    found = unpaired(Counter(before), Counter(after))
    pairs = [(b > a) - (b < a) for b in before for a in after]
    assert found.effect == pytest.approx(sum(pairs) / len(pairs))
    assert -1 <= found.low <= found.effect <= found.high <= 1
    assert [found.before, found.after] == [len(before), len(after)]


@given(st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=5, max_size=40))
def test_paired_effect_is_the_share_that_fell_less_the_share_that_rose(pairs):
    found = paired(pairs)
    signs = [(before > after) - (before < after) for before, after in pairs]
    assert found.effect == pytest.approx(sum(signs) / len(signs))
    assert -1 <= found.low <= found.effect <= found.high <= 1


@given(ANSWERS, ANSWERS)
def test_the_same_answers_give_the_same_interval_and_the_other_way_round_the_opposite(before, after):
    found, again = (unpaired(Counter(before), Counter(after)) for _ in range(2))
    assert found == again
    assert unpaired(Counter(after), Counter(before)).effect == pytest.approx(-found.effect)


def test_clear_fall_is_told_and_chance_is_not():
    high, low, mixed = Counter({5: 30, 4: 20}), Counter({2: 30, 1: 20}), Counter({5: 10, 1: 10})
    assert unpaired(high, low).has_fallen is True
    assert unpaired(low, high).has_fallen is False
    assert unpaired(mixed, mixed).has_fallen is None


@pytest.mark.parametrize("answers", [4, 0])
def test_too_few_answers_say_nothing(answers):
    few, many = Counter({3: answers}), Counter({3: 50})
    assert [unpaired(few, many), unpaired(many, few), paired([(3, 3)] * answers)] == [None] * 3
