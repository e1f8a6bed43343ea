"""The order and its reasons, over participants and places that hypothesis makes up."""

import random
from uuid import UUID

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lotsen.matching.definitions import Participant, Place, all_factors
from lotsen.matching.enums import Effect
from lotsen.matching.queries import Ground, explain, rank, rank_people
from lotsen.matching.queries.grid import BLOCK, Scorer, best

CODES = ("5330", "7223", "9111")
LEVEL = st.none() | st.integers(0, 5)
THREE = st.none() | st.integers(0, 2)
KNOWN = st.none() | st.booleans()
HOURS = st.tuples(*[st.integers(0, 2**24 - 1)] * 7)
TOWNS = st.frozensets(st.sampled_from(["2560", "0180"]))
DAY = st.none() | st.integers(739_000, 739_400)
NEARNESS = st.dictionaries(st.sampled_from(CODES), st.sampled_from([25, 75, 100]))
WHO = st.builds(
    Participant,
    wished=NEARNESS,
    trained=NEARNESS,
    skills=st.dictionaries(st.sampled_from(CODES), st.integers(1, 9)),
    swedish=LEVEL,
    licence=KNOWN,
    home=st.sampled_from(["2581", "2560"]),
    county=st.just("25"),
    travels=THREE,
    in_time=TOWNS,
    too_long=TOWNS,
    hours=st.none() | st.integers(1, 60),
    busy=HOURS,
    needs_step_free=st.booleans(),
    needs_lift=st.booleans(),
    most=st.tuples(THREE, THREE, THREE),
    supervision=THREE,
    ready=DAY,
    line=st.sampled_from(["", "few_women", "few_men"]),
    subsidised=st.tuples(KNOWN, KNOWN, KNOWN),
)
WHERE = st.builds(
    Place,
    occupation=st.sampled_from(["", *CODES]),
    swedish=LEVEL,
    takes_language_support=st.booleans(),
    licence=KNOWN,
    municipality=st.sampled_from(["2581", "2560", "0180"]),
    county=st.sampled_from(["25", "01"]),
    hours=st.none() | st.integers(1, 60),
    times=HOURS,
    is_step_free=KNOWN,
    has_lift=KNOWN,
    demands=st.tuples(THREE, THREE, THREE),
    supervision=THREE,
    first=DAY,
    last=DAY,
    women=st.none() | st.floats(0, 1),
    only_subsidised=THREE,
)


WEIGHTS = st.fixed_dictionaries({factor.code: st.integers(0, 100) for factor in all_factors()})


def keyed(places):
    return {UUID(int=n): place for n, place in enumerate(places)}


@given(WHO, st.lists(WHERE, max_size=12), st.randoms())
def test_order_of_the_input_changes_nothing(who, places, order):
    pairs = list(keyed(places).items())
    first = rank(who, Ground(dict(pairs)))
    order.shuffle(pairs)
    assert rank(who, Ground(dict(pairs))) == first


@given(WHO, st.lists(WHERE, max_size=12), WEIGHTS)
def test_what_stands_in_the_way_is_never_shown_as_possible_and_nothing_possible_is_lost(who, places, weights):
    there = keyed(places)
    found = rank(who, Ground(there), weights=weights)
    every = [explain(key, who, place, weights) for key, place in there.items()]
    ordered = sorted(every, key=lambda match: (-match.score, match.key))
    assert found.possible == [match for match in ordered if not match.blocked]
    assert found.opened_by_one == [match for match in ordered if len(match.blocked) == 1][:5]


@given(st.lists(WHO, min_size=1, max_size=5), st.lists(WHERE, min_size=1, max_size=6), WEIGHTS)
def test_numbers_of_all_pairs_are_what_the_factors_say_of_each(people, places, weights):
    """The quick way to score many pairs says what each factor says of each pair, also when one looks again."""
    scorer = Scorer(Ground(keyed(places)), weights)
    for who in (*people, people[0]):
        totals = scorer.totals(who)
        numbers = scorer.findings(who, np.arange(len(places)))
        for n, place in enumerate(places):
            match = explain(UUID(int=n), who, place, weights)
            assert totals[n] == round(match.score * 100) - BLOCK * len(match.blocked)
            found = [list(factor.findings)[number] for factor, number in zip(all_factors(), numbers[n], strict=True)]
            assert found == [factor.judge(who, place) for factor in all_factors()]


