"""10,000 participants over 10,000 openings, the best twenty of each with what every factor found.

The limit is a loop over the same features, compiled (numba), with each rule written a second time by hand: what stands
in the way first, then only as much of the score as can still bring a place among the twenty. Both must give the same.
"""

import random
import resource
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from numba import njit
from numpy.typing import NDArray

from lotsen.access.models import Municipality
from lotsen.core.acting import acting_as_operator
from lotsen.employers.enums import classifications
from lotsen.matching.definitions import Participant, Place, standard_weights
from lotsen.matching.queries.features import groups_of_skills, reach
from lotsen.matching.queries.grid import Ground, Scorer, best

from .measure import interleaved, report

SIZE, TOP = 10_000, 20
FIRST = date(2026, 9, 1).toordinal()
#: So many different timetables of classes, and of openings, are there.
CLASSES, TIMES = 60, 120
_Ints = NDArray[np.int32]


def run(only: str) -> None:
    """Measure it."""
    if not "matching.top20_10k".startswith(only):
        return
    with acting_as_operator("bench"):
        towns = list(Municipality.objects.order_by("code").values_list("code", "county"))
    people, places = made_up(towns)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found: dict[str, tuple[Any, ...]] = {}

    def ours() -> None:
        found["ours"] = by_lotsen(people, places)

    ours()
    beyond = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    columns = typed(people, places, [town for town, _county in towns])

    def limit() -> None:
        found["limit"] = by_loop(*columns)

    seconds, limits = interleaved(ours, limit, rounds=3)
    if not all((ours == loop).all() for ours, loop in zip(found["ours"][:2], found["limit"], strict=True)):
        raise RuntimeError("the lists are not those of the loop")
    possible = int((found["ours"][0] >= 0).sum())
    report("matching.top20_10k", seconds, limits, SIZE * SIZE, beyond_mb=beyond, shown=possible)


def by_lotsen(people: list[Participant], places: list[Place]) -> tuple[_Ints, _Ints, NDArray[np.uint8]]:
    """Return positions, scores (times a hundred) and findings of the best twenty of each; -1 where there are fewer."""
    scorer = Scorer(Ground({UUID(int=n): place for n, place in enumerate(places)}))
    at = np.full((len(people), TOP), -1, dtype=np.int32)
    score = np.zeros((len(people), TOP), dtype=np.int32)
    findings = np.zeros((len(people), TOP, len(scorer.factors)), dtype=np.uint8)
    for n, who in enumerate(people):
        totals = scorer.totals(who)
        top = best(totals, TOP)
        at[n, : len(top)], score[n, : len(top)] = top, totals[top]
        findings[n, : len(top)] = scorer.findings(who, top)
    return at, score, findings


Towns = list[tuple[str, str]]
THREE, MOST, LEVELS = (None, True, False), (None, 0, 1, 2), (None, 0, 1, 2, 3, 4, 5)


def made_up(towns: Towns) -> tuple[list[Participant], list[Place]]:
    """Make up what is known of people and places, the same each time: half of it not written down."""
    rng = random.Random(20)  # noqa: S311 - made-up people
    codes = sorted(classifications.names(classifications.OCCUPATION))
    classes = [tuple(rng.getrandbits(24) & 0xFF00 for _day in range(7)) for _n in range(CLASSES)]
    times = [
        tuple(rng.getrandbits(24) & 0x3FF00 if rng.random() < 0.6 else 0 for _d in range(7)) for _n in range(TIMES)
    ]
    near_by = {town: rng.sample([other for other, _county in towns], 12) for town, _county in towns}
    people = [_person(rng, towns, codes, classes, near_by) for _n in range(SIZE)]
    return people, [_place(rng, towns, codes, times) for _n in range(SIZE)]


