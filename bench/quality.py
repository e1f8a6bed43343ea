"""How well matches fit a truth that the matcher does not see (`make bench ONLY=matching.quality`).

A generator of its own gives each person and place hidden traits, and each pair a hidden fit. The matcher sees what a
coach would have written down: with gaps, and with noise. Beside it stand three others: by lot, by shared words, and by
the occupation alone. One line for each: of ten proposals, how many are among the tenth that fits the person best, and
how many are impossible; the mean of ten worlds with its interval of 95 per cent.
"""

import json
import math
import random
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from lotsen.employers.enums import classifications
from lotsen.matching.definitions import Participant, Place
from lotsen.matching.queries.features import reach
from lotsen.matching.queries.grid import Ground, Scorer, best

PEOPLE, PLACES, WORLDS, PROPOSED = 200, 400, 10, 10
#: Chances that something is written down, and that what is written down is a step wrong.
KNOWN, WRONG = 0.7, 0.15
#: The same, where everything is written down as it is: what remains is the matcher's own.
ALL_KNOWN = (1.0, 0.0)
TOWNS = (("2581", "25"), ("2560", "25"), ("2505", "25"), ("2409", "24"))


@dataclass(frozen=True)
class Person:
    """Hidden traits of a person."""

    interest: dict[str, float]
    loved: str
    swedish: int
    licence: bool
    town: int
    travels: int
    hours: int
    stamina: int
    supervision: int


@dataclass(frozen=True)
class Job:
    """Hidden traits of a place."""

    occupation: str
    swedish: int
    support: bool
    licence: bool
    town: int
    hours: int
    demand: int
    supervision: int


def world(rng: random.Random) -> tuple[list[Person], list[Job]]:
    """Make up people and places. Interests lie in fields: the first digit of an occupation."""
    codes = sorted(classifications.names(classifications.OCCUPATION))
    codes = rng.sample([code for code in codes if code[0] in "56789"], 40)
    people = []
    for _n in range(PEOPLE):
        loved = rng.choice(codes)
        interest = {field: rng.gauss(1.5 if field == loved[0] else 0, 0.7) for field in "56789"}
        traits = (rng.randint(1, 5), rng.random() < 0.5, rng.randrange(4), rng.randint(0, 2))
        people.append(Person(interest, loved, *traits, rng.randint(15, 40), rng.randint(0, 2), rng.randint(0, 2)))
    jobs = [_job(rng, codes) for _n in range(PLACES)]
    return people, jobs


def _job(rng: random.Random, codes: list[str]) -> Job:
    return Job(
        occupation=rng.choice(codes),
        swedish=rng.randint(0, 4),
        support=rng.random() < 0.4,
        licence=rng.random() < 0.3,
        town=rng.randrange(4),
        hours=rng.randint(10, 40),
        demand=rng.randint(0, 2),
        supervision=rng.randint(0, 2),
    )


def is_possible(person: Person, job: Job) -> bool:
    """Tell whether somebody could be there at all."""
    reaches = (
        person.town == job.town
        or person.travels == 2
        or (person.travels == 1 and TOWNS[person.town][1] == TOWNS[job.town][1])
    )
    speaks = job.swedish - person.swedish <= (2 if job.support else 0)
    return reaches and speaks and (person.licence or not job.licence) and job.hours <= person.hours


def fit(person: Person, job: Job) -> float:
    """Return how well somebody would thrive: the truth that nobody sees."""
    liked = person.interest[job.occupation[0]] + 1.5 * (job.occupation == person.loved)
    liked += 0.5 * (job.occupation[:2] == person.loved[:2])
    strain = max(0, job.demand - person.stamina) + max(0, person.supervision - job.supervision)
    return liked - 0.8 * strain + 0.3 * (person.town == job.town) - 0.2 * max(0, job.swedish - person.swedish)


@dataclass
class Notes:
    """How a coach writes down: how much, and how well."""

    rng: random.Random
    known: float
    wrong: float

    def has(self) -> bool:
        """Tell whether the next thing is written down."""
        return self.rng.random() < self.known

    def level(self, level: int, most: int) -> int | None:
        """Return what is written down of a level: it, a step beside it, or nothing."""
        if not self.has():
            return None
        return min(most, max(0, level + self.rng.choice((-1, 1)))) if self.rng.random() < self.wrong else level


def written(notes: Notes, person: Person) -> Participant:
    """Return what a coach has written down of a person."""
    wishes = [person.loved] if notes.has() else []
    return Participant(
        wished=reach(wishes),
        trained={},
        skills={},
        swedish=notes.level(person.swedish, 5),
        licence=person.licence if notes.has() else None,
        home=TOWNS[person.town][0],
        county=TOWNS[person.town][1],
        travels=notes.level(person.travels, 2),
        in_time=frozenset(),
        too_long=frozenset(),
        hours=person.hours if notes.has() else None,
        busy=(0,) * 7,
        needs_step_free=False,
        needs_lift=False,
        most=(notes.level(person.stamina, 2), None, None),
        supervision=notes.level(person.supervision, 2),
        ready=None,
        line="",
        subsidised=(None, None, None),
    )


