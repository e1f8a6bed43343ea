"""What could suit a participant, whom an opening could suit; choosing, and putting aside; lists as they were shown."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.cases.models import Case
from lotsen.cases.queries import own_case
from lotsen.core.forms import Form, once, pressed
from lotsen.core.rights import Request, allow
from lotsen.matching import actions, queries
from lotsen.matching.definitions import VERSION, all_factors
from lotsen.matching.enums import Decided
from lotsen.matching.forms import AsideForm, ChooseForm, MatchFilters
from lotsen.matching.models import MatchDecision, ShownList
from lotsen.placements.models import Opening
from lotsen.placements.queries import active_cases, openings

#: So many of the lists that were shown are told of, the newest first.
SHOWN_LISTS = 100


@allow(Permission.CASES_WORK)
def match_list(request: Request, pk: UUID) -> HttpResponse:
    """Show the places that could suit a participant, what one thing stands in the way of, and courses."""
    return _page(request, own_case(pk, request.user))


def _page(request: Request, case: Case, form: Form | None = None) -> HttpResponse:
    filters = MatchFilters(request.GET)
    asked = filters.asked()
    found = queries.for_participant(case, asked)
    if request.method == "GET":
        actions.keep_shown(case=case, by=request.user, asked=asked, shown=found)
    context = {
        "case": case,
        **_participants_lists(found),
        "aside": case.match_decisions.filter(decided=Decided.ASIDE).select_related("opening"),
        "filters": filters,
        "query": f"?{urlencode(asked)}" if asked else "",
        "form": form,
    }
    return render(request, "matching/match_list.html", context, status=422 if form else 200)


def _participants_lists(found: queries.ForParticipant) -> dict[str, Any]:
    """Return what the lists of a participant show: each match with its opening or its course."""
    shown = openings().in_bulk([match.key for match in (*found.openings.possible, *found.openings.opened_by_one)])

    def with_opening(matches: Iterable[queries.Match]) -> list[tuple[int, Opening, queries.Match]]:
        return [(rank, shown[match.key], match) for rank, match in enumerate(matches, start=1) if match.key in shown]

    return {
        "possible": with_opening(found.openings.possible),
        "opened_by_one": with_opening(found.openings.opened_by_one),
        "courses": [(found.offers[match.key], match) for match in found.courses.possible],
        "closed_courses": [(found.offers[match.key], match) for match in found.courses.opened_by_one],
        "looked_at": found.looked_at,
    }


def _standing(request: Request, case: Case, opening: Opening) -> actions.Standing:
    """Return where a place stands in the list as it is shown, its score, and what each factor finds."""
    today = timezone.localdate()
    found = queries.for_participant(case, MatchFilters(request.GET).asked())
    listed = [match.key for match in found.openings.possible]
    who, weighing = queries.participants([case], today)[case.pk], queries.weighings([case])[case.pk]
    place = queries.places(today, Opening.objects.filter(pk=opening.pk))[opening.pk]
    return actions.Standing(
        rank=listed.index(opening.pk) + 1 if opening.pk in listed else None,
        score=round(queries.explain(opening.pk, who, place, weighing.weights).score),
        findings={factor.code: factor.judge(who, place) for factor in all_factors()},
        weighing=weighing.number,
    )


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
            # Back to the list as it was filtered.
            return reverse("match_list", args=[pk]) + (f"?{request.GET.urlencode()}" if request.GET else "")

        if address := once(request, form, act):
            messages.success(request, _("Put aside. It stands at the end of the page."))
            return redirect(address)
    return _page(request, case, form)


def _decide(request: Request, case: Case, opening: Opening, decided: Decided, why: str) -> None:
    standing = _standing(request, case, opening)
    told = {"by": request.user, "on": timezone.localdate(), "why": why}
    actions.decide(case=case, opening=opening, decided=decided, standing=standing, **told)


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
    opening = get_object_or_404(openings(), pk=pk)
    cases = {case.pk: case for case in active_cases(request.user)}
    found = queries.for_opening(opening, cases.values())
    if request.method == "GET":
        actions.keep_shown(opening=opening, by=request.user, asked={}, shown=found)
    context = {"opening": opening, "is_open": opening.is_open(timezone.localdate()), **_openings_list(found, cases)}
    return render(request, "matching/opening_matches.html", context)


def _openings_list(found: queries.ForOpening, cases: dict[UUID, Case]) -> dict[str, Any]:
    """Return what the list of an opening shows: each match with its participant."""
    possible = [(n, cases[m.key], m) for n, m in enumerate(found.people.possible, start=1) if m.key in cases]
    by_one = [(n, cases[m.key], m) for n, m in enumerate(found.people.opened_by_one, start=1) if m.key in cases]
    return {"possible": possible, "opened_by_one": by_one, "looked_at": found.looked_at}


@allow(Permission.CASES_WORK)
def case_shown(request: Request, pk: UUID) -> HttpResponse:
    """Show which lists were shown for a participant, and when."""
    case = own_case(pk, request.user)
    context = {"case": case, "lists": case.shown_lists.select_related("by")[:SHOWN_LISTS]}
    return render(request, "matching/case_shown.html", context)


@allow(Permission.CASES_WORK)
def opening_shown(request: Request, pk: UUID) -> HttpResponse:
    """Show which lists were shown for an opening, and when, to those whose participants stood in them."""
    opening = get_object_or_404(openings(), pk=pk)
    own = opening.shown_lists.filter(units__overlap=request.user.own_units)
    context = {"opening": opening, "lists": own.select_related("by")[:SHOWN_LISTS]}
    return render(request, "matching/opening_shown.html", context)


@allow(Permission.CASES_WORK)
def list_again(request: Request, pk: UUID) -> HttpResponse:
    """Show a list as it was, made again from what was known then; and whether it is the same."""
    shown = get_object_or_404(ShownList.objects.select_related("by", "opening"), pk=pk)
    if shown.case_id:
        own_case(shown.case_id, request.user)
    elif not set(shown.units) & set(request.user.own_units):
        raise Http404
    found = queries.again(shown)
    lists: dict[str, Any] = {"possible": [], "looked_at": 0}
    if isinstance(found, queries.ForParticipant):
        lists = _participants_lists(found)
    elif found:
        keys = [match.key for match in (*found.people.possible, *found.people.opened_by_one)]
        own = Case.objects.worked_by(request.user).filter(pk__in=keys).select_related("person")
        lists = _openings_list(found, {case.pk: case for case in own})
    context = {
        "shown": shown,
        "courses": [],
        "closed_courses": [],
        "opened_by_one": [],
        "asked": MatchFilters.words(shown.asked),
        **lists,
        "is_same": found is not None and found.digest == shown.digest,
        "is_of_this_version": shown.version == VERSION,
        "version": VERSION,
    }
    return render(request, "matching/list_again.html", context)
