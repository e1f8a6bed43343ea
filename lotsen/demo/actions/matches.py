"""Places that were chosen from lists, and what came of them; lists that were looked at."""

import random
from collections import Counter
from datetime import timedelta
from typing import Any

import numpy as np

from lotsen.access.models import User
from lotsen.employers.enums import Swedish
from lotsen.matching.actions import Standing, decide, keep_shown
from lotsen.matching.definitions import Participant, all_factors
from lotsen.matching.enums import Decided
from lotsen.matching.queries import Ground, explain, for_opening, participants, places
from lotsen.matching.queries.grid import BLOCK, Scorer
from lotsen.placements.actions import close_opening, keep_opening
from lotsen.placements.enums import OVER, Offered
from lotsen.placements.models import Opening, Placement
from lotsen.placements.queries import active_cases
from lotsen.profiles.actions import keep_needs
from lotsen.profiles.enums import Travels
from lotsen.programmes.models import Programme

from .labour import WORK


def choose_places(programme: Programme, by: User, seed: int) -> None:
    """Let each placement that is over have come from an opening that somebody chose in a list."""
    rng = random.Random(seed)  # noqa: S311 - made-up choices, the same each time
    over = Placement.objects.filter(case__programme=programme, state__in=OVER).order_by("case__number", "began_on")
    placements = list(over.select_related("case__unit", "workplace__employer", "workplace__municipality"))
    for placement in placements:
        if rng.random() < 0.7:
            told: dict[str, Any] = {"swedish": rng.choice((Swedish.A1, Swedish.A2, Swedish.B1)), "hours_per_week": 30}
            keep_needs(case=placement.case, travels=rng.choice(list(Travels)), **told)
    openings = _openings(programme, placements, rng)
    there = Ground(places(programme.starts_on, Opening.objects.filter(workplace__in=openings)))
    known = participants([placement.case for placement in placements], programme.starts_on)
    for placement in placements:
        opening = openings[placement.workplace_id]
        Placement.objects.filter(pk=placement.pk).update(opening=opening)
        if not placement.case.match_decisions.filter(opening=opening).exists():
            standing = _standing(known[placement.case_id], there, opening)
            on = placement.first - timedelta(days=14)
            decide(case=placement.case, opening=opening, decided=Decided.CHOSEN, by=by, on=on, standing=standing)
    for opening in openings.values():
        close_opening(opening=opening, on=programme.ends_on)


def _openings(programme: Programme, placements: list[Placement], rng: random.Random) -> dict[Any, Opening]:
    """Write down an opening for each workplace, with as many places as were taken."""
    found: dict[Any, Opening] = {}
    counted = Counter(placement.workplace_id for placement in placements)
    for placement in placements:
        workplace = placement.workplace
        if workplace.pk not in found:
            told: dict[str, Any] = {"title": workplace.name, "tasks": "Det som görs på arbetsplatsen."}
            told |= {"occupation": WORK.get(workplace.employer.industry, ""), "places": counted[workplace.pk]}
            told |= {"swedish": rng.choice((Swedish.NONE, Swedish.A1, Swedish.A2, "")), "takes_language_support": True}
            told |= {"offers": [Offered.INTERNSHIP], "hours_per_week": rng.choice((20, 30, None))}
            unit = placement.case.unit
            found[workplace.pk] = keep_opening(workplace=workplace, unit=unit, from_on=programme.starts_on, **told)
    return found


def _standing(who: Participant, there: Ground, opening: Opening) -> Standing:
    totals = Scorer(there).totals(who)
    at, place = there.position[opening.pk], there.places[opening.pk]
    return Standing(
        rank=int(np.count_nonzero(totals > totals[at])) + 1 if totals[at] > -BLOCK // 2 else None,
        score=round(explain(opening.pk, who, place).score),
        findings={factor.code: factor.judge(who, place) for factor in all_factors()},
        weighing=0,
    )


def look_at_lists(openings: list[Opening], by: User) -> None:
    """Let somebody look whom some openings could suit."""
    cases = list(active_cases(by))
    for opening in openings:
        keep_shown(opening=opening, by=by, asked={}, shown=for_opening(opening, cases))
