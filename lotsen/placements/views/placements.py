"""Placements listed, planned, shown and changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.access.enums import Permission
from lotsen.cases.queries import own_case
from lotsen.core.forms import Form, once
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.core.text import as_key
from lotsen.employers.enums import classifications
from lotsen.employers.models import Workplace
from lotsen.employers.queries import analysis_of, workplaces_named
from lotsen.placements import actions, queries
from lotsen.placements.enums import PlacementState, Voice
from lotsen.placements.exports import PLACEMENT_COLUMNS
from lotsen.placements.forms import (
    ChangeForm,
    EndForm,
    ParticipantForm,
    PlacementFilters,
    PlanForm,
    SignForm,
    StartForm,
    StopForm,
    SupervisorForm,
    VisitForm,
    WorkplaceSearch,
)
from lotsen.placements.models import Opening, Placement
from lotsen.programmes.queries import seen_programme


@allow(Permission.CASES_VIEW)
def placement_list(request: Request, pk: UUID) -> HttpResponse:
    """List the placements of a programme: those of the own units by name, those of one that is looked over without."""
    programme = seen_programme(pk, request.user)
    return list_page(
        request,
        queryset=queries.placements_of(programme, request.user),
        columns=PLACEMENT_COLUMNS,
        template="placements/placement_list.html",
        title=programme.code,
        filters=PlacementFilters,
        context={"programme": programme},
    )


@allow(Permission.CASES_VIEW)
def placement_kinds(request: Request, pk: UUID) -> HttpResponse:
    """Count the placements that have begun by kind and sex, and the supervisors that are trained."""
    programme = seen_programme(pk, request.user)
    context = {
        "programme": programme,
        "kinds": queries.by_kind(programme, request.user),
        "supervisors": queries.supervisors(programme, request.user),
    }
    return render(request, "placements/placement_kinds.html", context)


@allow(Permission.CASES_WORK)
def placement_new(request: Request, pk: UUID) -> HttpResponse:
    """Find the workplace first, then plan the placement there."""
    case = own_case(pk, request.user)
    opening = _named_opening(request)
    workplace = opening.workplace if opening else _chosen(request)
    search = WorkplaceSearch(request.GET if "q" in request.GET else None)
    found = list(workplaces_named(search.cleaned_data["q"])) if search.is_valid() else []
    context: dict[str, Any] = {"case": case, "workplace": workplace, "search": search, "found": found}
    context |= {"placements": queries.placements_in(case), "opening": opening}
    context["employments"] = queries.employments_of(case)
    if workplace:
        form = PlanForm(
            request.POST if request.method == "POST" else None,
            case=case,
            workplace=workplace,
            initial=_proposed(workplace, opening),
        )
        if request.method == "POST" and form.is_valid():

            def act() -> str:
                made = actions.plan_placement(case=case, workplace=workplace, opening=opening, **form.values())
                return reverse("placement_detail", args=[made.pk])

            if address := once(request, form, act):
                messages.success(request, _("Planned. Print the agreement, and let all three sign."))
                return redirect(address)
        holds = analysis_of(workplace, timezone.localdate())
        context |= {"form": form, "holds": holds, "occupations": classifications.names(classifications.OCCUPATION)}
    else:
        text = search.cleaned_data["q"] if search.is_valid() else ""
        context["openings"] = queries.proposed(text, timezone.localdate())
    bound = context.get("form")
    return render(request, "placements/placement_new.html", context, status=422 if bound and bound.errors else 200)


def _chosen(request: Request) -> Workplace | None:
    """Return the workplace that the address names."""
    key = as_key(request.GET.get("workplace", ""))
    return Workplace.objects.filter(pk=key).select_related("employer", "municipality").first() if key else None


def _named_opening(request: Request) -> Opening | None:
    """Return the opening that the address names, if it is open; while one sends, also one that was filled meanwhile."""
    key = as_key(request.GET.get("opening", ""))
    found = queries.openings() if request.method == "POST" else queries.openings().open(timezone.localdate())
    return found.filter(pk=key).first() if key else None


def _proposed(workplace: Workplace, opening: Opening | None) -> dict[str, Any]:
    """Begin with what the opening says, else with what the analysis says of the work."""
    if opening:
        names = ("from_on", "until", "hours_per_week", "weekdays", "day_from", "day_to", "tasks", "occupation")
        return {name: getattr(opening, name) for name in names}
    last = workplace.analyses.first()
    return {"tasks": last.tasks, "schedule": last.hours} if last else {}


def own_placement(request: Request, pk: UUID) -> Placement:
    """Return a placement of a case of the user's own units, with what its page shows; else 404."""
    own = Placement.objects.worked_by(request.user).select_related(
        *("case__person", "case__programme", "case__unit", "workplace__employer", "kind", "supervisor", "analysis"),
        *("opening", "language_supporter"),
    )
    found: Placement = get_object_or_404(own.prefetch_related("signatures", "visits__by", "assessments"), pk=pk)
    return found