def analysed(notes: Notes, job: Job) -> Place:
    """Return what is written down of a place."""
    return Place(
        occupation=job.occupation,
        swedish=notes.level(job.swedish, 5),
        takes_language_support=job.support,
        licence=job.licence if notes.has() else None,
        municipality=TOWNS[job.town][0],
        county=TOWNS[job.town][1],
        hours=job.hours if notes.has() else None,
        times=(0,) * 7,
        is_step_free=None,
        has_lift=None,
        demands=(notes.level(job.demand, 2), None, None),
        supervision=notes.level(job.supervision, 2),
        first=None,
        last=None,
        women=None,
        only_subsidised=None,
    )


Proposer = Callable[[random.Random, Participant, list[Place]], list[int]]


def by_lot(rng: random.Random, who: Participant, places: list[Place]) -> list[int]:
    """Propose ten places by lot."""
    return rng.sample(range(len(places)), PROPOSED)


def by_words(rng: random.Random, who: Participant, places: list[Place]) -> list[int]:
    """Propose the places whose occupation shares most words with what is wished."""
    names = classifications.names(classifications.OCCUPATION)
    wanted = {word for code, near in who.wished.items() if near == 100 for word in names[code].lower().split()}
    shared = [
        (-len(wanted & set(names[place.occupation].lower().split())), rng.random(), n) for n, place in enumerate(places)
    ]
    return [n for _shared, _lot, n in sorted(shared)[:PROPOSED]]


def by_occupation(rng: random.Random, who: Participant, places: list[Place]) -> list[int]:
    """Propose the places of the wished occupation, then those of its group, then by lot."""
    wanted = [code for code, near in who.wished.items() if near == 100]

    def far(place: Place) -> int:
        return min(
            (0 if place.occupation == code else 1 if place.occupation[:3] == code[:3] else 2 for code in wanted),
            default=2,
        )

    return [n for _far, _lot, n in sorted((far(place), rng.random(), n) for n, place in enumerate(places))[:PROPOSED]]


def by_matching(rng: random.Random, who: Participant, places: list[Place]) -> list[int]:
    """Propose what Lotsen proposes."""
    return [int(at) for at in best(Scorer(ground_of(tuple(places))).totals(who), PROPOSED)]


@lru_cache(maxsize=1)
def ground_of(places: tuple[Place, ...]) -> Ground:
    """Return places as they are ranked, in their own order."""
    return Ground({UUID(int=n): place for n, place in enumerate(places)})


def judged(propose: Proposer, seed: int, known: float = KNOWN, wrong: float = WRONG) -> tuple[float, float]:
    """Return, of one world, the share of proposals that fit and the share that is impossible, in per cent."""
    rng = random.Random(seed)  # noqa: S311 - made-up people
    people, jobs = world(rng)
    notes = Notes(rng, known, wrong)
    places = [analysed(notes, job) for job in jobs]
    fits, impossible, proposed = 0, 0, 0
    for person in people:
        by_fit = [(-fit(person, job), n) for n, job in enumerate(jobs) if is_possible(person, job)]
        truth = [n for _fit, n in sorted(by_fit)]
        best = set(truth[: max(PROPOSED, len(truth) // 10)])
        for n in propose(rng, written(notes, person), places):
            fits += n in best
            impossible += not is_possible(person, jobs[n])
            proposed += 1
    return 100 * fits / proposed, 100 * impossible / proposed


def run(only: str) -> None:
    """Print a line for each way of proposing, with gaps and noise, and with everything written down."""
    if not "matching.quality".startswith(only):
        return
    for known, wrong in ((KNOWN, WRONG), ALL_KNOWN):
        for propose in (by_matching, by_occupation, by_words, by_lot):
            worlds = [judged(propose, seed, known, wrong) for seed in range(WORLDS)]
            line: dict[str, object] = {
                "bench": "matching.quality",
                "way": propose.__name__,
                "known": known,
                "wrong": wrong,
                "worlds": WORLDS,
            }
            for name, values in zip(("precision_at_10", "impossible"), zip(*worlds, strict=True), strict=True):
                spread = 1.96 * statistics.stdev(values) / math.sqrt(WORLDS)
                line |= {name: round(statistics.mean(values), 1), f"{name}_within": round(spread, 1)}
            print(json.dumps(line), flush=True)  # noqa: T201 - the answer of the command
