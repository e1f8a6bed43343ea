"""Whether places and what follows reach women and men, young and old, born here and abroad alike: looked at afterwards.

None of these is a feature of a match (definitions). They are read here, and only here, to see what came of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from lotsen.access.models import User
from lotsen.cases.models import Case, CaseQuerySet
from lotsen.matching.enums import Asked, By
from lotsen.matching.models import Exposure
from lotsen.placements.enums import OVER, PlacementState
from lotsen.placements.models import Employment, Placement
from lotsen.programmes.enums import Sex
from lotsen.programmes.models import Programme

from .shares import Share


@dataclass(frozen=True)
class Group:
    """A group of participants, and the share of it for each thing that is looked at."""

    key: str
    name: str
    shares: dict[Asked, Share]


@dataclass(frozen=True)
class Look:
    """The groups of one question, and whether any two of them lie apart in something."""

    by: By
    groups: list[Group]

    @property
    def is_apart(self) -> bool:
        """Whether any two groups differ by more than chance would do."""
        return any(
            one.shares[asked].is_apart(other.shares[asked])
            for asked in Asked
            for one, other in combinations(self.groups, 2)
        )


#: Two of them are shares of those whose placements are over.
_OF_OVER = {Asked.COMPLETED, Asked.EMPLOYED}
_AGES = models.Case(
    models.When(age=None, then=models.Value("")),
    models.When(age__lt=25, then=models.Value("16–24")),
    models.When(age__lt=55, then=models.Value("25–54")),
    default=models.Value("55–"),
    output_field=models.CharField(),
)
_BIRTHS = models.Case(
    models.When(born_abroad=True, then=models.Value("abroad")),
    models.When(born_abroad=False, then=models.Value("here")),
    default=models.Value(""),
    output_field=models.CharField(),
)


def lives(programme: Programme, user: User) -> CaseQuerySet:
    """Return the participants of a programme, as far as a user sees them, with what came of each."""
    of_case = Placement.objects.filter(case=OuterRef("pk"), began_on__isnull=False)
    seen = Case.objects.visible_to(user).filter(programme=programme, started_on__isnull=False)
    return seen.annotate(
        ages=_AGES,
        birth=_BIRTHS,
        listed=Exists(Exposure.objects.filter(case=OuterRef("pk"))),
        placed=Exists(of_case),
        over=Exists(of_case.filter(state__in=OVER)),
        completed=Exists(of_case.filter(state=PlacementState.COMPLETED)),
        employed=Exists(Employment.objects.filter(case=OuterRef("pk"))),
    )


def behind(programme: Programme, user: User, by: By, group: str, asked: Asked) -> CaseQuerySet:
    """Return the participants whom a figure counts: the same set as the figure."""
    of_over = {"over": True} if asked in _OF_OVER else {}
    return lives(programme, user).filter(**{by: group, asked: True}, **of_over)


def group_name(by: By, group: str) -> str:
    """Return what a group is called."""
    names: dict[By, dict[str, Any]] = {
        By.SEX: dict(Sex.choices),
        By.BIRTH: {"abroad": _("Born abroad"), "here": _("Born in Sweden")},
    }
    return str(names.get(by, {}).get(group, group)) if group else _("Not known")


def fairness(programme: Programme, user: User) -> list[Look]:
    """Look at the participants of a programme, as far as a user sees them, by sex, age and country of birth."""
    names = (*By.values, "over", *Asked.values)
    rows = [dict(zip(names, row, strict=True)) for row in lives(programme, user).order_by().values_list(*names)]
    return [_look(by, rows) for by in By]


def _look(by: By, rows: Iterable[dict[str, Any]]) -> Look:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[by]].append(row)
    return Look(by, [_group(by, key, found) for key, found in sorted(groups.items())])


def _group(by: By, key: str, rows: list[dict[str, Any]]) -> Group:
    over = [row for row in rows if row["over"]]

    def share(asked: Asked) -> Share:
        of = over if asked in _OF_OVER else rows
        return Share(sum(row[asked] for row in of), len(of))

    return Group(key, group_name(by, key), {asked: share(asked) for asked in Asked})
