"""The assignment of a cohort: the best there is, by a second solver; as few left out as can be; no place overfilled."""

from types import SimpleNamespace
from uuid import UUID

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from lotsen.matching.definitions import Participant, Place, standard_weights
from lotsen.matching.queries import Ground, propose
from lotsen.matching.queries.cohort import Pairs, best, evenest, fairest
from lotsen.matching.queries.proposal import Room


@st.composite
def cohorts(draw):
    """Make up a cohort: people, places with one to three places each, and scores of some of the pairs."""
    people, places = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    capacity = draw(st.lists(st.integers(1, 3), min_size=places, max_size=places))
    every = [(who, where) for who in range(people) for where in range(places)]
    chosen = draw(st.lists(st.sampled_from(every), unique=True, max_size=len(every)))
    scores = draw(st.lists(st.integers(-50, 100), min_size=len(chosen), max_size=len(chosen)))
    sites = draw(st.integers(1, places))
    site = draw(st.lists(st.integers(0, sites - 1), min_size=places, max_size=places))
    load = draw(st.lists(st.integers(0, 5), min_size=sites, max_size=sites))
    who, where = (np.array([pair[n] for pair in chosen], dtype=np.int64) for n in (0, 1))
    room = (np.array(each, dtype=np.int64) for each in (capacity, site, load))
    return Pairs(who, where, np.array(scores, float), people, *room)


def by_second_solver(pairs, lowest=None):
    """Return how many can be placed and the greatest total, by a linear programme (HiGHS) in two steps."""
    if not len(pairs.who):
        return 0, 0.0
    once = np.array([pairs.who == n for n in range(pairs.people)], float)
    held = np.array([pairs.where == n for n in range(len(pairs.capacity))], float)
    seen = np.array([pairs.site[pairs.where] == n for n in range(len(pairs.load))], float)
    rows = np.vstack([once, held, seen])
    most = np.concatenate([np.ones(pairs.people), pairs.capacity, pairs.load])
    placed = round(-linprog(-np.ones(len(pairs.who)), A_ub=rows, b_ub=most, bounds=(0, 1)).fun)
    every = np.ones((1, len(pairs.who)))
    total = -linprog(-pairs.score, A_ub=rows, b_ub=most, A_eq=every, b_eq=[placed], bounds=(0, 1)).fun
    return placed, total


@given(cohorts())
def test_assignment_is_the_best_there_is(pairs):
    found = best(pairs)
    placed, total = by_second_solver(pairs)
    assert found.placed == placed
    assert abs(found.total - total) < 1e-6


@given(cohorts())
def test_nobody_goes_where_there_is_no_pair_and_no_place_is_overfilled(pairs):
    there = {
        (int(who), int(where)): score for who, where, score in zip(pairs.who, pairs.where, pairs.score, strict=True)
    }
    for found in (best(pairs), fairest(pairs)):
        taken = [(who, int(where)) for who, where in enumerate(found.place) if where >= 0]
        assert len(taken) == found.placed
        assert abs(sum(there[pair] for pair in taken) - found.total) < 1e-6
        counts = np.bincount([where for _who, where in taken], minlength=len(pairs.capacity))
        assert (counts <= pairs.capacity).all()
        assert (np.bincount(pairs.site, weights=counts, minlength=len(pairs.load)) <= pairs.load).all()


@given(cohorts())
def test_fairest_places_as_many_and_lifts_the_least_well_served(pairs):
    first, fair = best(pairs), fairest(pairs)
    assert fair.placed == first.placed
    if first.placed:
        assert fair.lowest >= first.lowest
        higher = pairs.at_least(np.nextafter(fair.lowest, np.inf))
        assert by_second_solver(higher)[0] < first.placed


@given(cohorts())
def test_same_cohort_gives_the_same_assignment(pairs):
    assert (best(pairs).place == best(pairs).place).all()


@given(cohorts(), st.data())
def test_evenest_places_as_many_and_two_groups_no_less_alike(pairs, data):
    groups = np.array(
        data.draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=pairs.people, max_size=pairs.people)), np.int8
    )
    of = (int((groups == 0).sum()), int((groups == 1).sum()))
    even = evenest(pairs, groups, (0, 0), of)
    if not all(of):
        assert even is None
        return
    first = best(pairs)
    shares = [((groups == n) & (first.place >= 0)).sum() / of[n] for n in (0, 1)]
    assert even.assignment.placed == first.placed
    assert abs(even.difference) <= abs(shares[0] - shares[1]) + 1e-9
    assert even.assignment.total <= first.total + 1e-6


def test_price_brings_two_groups_together_where_it_can():
    """Two of each, two places: the scores alone place one group, a price of a point a person places one of each."""
    score = np.array([10.0, 10, 9, 9])
    who, where = np.repeat(np.arange(4), 2), np.tile(np.arange(2), 4)
    room = (np.array([1, 1]), np.array([0, 1]), np.array([9, 9]))
    pairs = Pairs(who, where, np.repeat(score, 2), 4, *room)
    groups = np.array([0, 0, 1, 1], np.int8)
    assert list(groups[best(pairs).place >= 0]) == [0, 0]
    even = evenest(pairs, groups, (0, 0), (2, 2))
    assert (even.difference, even.assignment.total) == (0, 19)


def test_people_who_are_alike_are_not_left_out_where_places_are_free():
    nothing = {**dict.fromkeys(Participant._fields), "wished": {}, "trained": {}, "skills": {}, "line": ""}
    nothing |= {"in_time": frozenset(), "too_long": frozenset(), "busy": (0,) * 7, "home": "2581", "county": "25"}
    who = Participant(**{**nothing, "most": (None,) * 3, "subsidised": (None,) * 3})
    known = {"occupation": "", "municipality": "2581", "county": "25", "times": (0,) * 7, "demands": (None,) * 3}
    where = Place(**{**dict.fromkeys(Place._fields), "takes_language_support": False, **known})
    keys = [UUID(int=n) for n in range(300)]
    cases = {key: SimpleNamespace(sex="") for key in keys}
    space = Room(dict.fromkeys(keys, 1), {key: key for key in keys}, {})
    people, weights = dict.fromkeys(keys, who), dict.fromkeys(keys, standard_weights())
    proposal = propose(cases, people, weights, Ground(dict.fromkeys(keys, where)), space, {keys[0]: keys[5]})
    assert proposal.draft.left_out == []
    assert proposal.draft.matches[keys[0]].key == keys[5]
    score = proposal.draft.matches[keys[0]].score
    in_all = proposal.compared[0]
    assert (in_all.placed, in_all.total, in_all.lowest) == (300, 300 * score, score)