@given(st.lists(st.integers(-300, 300), max_size=30), st.integers(1, 10))
def test_best_are_the_highest_and_of_the_same_height_the_first(totals, most):
    found = best(np.array(totals, dtype=np.int32), most)
    assert list(found) == sorted(range(len(totals)), key=lambda n: (-totals[n], n))[:most]


@given(st.dictionaries(st.uuids(), WHO, max_size=8), WHERE, WEIGHTS)
def test_participants_for_a_place_stand_as_the_place_stands_for_them(people, where, weights):
    found = rank_people({key: (who, weights) for key, who in people.items()}, where)
    assert [match.score for match in found.possible] == sorted((m.score for m in found.possible), reverse=True)
    for match in (*found.possible, *found.opened_by_one):
        alone = rank(people[match.key], Ground({match.key: where}), weights=weights)
        assert match in (*alone.possible, *alone.opened_by_one)


@given(WHO, WHERE, WEIGHTS)
def test_reasons_name_every_factor_that_moved_the_score_and_none_that_did_not(who, where, weights):
    match = explain(UUID(int=1), who, where, weights)
    named = {factor.code for factor, _finding in (*match.speaks_for, *match.speaks_against)}
    moved = {factor.code: weights[factor.code] * factor.finding(who, where).moves for factor in all_factors()}
    assert named == {code for code, much in moved.items() if much}
    assert match.score == sum(moved.values()) / 100
    for _factor, finding in (*match.speaks_for, *match.speaks_against, *match.unknown, *match.blocked):
        assert str(finding.sentence)


@given(WHO, WHERE, st.sampled_from(["wished", "trained", "skills", "swedish", "licence", "travels"]))
def test_better_fit_never_ranks_lower(who, where, what):
    """What somebody wishes, can and reaches more of never makes a place fit less."""
    more = {
        "wished": {**who.wished, where.occupation: 100},
        "trained": {**who.trained, where.occupation: 100},
        "skills": {**who.skills, where.occupation: 9},
        "swedish": 5,
        "licence": True,
        "travels": 2,
    }
    better = who._replace(**{what: more[what]})
    before, after = explain(UUID(int=1), who, where), explain(UUID(int=1), better, where)
    assert after.score >= before.score
    assert len(after.blocked) <= len(before.blocked)


def test_every_finding_can_be_found_and_says_what_it_is():
    rng = random.Random(8)
    found = {factor.code: set() for factor in all_factors()}

    @settings(max_examples=600, database=None)
    @given(WHO, WHERE)
    def look(who, where):
        for factor in all_factors():
            found[factor.code].add(factor.judge(who, where))

    look()
    del rng
    assert {factor.code: set(factor.findings) for factor in all_factors()} == found
    for factor in all_factors():
        for finding in factor.findings.values():
            sign = {Effect.FOR: 1, Effect.AGAINST: -1}.get(finding.effect, 0)
            assert (finding.moves > 0) - (finding.moves < 0) == sign
            assert bool(str(finding.sentence)) == (finding.effect != Effect.NOTHING)


@given(WHO, WHERE, st.tuples(KNOWN, KNOWN, KNOWN))
def test_what_the_law_allows_can_stand_in_the_way_and_moves_no_score(who, where, allowed):
    before, after = (explain(UUID(int=1), each, where) for each in (who, who._replace(subsidised=allowed)))
    assert before.score == after.score
    other = [[f for f in match.findings if f[0].code != "subsidy"] for match in (before, after)]
    assert other[0] == other[1]


def test_sex_birth_age_and_health_are_no_features():
    words = {"sex", "woman", "man", "born", "birth", "country", "age", "health", "sick", "ability", "newly"}
    assert not [name for name in Participant._fields if words & set(name.split("_"))]
    for factor in all_factors():
        assert set(factor.of_who) <= set(Participant._fields)
        assert set(factor.of_where) <= set(Place._fields)