@allow(Permission.CASES_WORK)
def placement_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show a placement: what to do next, the agreement, the follow-ups, and how it went."""
    return detail(request, own_placement(request, pk))


def detail(request: Request, placement: Placement, **bound: Form) -> HttpResponse:
    """Show a placement; with a form that was refused, where it stands."""
    today = timezone.localdate()
    holds = analysis_of(placement.workplace, placement.from_on) if placement.is_ahead else placement.analysis
    said = {Voice(each.voice): each for each in placement.assessments.all()}
    context = {
        "placement": placement,
        "case": placement.case,
        "holds": holds,
        "needs_analysis": queries.needs_analysis(placement),
        "parties": queries.signed_by(placement),
        "may_sign": placement.state == PlacementState.PLANNED,
        "visits": placement.visits.all(),
        "next_visit": queries.next_visit(placement),
        "line": queries.sex_line([placement.occupation], placement.case.sex).get(placement.occupation),
        "subsidy": queries.subsidy_rules(placement),
        "supervisor_said": said.get(Voice.SUPERVISOR),
        "participant_said": said.get(Voice.PARTICIPANT),
        "today": today,
        "start_form": bound.get("start")
        or StartForm(has_analysis=bool(holds) or not queries.needs_analysis(placement)),
        "end_form": bound.get("end") or EndForm(initial={"on": placement.ended_on or today}),
        "stop_form": bound.get("stop") or StopForm(placement=placement, initial=_stopped(placement)),
        "sign_form": bound.get("sign") or SignForm(),
        "visit_form": bound.get("visit") or VisitForm(),
        "supervisor_form": bound.get("supervisor") or SupervisorForm(),
        "participant_form": bound.get("participant") or ParticipantForm(),
        "form": next(iter(bound.values()), None),
        "open": next(iter(bound), ""),
    }
    return render(request, "placements/placement_detail.html", context, status=422 if bound else 200)


def _stopped(placement: Placement) -> dict[str, Any]:
    """Return what stands there of an end before its time, to be corrected."""
    names = {"on": placement.ended_on, "stopped_by": placement.stopped_by, "stopped_why": placement.stopped_why}
    return {name: value for name, value in names.items() if value}


@allow(Permission.CASES_WORK)
def placement_change(request: Request, pk: UUID) -> HttpResponse:
    """Change what is planned or agreed."""
    placement = own_placement(request, pk)
    form = ChangeForm(request.POST if request.method == "POST" else None, placement=placement)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.change_plan(placement=placement, **form.values())
            return reverse("placement_detail", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    occupations = classifications.names(classifications.OCCUPATION)
    context = {"form": form, "placement": placement, "case": placement.case, "occupations": occupations}
    return render(request, "placements/placement_change.html", context, status=422 if form.errors else 200)