def _person(
    rng: random.Random,
    towns: Towns,
    codes: list[str],
    classes: list[tuple[int, ...]],
    near_by: dict[str, list[str]],
) -> Participant:
    home, county = rng.choice(towns)
    counted: dict[str, int] = {}
    for skill in rng.sample(sorted(groups_of_skills()), rng.randint(0, 6)):
        for group in groups_of_skills()[skill]:
            counted[group] = counted.get(group, 0) + 1
    is_timed = rng.random() < 0.5
    return Participant(
        wished=reach(rng.sample(codes, rng.randint(0, 3))),
        trained=reach(rng.sample(codes, rng.random() < 0.3)),
        skills=counted,
        swedish=rng.choice(LEVELS),
        licence=rng.choice(THREE),
        home=home,
        county=county,
        travels=rng.choice((None, 0, 1, 1, 2, 2)),
        in_time=frozenset(near_by[home][:6]) if is_timed else frozenset(),
        too_long=frozenset(near_by[home][6:]) if is_timed else frozenset(),
        hours=rng.choice((None, None, 10, 15, 20, 25, 30, 40)),
        busy=rng.choice(classes),
        needs_step_free=rng.random() < 0.1,
        needs_lift=rng.random() < 0.1,
        most=(rng.choice(MOST), rng.choice(MOST), rng.choice(MOST)),
        supervision=rng.choice(MOST),
        ready=rng.choice((None, FIRST + 7 * rng.randrange(20))),
        line=rng.choice(("", "", "", "few_women", "few_men")),
        subsidised=(rng.choice(THREE), rng.choice(THREE), rng.choice(THREE)),
    )


def _place(rng: random.Random, towns: Towns, codes: list[str], times: list[tuple[int, ...]]) -> Place:
    municipality, county = rng.choice(towns)
    first = rng.choice((None, FIRST + 7 * rng.randrange(20)))
    return Place(
        occupation=rng.choice(codes),
        swedish=rng.choice(LEVELS),
        takes_language_support=rng.random() < 0.4,
        licence=rng.choice(THREE),
        municipality=municipality,
        county=county,
        hours=rng.choice((None, 10, 15, 20, 25, 30, 40)),
        times=rng.choice(times),
        is_step_free=rng.choice(THREE),
        has_lift=rng.choice(THREE),
        demands=(rng.choice(MOST), rng.choice(MOST), rng.choice(MOST)),
        supervision=rng.choice(MOST),
        first=first,
        last=first and rng.choice((None, first + 90)),
        women=rng.choice((None, 0.2, 0.5, 0.8)),
        only_subsidised=rng.choice((None, None, None, 0, 1, 2)),
    )


def _number(value: float | None) -> float:
    return -1 if value is None else value


def typed(people: list[Participant], places: list[Place], towns: list[str]) -> tuple[NDArray[Any], ...]:
    """Return the features as columns of small numbers: one table of people, one of places, and what hangs on pairs."""
    codes = sorted({place.occupation for place in places})
    occupation = {code: n for n, code in enumerate(codes)}
    town = {code: n for n, code in enumerate(towns)}
    counties = {county: n for n, county in enumerate(sorted({place.county for place in places}))}
    lines = {"": 0, "few_women": 1, "few_men": 2}

    def by_occupation(name: str) -> NDArray[np.int8]:
        table = np.zeros((len(people), len(codes)), dtype=np.int8)
        for n, who in enumerate(people):
            for code, value in getattr(who, name).items():
                if code in occupation:
                    table[n, occupation[code]] = value
        return table

    ways = np.zeros((len(people), len(towns)), dtype=np.int8)
    for n, each in enumerate(people):
        ways[n, [town[code] for code in each.in_time]] = 1
        ways[n, [town[code] for code in each.too_long]] = 2
    who = [
        [
            *(bool(p.wished), _number(p.swedish), _number(p.licence), town[p.home], counties.get(p.county, -1)),
            *(_number(p.travels), _number(p.hours), p.needs_step_free, p.needs_lift, *map(_number, p.most)),
            *(_number(p.supervision), _number(p.ready), lines[p.line], *map(_number, p.subsidised), *p.busy),
        ]
        for p in people
    ]
    where = [
        [
            *(occupation[p.occupation], _number(p.swedish), p.takes_language_support, _number(p.licence)),
            *(town[p.municipality], counties[p.county], _number(p.hours), _number(p.is_step_free)),
            *(_number(p.has_lift), *map(_number, p.demands), _number(p.supervision), _number(p.first)),
            *(_number(p.last), round(100 * _number(p.women)), _number(p.only_subsidised), any(p.times), *p.times),
        ]
        for p in places
    ]
    order = ("wish", "skills", "training", "swedish", "demands", "supervision", "travel")
    weights = [standard_weights()[code] for code in (*order, "access", "classes", "hours", "licence", "line", "start")]
    tables = (by_occupation("wished"), by_occupation("trained"), by_occupation("skills"), ways)
    return (np.array(who, np.int32), np.array(where, np.int32), *tables, np.array(weights, np.int32))


