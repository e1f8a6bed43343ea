"""Places for a participant, participants for a place, each with the reasons; choosing, and putting aside."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.cases.queries import own_case
from lotsen.core.forms import Form, once, pressed
from lotsen.core.rights import Request, allow
from lotsen.placements.enums import AHEAD, GOING_ON
from lotsen.placements.models import Opening, Placement
from lotsen.placements.queries import active_cases, openings
from lotsen.programmes.queries import seen_programme

from . import actions, queries
from .definitions import Participant, standard_weights
from .enums import Decided
from .forms import AsideForm, ChooseForm
from .models import MatchDecision
from .queries.ranking import OF_TRAINING


@allow(Permission.CASES_WORK)
def match_list(request: Request, pk: UUID) -> HttpResponse:
    """Show the places that could suit a participant, what one thing stands in the way of, and courses."""
    return _page(request, own_case(pk, request.user))


def _page(request: Request, case: Case, form: Form | None = None) -> HttpResponse:
    today = timezone.localdate()
    who = _known(case)
    aside = {
        row.opening_id: row for row in case.match_decisions.filter(decided=Decided.ASIDE).select_related("opening")
    }
    there = queries.places_for(request.user, today)
    found = queries.rank(who, there, without=aside)
    courses, taught_in = queries.trainings(today)
    taught = queries.rank(who, taught_in, codes=OF_TRAINING)
    shown = openings().in_bulk([match.key for match in (*found.possible, *found.opened_by_one)])
    context = {
        "case": case,
        "possible": [(rank, shown[match.key], match) for rank, match in enumerate(found.possible, start=1)],
        "opened_by_one": [(shown[match.key], match) for match in found.opened_by_one],
        "courses": [(courses[match.key], match) for match in taught.possible],
        "closed_courses": [(courses[match.key], match) for match in taught.opened_by_one],
        "aside": aside.values(),
        "looked_at": len(there.keys) - len(aside.keys() & there.places.keys()),
        "form": form,
    }
    return render(request, "matching/match_list.html", context, status=422 if form else 200)


def _known(case: Case) -> Participant:
    return queries.participants([case], timezone.localdate())[case.pk]


def _standing(case: Case, opening: Opening, user: User) -> tuple[float, int | None]:
    """Return the score of a place for a participant, and where it stands in the list now."""
    today = timezone.localdate()
    who, there = _known(case), queries.places_for(user, today)
    listed = [match.key for match in queries.rank(who, there).possible]
    rank = listed.index(opening.pk) + 1 if opening.pk in listed else None
    place = there.places.get(opening.pk) or queries.places(today, Opening.objects.filter(pk=opening.pk))[opening.pk]
    return queries.explain(opening.pk, who, place).score, rank


@allow(Permission.CASES_WORK)
@require_POST
def match_choose(request: Request, pk: UUID, opening: UUID) -> HttpResponse:
    """Choose a place for a participant, and go on to plan the placement."""
    case, place = own_case(pk, request.user), get_object_or_404(openings(), pk=opening)
    form = ChooseForm(request.POST)
    if not place.is_open(timezone.localdate()):
        messages.error(request, _("The last place of the opening was taken in the meantime. Choose another one."))
        return redirect("match_list", pk=pk)
    if form.is_valid():

        def act() -> str:
            _decide(request, case, place, Decided.CHOSEN, form.cleaned_data["why"])
            return f"{reverse('placement_new', args=[pk])}?opening={opening}"

        if address := once(request, form, act):
            return redirect(address)
    return _page(request, case)


@allow(Permission.CASES_WORK)
@require_POST
def match_aside(request: Request, pk: UUID, opening: UUID) -> HttpResponse:
    """Put a place aside for a participant, with the reason."""
    case, place = own_case(pk, request.user), get_object_or_404(openings(), pk=opening)
    form = AsideForm(request.POST)
    if form.is_valid():

        def act() -> str:
            _decide(request, case, place, Decided.ASIDE, form.cleaned_data["why"])
            return reverse("match_list", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("Put aside. It stands at the end of the page."))
            return redirect(address)
    return _page(request, case, form)


def _decide(request: Request, case: Case, opening: Opening, decided: Decided, why: str) -> None:
    score, rank = _standing(case, opening, request.user)
    told = {"by": request.user, "on": timezone.localdate(), "score": score, "rank": rank, "why": why}
    actions.decide(case=case, opening=opening, decided=decided, **told)


@allow(Permission.CASES_WORK)
@require_POST
def match_again(request: Request, pk: UUID) -> HttpResponse:
    """Let a place that was put aside stand in the list again."""
    own = MatchDecision.objects.filter(case__unit__in=request.user.own_units)
    decision = get_object_or_404(own, pk=pk)
    back = reverse("match_list", args=[decision.case_id])
    return pressed(
        request, lambda: actions.take_back(decision=decision), back=back, said=_("It stands in the list again.")
    )


@allow(Permission.CASES_WORK)
def opening_matches(request: Request, pk: UUID) -> HttpResponse:
    """Show the participants of one's own units whom a place could suit."""
    opening, today = get_object_or_404(openings(), pk=pk), timezone.localdate()
    cases = {case.pk: case for case in active_cases(request.user).select_related("unit")}
    place = queries.places(today, Opening.objects.filter(pk=pk))[pk]
    known = queries.participants(list(cases.values()), today)
    found = queries.rank_people({key: (who, standard_weights()) for key, who in known.items()}, place)
    context = {
        "opening": opening,
        "is_open": opening.is_open(today),
        "possible": [(rank, cases[match.key], match) for rank, match in enumerate(found.possible, start=1)],
        "opened_by_one": [(cases[match.key], match) for match in found.opened_by_one],
        "looked_at": len(cases),
    }
    return render(request, "matching/opening_matches.html", context)


@allow(Permission.CASES_WORK)
def cohort_matches(request: Request) -> HttpResponse:
    """Propose places for all participants of one's own units who have none, as a draft that is taken row by row."""
    today, user = timezone.localdate(), request.user
    waiting = active_cases(user).select_related("unit").exclude(Exists(_placed()))
    cases = {case.pk: case for case in waiting}
    chosen = MatchDecision.objects.filter(case__in=cases, decided=Decided.CHOSEN)
    fixed = dict(chosen.values_list("case", "opening"))
    open_now = openings().open(today)
    left = {opening.pk: opening.left for opening in open_now}
    known, there = queries.participants(list(cases.values()), today), queries.places_for(user, today)
    is_fair = "fair" in request.GET
    draft = queries.propose(known, there, left, fixed, fair=is_fair)
    shown = openings().in_bulk({match.key for match in draft.matches.values()})
    rows = [(cases[key], shown[match.key], match, key in fixed) for key, match in draft.matches.items()]
    context = {
        "rows": sorted(rows, key=lambda row: row[0].list_name),
        "left_out": [cases[key] for key in draft.left_out],
        "draft": draft,
        "rates": draft.rates(cases),
        "is_fair": is_fair,
        "openings": len(left),
    }
    return render(request, "matching/cohort_matches.html", context)


def _placed() -> QuerySet[Placement]:
    """Return the placements that a case has or will have, so that it needs no other."""
    return Placement.objects.filter(case=OuterRef("pk"), state__in=[*AHEAD, *GOING_ON])


@allow(Permission.FIGURES_VIEW)
def fairness(request: Request, pk: UUID) -> HttpResponse:
    """Show whether placements and what follows reach all alike, as far as one sees the participants."""
    programme = seen_programme(pk, request.user)
    context = {"programme": programme, "looks": queries.fairness(programme, request.user)}
    return render(request, "matching/fairness.html", context)
