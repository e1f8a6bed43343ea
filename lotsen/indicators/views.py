"""A programme in figures, and the lists behind them."""

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lotsen.access.enums import Permission
from lotsen.access.models import Organisation, Unit
from lotsen.cases.exports import CASE_COLUMNS, NUMBER_COLUMNS
from lotsen.cases.models import Case
from lotsen.cases.queries import protected_in
from lotsen.core.pages import Column, list_page
from lotsen.core.refused import Refused
from lotsen.core.rights import Request, allow
from lotsen.employers.models import Employer, Workplace
from lotsen.programmes.enums import Dimension
from lotsen.programmes.models import Programme
from lotsen.programmes.queries import seen_programme
from lotsen.questionnaires.models import Change, Recipient

from . import queries
from .definitions import Definition
from .enums import Measure, Part, Subject
from .exports import charts
from .exports.files import show, show_target
from .forms import AsOfForm, MembersForm

#: The breakdowns of an indicator's page.
SHOWN = (
    *(Dimension.SEX, Dimension.AGE, Dimension.BORN_ABROAD, Dimension.REDUCED_WORK_ABILITY),
    *(Dimension.MUNICIPALITY, Dimension.TARGET_GROUP, Dimension.START_YEAR),
)


#: What people are not compiled by, by name, where the domain limits the search (SoLPUF 2001:637, 15 §): the list of
#: such a group shows case numbers.
DELICATE = {Dimension.BORN_ABROAD, Dimension.REDUCED_WORK_ABILITY, Dimension.TARGET_GROUP}


def programme_context(request: Request, programme: Programme) -> dict[str, Any]:
    """Return what the pages of one programme share: its name, the day of its figures, and whose cases they count."""
    form = AsOfForm(request.GET, programme, timezone.localdate())
    whole = programme.lead_unit_id in request.user.led_units
    units = [] if whole else list(programme.units.filter(pk__in=request.user.own_units).order_by("name"))
    return {
        "programme": programme,
        "as_of_form": form,
        "as_of": form.day,
        "as_of_query": "" if form.is_default else urlencode({"as_of": form.day.isoformat()}),
        "whole": whole,
        "counted_units": units,
        "protected": protected_in(programme),
        "anonymous": programme.anonymous_participants.count(),
    }


@allow(Permission.FIGURES_VIEW)
def programme_overview(request: Request, pk: UUID) -> HttpResponse:
    """Show how a programme stands: its goals, the way from referral to outcome, starts and exits by month."""
    programme = seen_programme(pk, request.user)
    context = programme_context(request, programme)
    as_of = context["as_of"]
    goals = queries.goal_statuses(programme, as_of)
    labels = queries.group_labels(programme)
    missing = queries.missing_needs(programme)
    figures = {
        code: queries.calculate(programme, queries.definition_of(code), as_of, dims, labels)
        for code, dims in charts.OVERVIEW.items()
        if not missing[code]
    }
    link = _linker(programme, context["as_of_query"])
    context |= {
        "goals": [charts.goal_row(status, link) for status in goals],
        "goal_headline": charts.goals_headline(goals) if context["whole"] else _("What your units have done so far"),
        "goal_subtitle": _goal_subtitle(programme, as_of, is_whole=context["whole"]),
        "keys": [
            (figures[code], show(figures[code], figures[code].total)) for code in charts.KEY_FIGURES if code in figures
        ],
        "flow_charts": [charts.flow(figures, link), charts.flow(figures, link, charts.NARROW)],
        "flow_rows": charts.flow_rows(figures, link),
        "months_charts": [charts.months(figures, link), charts.months(figures, link, charts.NARROW)],
        "months_rows": charts.months_rows(figures, link),
        "partners": programme.partners.select_related("organisation"),
        "phases": programme.phases.all(),
        "financing": programme.financing.all(),
    }
    return render(request, "indicators/programme_overview.html", context)


def _goal_subtitle(programme: Programme, as_of: date, *, is_whole: bool) -> str:
    """Explain the marks of the goals' charts. When the programme is over, nothing is projected."""
    if not is_whole:
        return _("Bar: what your units have done. Line: the target of the whole project.")
    if as_of >= programme.ends_on:
        return _("Bar: outcome. Line: target.")
    return _("Bar: outcome. Line: target. Ring: where it ends if it goes on like this.")


