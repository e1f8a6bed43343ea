"""My day: what needs me, what waits for others; and for the manager how much is due for whom."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.access.models import Unit
from lotsen.cases.models import Case
from lotsen.core import traces
from lotsen.core.forms import once, pressed
from lotsen.core.pages import PAGE_SIZE
from lotsen.core.rights import Request, allow
from lotsen.core.text import as_key
from lotsen.filing.queries import due_files
from lotsen.notes.enums import Came
from lotsen.people.enums import ReadingKind

from . import actions, queries
from .enums import Rule, Turn
from .forms import BulkForm, DayFilters, SelectionForm
from .models import Selection


@allow(Permission.CASES_WORK)
def my_day(request: Request) -> HttpResponse:
    """Show the meetings of today, and the worklist: what is due, why, by when, the oldest day first."""
    traces.read_by(ReadingKind.LIST)
    today = timezone.localdate()
    work = queries.worklist_of(request.user, today)
    filters = DayFilters(request.GET)
    rows = filters.apply(work.rows)
    query = request.GET.copy()
    query.pop("page", None)
    chosen = filters.cleaned_data.get("rule", "") if filters.is_valid() else ""
    context = {
        "today": today,
        "cases": work.cases,
        "groups": _groups(work),
        "mine": sum(n for rule, n in work.counts.items() if rule.turn == Turn.MINE),
        "chosen": chosen,
        "heading": Rule(chosen).label if chosen else Turn.MINE.label,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "all": len(work.rows),
        "chips": filters.chips(),
        "query": query.urlencode(),
        "meetings": queries.meetings_of(request.user, today),
        "came": Came.choices,
        "selections": _selections(request),
        "selection_form": SelectionForm(initial={"query": query.urlencode()}),
        "bulk_form": BulkForm(),
    }
    return render(request, "worklist/my_day.html", context)


def _groups(work: queries.Worklist) -> list[tuple[str, list[tuple[Rule, int, bool]]]]:
    """Return the rules that have rows, by whose turn it is: with how many, and whether some are late."""
    late = {row.due.rule for row in work.rows if row.late_days}
    return [
        (
            str(turn.label),
            [(rule, work.counts[rule], rule in late) for rule in Rule if work.counts[rule] and rule.turn == turn],
        )
        for turn in Turn
    ]


def _selections(request: Request) -> list[tuple[Selection, bool]]:
    """Return the saved selections, and whether each still means something: a rule may have gone."""
    found = Selection.objects.filter(user=request.user)
    return [(each, DayFilters(QueryDict(each.query)).is_valid()) for each in found]


@allow(Permission.CASES_WORK)
@require_POST
def selection_keep(request: Request) -> HttpResponse:
    """Keep the filters under a name."""
    form = SelectionForm(request.POST)
    if form.is_valid():
        name, query = form.cleaned_data["name"], form.cleaned_data["query"]

        def act() -> str:
            actions.keep_selection(user=request.user, name=name, query=query)
            return f"{reverse('my_day')}?{query}"

        if address := once(request, form, act):
            messages.success(request, _("The selection is saved."))
            return redirect(address)
    messages.error(request, _("Give the selection a name of at most 60 letters."))
    return redirect("my_day")


@allow(Permission.CASES_WORK)
@require_POST
def selection_drop(request: Request, pk: UUID) -> HttpResponse:
    """Forget a selection."""
    selection = get_object_or_404(Selection.objects.filter(user=request.user), pk=pk)
    return pressed(
        request, lambda: actions.drop_selection(selection=selection), back=reverse("my_day"), said=_("Gone.")
    )


@allow(Permission.CASES_WORK)
@require_POST
def bulk_note(request: Request) -> HttpResponse:
    """Write the same note in all chosen cases."""
    form, back = BulkForm(request.POST), reverse("my_day")
    named = {key for key in request.POST.getlist("cases") if as_key(key)}
    cases = list(Case.objects.worked_by(request.user).filter(pk__in=named))
    if form.is_valid():

        def act() -> str:
            body = form.cleaned_data["body"]
            actions.write_in_all(cases=cases, by=request.user, body=body, today=timezone.localdate())
            return back

        if address := once(request, form, act):
            n = len(cases)
            messages.success(
                request, ngettext("A note is written in %(n)s case.", "A note is written in %(n)s cases.", n) % {"n": n}
            )
            return redirect(address)
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect(back)


@allow(Permission.CASES_ASSIGN)
def unit_day(request: Request, pk: UUID) -> HttpResponse:
    """Show how much is due for each colleague of a unit that one manages: numbers, and how many are late."""
    unit = get_object_or_404(Unit.objects.filter(pk__in=request.user.managed_units), pk=pk)
    rows = queries.counts_by_coach(unit, timezone.localdate())
    rules = [rule for rule in Rule if any(counts[rule] for _load, counts, _late in rows)]
    context = {
        "unit": unit,
        "rules": rules,
        "rows": [(load, [counts[rule] for rule in rules], late) for load, counts, late in rows],
        "files": due_files(unit, timezone.localdate()) if request.user.can(Permission.FILES_KEEP) else [],
    }
    return render(request, "worklist/unit_day.html", context)
