"""The order and its reasons, over participants and places that hypothesis makes up."""

import random
from dataclasses import fields
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from lotsen.matching.definitions import Participant, Place, all_factors
from lotsen.matching.enums import Effect
from lotsen.matching.queries import explain, rank

CODES = ("5330", "7223", "9111")
LEVEL = st.none() | st.integers(0, 5)
THREE = st.none() | st.integers(0, 2)
KNOWN = st.none() | st.booleans()
HOURS = st.tuples(*[st.integers(0, 2**24 - 1)] * 7)
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
    hours=st.none() | st.integers(1, 60),
    busy=HOURS,
    needs_step_free=st.booleans(),
    needs_lift=st.booleans(),
    most=st.tuples(THREE, THREE, THREE),
    supervision=THREE,
    ready=DAY,
    line=st.sampled_from(["", "few_women", "few_men"]),
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
)


def keyed(who, places):
    return {UUID(int=n): (who, place) for n, place in enumerate(places)}


@given(WHO, st.lists(WHERE, max_size=12), st.randoms())
def test_order_of_the_input_changes_nothing(who, places, order):
    pairs = list(keyed(who, places).items())
    first = rank(dict(pairs))
    order.shuffle(pairs)
    assert rank(dict(pairs)) == first


@given(WHO, st.lists(WHERE, max_size=12))
def test_what_stands_in_the_way_is_never_shown_as_possible_and_nothing_possible_is_lost(who, places):
    pairs = keyed(who, places)
    found = rank(pairs)
    assert not any(match.blocked for match in found.possible)
    assert all(len(match.blocked) == 1 for match in found.opened_by_one)
    free = {key for key, pair in pairs.items() if not explain(key, *pair).blocked}
    assert {match.key for match in found.possible} == free
    assert [match.score for match in found.possible] == sorted((m.score for m in found.possible), reverse=True)


@given(WHO, WHERE)
def test_reasons_name_every_factor_that_moved_the_score_and_none_that_did_not(who, where):
    match = explain(UUID(int=1), who, where)
    named = {factor.code for factor, _finding in (*match.speaks_for, *match.speaks_against)}
    moved = {factor.code for factor, finding in match.findings if finding.moves}
    assert named == moved
    assert match.score == sum(f.weight * finding.moves for f, finding in match.findings) / 100
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


def test_sex_birth_age_and_health_are_no_features():
    words = {"sex", "woman", "man", "born", "birth", "country", "age", "health", "sick", "ability", "newly"}
    assert not [name for name in Participant._fields if words & set(name.split("_"))]
    assert {field.name for field in fields(all_factors()[0])} == {"code", "name", "weight", "findings", "judge"}