@allow(Permission.FIGURES_VIEW)
def indicator_list(request: Request, pk: UUID) -> HttpResponse:
    """List every indicator that applies to a programme with its figure, target and non-response."""
    programme = seen_programme(pk, request.user)
    context = programme_context(request, programme)
    found = queries.calculate_all(programme, context["as_of"], [Dimension.SEX])
    link = _linker(programme, context["as_of_query"])
    rows = [_row(item, link) for item in found if not item.lacks]
    return render(request, "indicators/indicator_list.html", {**context, "rows": rows})


def _row(item: queries.Indicator, link: charts.Link) -> dict[str, Any]:
    """Return a row of the list of indicators. Every number leads to its list."""
    part = charts.main_part(item.definition.measure)
    groups = {group.key: group.figure for group in item.by.get(Dimension.SEX, [])}

    def of(sex: str) -> tuple[str, str]:
        if sex not in groups:
            return "–", ""
        return show(item, groups[sex]), link(item.code, part=part, by=Dimension.SEX.value, key=sex)

    return {
        "item": item,
        "all": (show(item, item.total), link(item.code, part=part)),
        "target": show_target(item),
        # Who is only counted is not asked.
        "is_asked": item.definition.measure in {Measure.SHARE, Measure.MEDIAN},
        "sexes": [of("woman"), of("man")],
        "unknown_href": link(item.code, part=Part.UNKNOWN.value),
    }


@allow(Permission.FIGURES_VIEW)
def indicator_detail(request: Request, pk: UUID, code: str) -> HttpResponse:
    """Show one indicator: its definition in words, the figure, and each breakdown as chart and table."""
    programme = seen_programme(pk, request.user)
    context = programme_context(request, programme)
    definition = _definition(code)
    lacks = queries.missing_needs(programme)[code]
    if lacks:
        item = queries.not_counted(definition, context["as_of"], lacks)
    else:
        item = queries.calculate(programme, definition, context["as_of"], SHOWN, crossed=True)
    link = _linker(programme, context["as_of_query"])
    parts = [] if lacks else _parts(item, link)
    breakdowns = [charts.breakdown(item, dim, groups, link) for dim, groups in item.by.items() if groups]
    goals = [goal for goal in programme.goals.all() if goal.indicator == code]
    context |= {
        "item": item,
        "shown": show(item, item.total),
        "parts": parts,
        "breakdowns": breakdowns,
        "goals": goals,
    }
    return render(request, "indicators/indicator_detail.html", context)


def _parts(item: queries.Indicator, link: charts.Link) -> list[tuple[str, int, str]]:
    """Return the numbers that a figure rests on, each with the address of its list."""
    total = item.total
    found = [(_("Counted"), total.numerator, Part.NUMERATOR)]
    if item.definition.measure == Measure.SHARE:
        found.append((_("Of those about whom it is known"), total.denominator, Part.DENOMINATOR))
    if item.definition.measure == Measure.MEDIAN:
        found = [(_("Measured"), total.numerator, Part.DENOMINATOR)]
    if item.definition.measure in {Measure.SHARE, Measure.MEDIAN}:
        found.append((_("Not known"), total.unknown, Part.UNKNOWN))
    return [(label, number or 0, link(item.code, part=part)) for label, number, part in found]


@allow(Permission.CASES_VIEW)
def indicator_members(request: Request, pk: UUID, code: str) -> HttpResponse:
    """List what a figure counts: as long as the figure is high, always, since both are one set."""
    programme = seen_programme(pk, request.user)
    context = programme_context(request, programme)
    form = MembersForm(request.GET)
    if not form.is_valid():
        raise Http404
    definition = _definition(code)
    dim, key = form.cleaned_data["by"] or "all", form.cleaned_data["key"]
    part = Part(form.cleaned_data["part"] or Part.ALL)
    sex = form.cleaned_data["sex"]
    found = queries.members(programme, definition, context["as_of"], dim, key, part, sex)
    labels = queries.group_labels(programme)
    context |= {
        "definition": definition,
        "part": part,
        "group": labels.of(dim, queries.raw_key(programme, dim, key)) if dim != "all" else "",
        "dimension": Dimension(dim).label if dim != "all" else "",
        "sex": labels.of(Dimension.SEX, sex) if sex else "",
    }
    return list_page(
        request,
        queryset=_subjects(definition, list(found)),
        columns=_columns(definition, found, is_named=not (dim in DELICATE and request.user.limits_search)),
        template="indicators/indicator_members.html",
        title=f"{programme.code} {definition.code.label}",
        context=context,
    )