@njit(inline="always")
def _lighter(p: Any, q: Any, way: int, lacks: int, weights: Any) -> int:  # noqa: C901 - as quick as can be
    """Return what every factor but the three heaviest moves."""
    total = weights[6] * (100 if q[4] == p[3] else 50 if way == 1 else 0)
    if q[1] == 0 or (p[1] >= 0 and q[1] >= 0):
        total += weights[3] * (100 if lacks <= 0 else 40)
    asked, over, unknown = False, False, False
    for k in range(3):
        if p[9 + k] >= 0:
            asked = True
            over = over or q[9 + k] > p[9 + k]
            unknown = unknown or q[9 + k] < 0
    if over:
        total -= 100 * weights[4]
    elif asked and not unknown:
        total += 100 * weights[4]
    if p[12] > 0 and q[12] >= 0:
        total += weights[5] * (100 if q[12] >= p[12] else -100)
    if (p[7] == 1 or p[8] == 1) and not (p[7] == 1 and q[7] < 0) and not (p[8] == 1 and q[8] < 0):
        total += 100 * weights[7]
    if q[17] == 1:
        clash = False
        for k in range(7):
            clash = clash or (p[18 + k] & q[18 + k]) != 0
        total += weights[8] * (-100 if clash else 100)
    if q[6] >= 0:
        total += 100 * weights[9]
    if q[3] == 1 and p[2] == 1:
        total += 100 * weights[10]
    if p[14] > 0 and q[15] >= 0 and (q[15] if p[14] == 1 else 100 - q[15]) < 40:
        total += 100 * weights[11]
    if p[13] >= 0 and (q[13] >= 0 or q[14] >= 0):
        total += weights[12] * (100 if q[13] >= 0 and p[13] <= q[13] else -50)
    return int(total)


@njit
def by_loop(  # noqa: C901 - as quick as can be
    who: Any, where: Any, wished: Any, trained: Any, skills: Any, ways: Any, weights: Any
) -> tuple[_Ints, _Ints]:
    """Return positions and scores of the best twenty of each; -1 where there are fewer."""
    at, score = np.full((len(who), TOP), -1, dtype=np.int32), np.zeros((len(who), TOP), dtype=np.int32)
    most_else = 100 * weights[3:].sum()
    for n in range(len(who)):
        p, filled, least = who[n], 0, -(2**30)
        for m in range(len(where)):
            q = where[m]
            # What stands in the way: Swedish, travel, licence, hours, premises, days, the law.
            lacks = 0 if q[1] == 0 or p[1] < 0 or q[1] < 0 else q[1] - p[1]
            if lacks > 2 or (lacks > 0 and q[2] == 0):
                continue
            way = ways[n, q[4]]
            if q[4] != p[3] and ((p[5] == 0 or (p[5] == 1 and q[5] != p[4])) or way == 2):
                continue
            if (q[3] == 1 and p[2] == 0) or (q[6] >= 0 and p[6] >= 0 and q[6] > p[6]):
                continue
            if (p[7] == 1 and q[7] == 0) or (p[8] == 1 and q[8] == 0):
                continue
            if (p[13] >= 0 and q[14] >= 0 and p[13] > q[14]) or (q[16] >= 0 and p[15 + q[16]] == 0):
                continue
            near, has, taught = wished[n, q[0]], skills[n, q[0]], trained[n, q[0]]
            total = weights[0] * (p[0] * (100 if near == 100 else 60 if near == 75 else 25 if near == 25 else -30))
            total += weights[1] * (100 if has >= 3 else 50 if has > 0 else 0)
            total += weights[2] * (100 if taught == 100 else 50 if taught == 75 else 0)
            # The rest only where it can bring the place among the twenty.
            if filled == TOP and total + most_else <= least:
                continue
            total += _lighter(p, q, way, lacks, weights)
            if filled == TOP and total <= least:
                continue
            place = min(filled, TOP - 1)
            while place > 0 and score[n, place - 1] < total:
                at[n, place], score[n, place] = at[n, place - 1], score[n, place - 1]
                place -= 1
            at[n, place], score[n, place] = m, total
            filled = min(filled + 1, TOP)
            least = score[n, TOP - 1] if filled == TOP else least
    return at, score
