"""Whether places and what follows reach women and men, young and old, born here and abroad alike: looked at afterwards.

None of these is a feature of a match (definitions). They are read here, and only here, to see what came of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.matching.models import Exposure
from lotsen.placements.enums import OVER, PlacementState
from lotsen.placements.models import Employment, Placement
from lotsen.programmes.enums import Sex
from lotsen.programmes.models import Programme

from .shares import Share


@dataclass(frozen=True)
class Group:
    """A group of participants: how many have stood in a list, were placed, have completed, were employed after it."""

    name: str
    listed: Share
    placed: Share
    completed: Share
    employed: Share

    @property
    def shares(self) -> list[Share]:
        """The four, in the order of the page."""
        return [self.listed, self.placed, self.completed, self.employed]


@dataclass(frozen=True)
class Look:
    """The groups of one question, and whether any two of them lie apart in something."""

    name: str
    groups: list[Group]

    @property
    def is_apart(self) -> bool:
        """Whether any two groups differ by more than chance would do."""
        return any(
            one.is_apart(other)
            for column in zip(*(group.shares for group in self.groups), strict=True)
            for place, one in enumerate(column)
            for other in column[place + 1 :]
        )


class _Life(NamedTuple):
    """One participant, and what came of it."""

    sex: str
    age: int | None
    born_abroad: bool | None
    listed: bool
    placed: bool
    over: bool
    completed: bool
    employed: bool


def fairness(programme: Programme, user: User) -> list[Look]:
    """Look at the participants of a programme, as far as a user sees them, by sex, age and country of birth."""
    of_case = Placement.objects.filter(case=OuterRef("pk"), began_on__isnull=False)
    seen = Case.objects.visible_to(user).filter(programme=programme, started_on__isnull=False)
    rows = seen.order_by().values_list(
        *("sex", "age", "born_abroad"),
        Exists(Exposure.objects.filter(case=OuterRef("pk"))),
        Exists(of_case),
        Exists(of_case.filter(state__in=OVER)),
        Exists(of_case.filter(state=PlacementState.COMPLETED)),
        Exists(Employment.objects.filter(case=OuterRef("pk"))),
    )
    lives = [_Life(*row) for row in rows]
    births = {True: _("Born abroad"), False: _("Born in Sweden"), None: _("Not known")}
    return [
        _look(_("Sex"), lives, lambda life: str(Sex(life.sex).label) if life.sex else _("Not known")),
        _look(_("Age at start"), lives, _age),
        _look(_("Country of birth"), lives, lambda life: births[life.born_abroad]),
    ]


def _age(life: _Life) -> str:
    if life.age is None:
        return _("Not known")
    return "16–24" if life.age < 25 else "25–54" if life.age < 55 else "55–"


def _look(name: str, lives: Iterable[_Life], of: Callable[[_Life], str]) -> Look:
    groups: dict[str, list[_Life]] = defaultdict(list)
    for life in lives:
        groups[of(life)].append(life)
    return Look(name, [_group(name, rows) for name, rows in sorted(groups.items())])


def _group(name: str, rows: list[_Life]) -> Group:
    placed = [life for life in rows if life.placed]
    over = [life for life in rows if life.over]
    return Group(
        name,
        listed=Share(sum(life.listed for life in rows), len(rows)),
        placed=Share(len(placed), len(rows)),
        completed=Share(sum(life.completed for life in over), len(over)),
        employed=Share(sum(life.employed for life in over), len(over)),
    )
