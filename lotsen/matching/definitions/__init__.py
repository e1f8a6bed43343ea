"""One factor a file. A factor looks at a participant and a place, and says which of its findings holds.

A finding says what it means (for, against, not known, in the way, nothing), how much of the factor's weight it moves,
in per cent, a sentence for a coach, a participant and an employer, and what would change it. Only findings for and
against move the score: what is not known moves nothing, and is said; what stands in the way is never shown as possible.

Sex, country of birth, age and health are no features, so no factor can ask for them. Whether the law allows a
subsidised employment rests on some of them: what comes of it is a feature, and can stand in the way but lift nobody.
"""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import NamedTuple

from lotsen.matching.enums import Effect

#: A change of a factor, a weight or a feature is a new version: what was shown can be told apart from what is shown.
VERSION = 2

#: The weight of each factor, by its code.
Weights = Mapping[str, int]


class Participant(NamedTuple):
    """What a coach knows of a participant, as far as a place asks for it. None and empty: not known."""

    #: Occupations wished (SSYK 2012), and how near others are to them: 100 the same, 75 or 25 substitutable.
    wished: dict[str, int]
    #: The same, of occupations that the participant is trained for.
    trained: dict[str, int]
    #: Per occupation, how many of its skills the participant has.
    skills: dict[str, int]
    swedish: int | None
    licence: bool | None
    home: str
    county: str
    #: How far: 0 within the municipality, 1 within the county, 2 anywhere.
    travels: int | None
    #: Municipalities that bus and train reach within the minutes that the participant manages, and those beyond.
    in_time: frozenset[str]
    too_long: frozenset[str]
    hours: int | None
    #: For each day of the week, the hours taken by classes and other activities, as bits.
    busy: tuple[int, ...]
    needs_step_free: bool
    needs_lift: bool
    #: The most of bodily and social demands and tempo that works: 0 low, 1 some, 2 high.
    most: tuple[int | None, int | None, int | None]
    supervision: int | None
    #: The day, as a number, from which somebody can begin.
    ready: int | None
    #: Wishes to try an occupation with few women, or few men.
    line: str
    #: Whether the law allows a subsidised employment, with an employer of each sector in the order of `Sector`.
    subsidised: tuple[bool | None, bool | None, bool | None]


class Place(NamedTuple):
    """What is known of an opening and its workplace. None and empty: not known."""

    occupation: str
    swedish: int | None
    takes_language_support: bool
    licence: bool | None
    municipality: str
    county: str
    hours: int | None
    times: tuple[int, ...]
    is_step_free: bool | None
    has_lift: bool | None
    demands: tuple[int | None, int | None, int | None]
    supervision: int | None
    first: int | None
    last: int | None
    #: Share of women in the occupation, 0 to 1.
    women: float | None
    #: The sector of the employer, by its place in `Sector`, where nothing but a subsidised employment is offered.
    only_subsidised: int | None


@dataclass(frozen=True)
class Finding:
    """What a factor may find."""

    effect: Effect
    sentence: object = ""
    #: How much of the weight it moves, in per cent; below nought where it speaks against.
    moves: int = 0
    #: What would change it: a course, a licence, an adaptation.
    opens: object = ""


@dataclass(frozen=True)
class Factor:
    """A factor: its code, its name, its weight, what it may find, and the function that says which of it holds."""

    code: str
    name: object
    weight: int
    #: What it asks for, of a participant and of a place: it sees nothing else.
    of_who: tuple[str, ...]
    of_where: tuple[str, ...]
    findings: dict[str, Finding]
    judge: Callable[[Participant, Place], str]

    @property
    def by_occupation(self) -> bool:
        """Whether it asks only what the participant has of the occupation of the place."""
        return self.of_where == ("occupation",)

    @property
    def is_hard(self) -> bool:
        """Whether something that it finds can stand in the way."""
        return any(finding.effect == Effect.BLOCKED for finding in self.findings.values())

    @property
    def is_soft(self) -> bool:
        """Whether something that it finds moves the score, so that its weight matters."""
        return any(finding.moves for finding in self.findings.values())

    def name_of(self, finding: Finding) -> str:
        """Return the name of a finding in the table."""
        return next(name for name, each in self.findings.items() if each is finding)

    def finding(self, who: Participant, where: Place) -> Finding:
        """Return what holds of a participant and a place."""
        return self.findings[self.judge(who, where)]


NOTHING = Finding(Effect.NOTHING)


@cache
def all_factors() -> tuple[Factor, ...]:
    """Return every factor, the heaviest first."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(sorted((module.FACTOR for module in modules), key=lambda factor: (-factor.weight, factor.code)))


@cache
def standard_weights() -> Weights:
    """Return the weights that hold where a programme has none of its own."""
    return {factor.code: factor.weight for factor in all_factors()}