@allow(Permission.FIGURES_VIEW)
def common_list(request: Request, pk: UUID) -> HttpResponse:
    """List the common indicators of the fund: a forecast, since the authority derives its own from registers."""
    programme = seen_programme(pk, request.user)
    context = programme_context(request, programme)
    common = queries.common_figures(programme, context["as_of"])
    lasting, known, ended = common.kolada if common else (0, 0, 0)
    context |= {
        "common": common,
        "lasting": lasting,
        "known": known,
        "not_known": ended - known,
        "kolada_share": round(100 * lasting / known) if known else None,
        "own_share": queries.calculate(
            programme, queries.definition_of("share_ended_in_work_or_studies"), context["as_of"]
        ).total,
    }
    return render(request, "indicators/common_list.html", context)


@allow(Permission.CASES_VIEW)
def common_members(request: Request, pk: UUID, code: str) -> HttpResponse:
    """List whom a common indicator counts, or of whom it is not known. Sensitive ones by case number alone."""
    programme = seen_programme(pk, request.user)
    context = programme_context(request, programme)
    unknown = request.GET.get("part") == Part.UNKNOWN
    indicators, _total_of = queries.common_indicators(programme, context["as_of"])
    ids = queries.common_members(programme, code.upper(), context["as_of"], unknown=unknown)
    if ids is None:
        raise Http404
    indicator = next(each for each in indicators if each.code == code.upper())
    is_named = not (indicator.is_sensitive and request.user.limits_search)
    return list_page(
        request,
        queryset=Case.objects.filter(pk__in=ids).for_list(),
        columns=CASE_COLUMNS if is_named else NUMBER_COLUMNS,
        template="indicators/common_members.html",
        title=f"{programme.code} {indicator.code}",
        context={**context, "indicator": indicator, "unknown": unknown},
    )


def _subjects(definition: Definition, ids: list[UUID]) -> QuerySet[Any]:
    """Return the rows of a list. They were found by what the user may see, and are read so again."""
    if definition.subject == Subject.CASE:
        return Case.objects.filter(pk__in=ids).for_list()
    if definition.subject == Subject.WORKPLACE:
        return Workplace.objects.filter(pk__in=ids).select_related("employer", "municipality").order_by("name", "pk")
    if definition.subject == Subject.RECIPIENT:
        return Recipient.objects.filter(pk__in=ids).select_related("unit").order_by("unit__name", "answered_on", "pk")
    if definition.subject == Subject.AREA:
        return Change.objects.filter(pk__in=ids).select_related("wave").order_by("wave__opens_on", "area")
    models = {Subject.EMPLOYER: Employer, Subject.ORGANISATION: Organisation, Subject.UNIT: Unit}
    model: Any = models[definition.subject]
    found: QuerySet[Any] = model.objects.filter(pk__in=ids).order_by("name", "pk")
    return found


def _columns(definition: Definition, found: dict[UUID, Any], *, is_named: bool) -> list[Column]:
    """Return the columns of a list, with the row's own value where the indicator measures something."""
    if definition.subject == Subject.CASE:
        columns = list(CASE_COLUMNS if is_named else NUMBER_COLUMNS)
    elif definition.subject == Subject.WORKPLACE:
        columns = [
            Column(_("Workplace"), lambda w: w.name),
            Column(_("Employer"), lambda w: w.employer.name),
            Column(_("Municipality"), lambda w: w.municipality.name),
        ]
    elif definition.subject == Subject.RECIPIENT:
        # Whom a survey asks is not what the figure is about.
        columns = [
            Column(_("Unit"), lambda row: row.unit.name if row.unit else ""),
            Column(_("Answered"), lambda row: row.answered_on),
        ]
    else:
        columns = [Column(_("Name"), lambda row: row.name)]
    if definition.measure in {Measure.SUM, Measure.MEDIAN}:
        columns.append(Column(definition.unit, lambda row: _whole(found[row.pk]), is_number=True))
    return columns


def _whole(value: Any) -> float | int | None:
    return None if value is None else int(value) if value == int(value) else round(float(value), 1)


def _definition(code: str) -> Definition:
    try:
        return queries.definition_of(code)
    except Refused:
        raise Http404 from None


def _linker(programme: Programme, as_of_query: str) -> charts.Link:
    """Return a function that gives the address of an indicator's page, or of the list behind one of its numbers."""

    @cache
    def address(page: str, code: str) -> str:
        return reverse(page, args=[programme.pk, code])

    def link(code: str, page: str = "indicator_members", **words: str) -> str:
        words = {name: value for name, value in words.items() if value}
        query = "&".join(text for text in (urlencode(words), as_of_query) if text)
        return address(page, code) + (f"?{query}" if query else "")

    return link
