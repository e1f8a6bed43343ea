"""Places for all who have none, as a draft that is taken row by row."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotsen.access.enums import Permission
from lotsen.core.rights import Request, allow
from lotsen.matching import queries
from lotsen.matching.enums import Decided
from lotsen.matching.models import MatchDecision
from lotsen.placements.enums import AHEAD, GOING_ON
from lotsen.placements.models import Opening, Placement
from lotsen.placements.queries import active_cases, openings


@allow(Permission.CASES_WORK)
def cohort_matches(request: Request) -> HttpResponse:
    """Propose places for all participants of one's own units who have none, as a draft that is taken row by row."""
    today, user = timezone.localdate(), request.user
    waiting = active_cases(user).exclude(Exists(_placed()))
    cases = {case.pk: case for case in waiting}
    open_now = list(openings().open(today))
    fixed = _chosen(cases, open_now)
    space = queries.room(open_now, today)
    known, there = queries.participants(list(cases.values()), today), queries.places_for(today)
    is_fair = "fair" in request.GET
    weights = {key: weighing.weights for key, weighing in queries.weighings(cases.values()).items()}
    proposal = queries.propose(cases, known, weights, there, space, fixed, fair=is_fair)
    draft = proposal.draft
    shown = {opening.pk: opening for opening in open_now}
    rows = [(cases[key], shown[match.key], match, fixed.get(key) == match.key) for key, match in draft.matches.items()]
    context = {
        "rows": sorted(rows, key=lambda row: row[0].list_name),
        "left_out": [cases[key] for key in draft.left_out],
        "compared": proposal.compared,
        "shown": 2 if is_fair else 1,
        "openings": len(open_now),
    }
    return render(request, "matching/cohort_matches.html", context)


def _chosen(cases: Iterable[UUID], open_now: Iterable[Opening]) -> dict[UUID, UUID]:
    """Return the newest choice for each case of a place that is open, and where it has not been yet."""
    been = Placement.objects.filter(case=OuterRef("case"), opening=OuterRef("opening"))
    chosen = MatchDecision.objects.filter(case__in=cases, opening__in=open_now, decided=Decided.CHOSEN)
    return dict(chosen.exclude(Exists(been)).order_by("on", "pk").values_list("case", "opening"))


def _placed() -> QuerySet[Placement]:
    """Return the placements that a case has or will have, so that it needs no other."""
    return Placement.objects.filter(case=OuterRef("pk"), state__in=[*AHEAD, *GOING_ON])
