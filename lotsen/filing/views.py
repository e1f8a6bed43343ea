"""The months of a programme, a participant file with its faults and differences, sending and correcting."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.cases.models import Case
from lotsen.core import traces
from lotsen.core.forms import once, pressed
from lotsen.core.pages import XLSX, list_page
from lotsen.core.rights import Request, allow
from lotsen.core.text import clock
from lotsen.programmes.queries import seen_programme

from . import actions, queries
from .enums import FileState, Stage
from .exports import ROW_COLUMNS, draw, file_name
from .forms import CorrectForm, MakeForm, ReceiptForm
from .models import FileRow, MonthlyFile

#: As many months are shown at once; the earlier ones are a click away.
SHOWN = 12


@allow(Permission.FILES_VIEW)
def file_list(request: Request, pk: UUID) -> HttpResponse:
    """Show where each month stands, for each unit whose files the user sees."""
    return _list(request, pk)


def _list(request: Request, pk: UUID, refused: CorrectForm | None = None) -> HttpResponse:
    programme = seen_programme(pk, request.user)
    months = queries.months_of(programme, queries.units_of(programme, request.user), timezone.localdate())
    units = []
    for unit, own in months.items():
        changed = next((each for each in own if each.stage == Stage.CHANGED), None)
        is_own = unit.pk in request.user.own_units and request.user.can(Permission.FILES_KEEP)
        form = None
        if changed and is_own:
            initial = {"unit": unit, "month": changed.first}
            bound = refused if refused and refused.data.get("unit") == str(unit.pk) else None
            form = bound or CorrectForm(programme=programme, user=request.user, initial=initial)
        to_resend = [each for each in own if changed and each.sent and each.first >= changed.first]
        newest = own[::-1]
        making = sum(each.stage == Stage.BEING_MADE for each in own)
        units.append((unit, queries.next_month(own), (newest[:SHOWN], newest[SHOWN:]), form, to_resend, is_own, making))
    context = {"programme": programme, "units": units, "form": refused}
    return render(request, "filing/file_list.html", context, status=422 if refused else 200)


@allow(Permission.FILES_KEEP)
@require_POST
def file_make(request: Request, pk: UUID) -> HttpResponse:
    """Ask for the file of a month, and go to the page that shows how far it has come."""
    programme = seen_programme(pk, request.user)
    form = MakeForm(request.POST, programme=programme, user=request.user)
    if form.is_valid():
        told = {"unit": form.cleaned_data["unit"], "month": form.cleaned_data["month"]}
        today = timezone.localdate()

        def act() -> str:
            file = actions.ask_for_file(programme=programme, by=request.user, today=today, **told)
            return reverse("file_detail", args=[file.pk])

        if address := once(request, form, act):
            return redirect(address)
    for sentence in form.non_field_errors() or [_("Choose a month of one of your units.")]:
        messages.error(request, str(sentence))
    return redirect("file_list", pk=pk)


@allow(Permission.FILES_KEEP)
@require_POST
def file_correct(request: Request, pk: UUID) -> HttpResponse:
    """Make a month that was sent, and all later ones, anew."""
    programme = seen_programme(pk, request.user)
    form = CorrectForm(request.POST, programme=programme, user=request.user)
    if form.is_valid():
        told, today = form.values(), timezone.localdate()

        def act() -> str:
            actions.correct_from(programme=programme, by=request.user, today=today, **told)
            return reverse("file_list", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("The months are made anew. Send them in their order."))
            return redirect(address)
    return _list(request, pk, form)


def _file(request: Request, pk: UUID) -> MonthlyFile:
    visible = MonthlyFile.objects.visible_to(request.user)
    found: MonthlyFile = get_object_or_404(
        visible.select_related("programme__lead_unit__organisation", "unit", "layout", "made_by", "sent_by"), pk=pk
    )
    return found


def _own(request: Request, pk: UUID) -> MonthlyFile:
    own = MonthlyFile.objects.kept_by(request.user)
    found: MonthlyFile = get_object_or_404(own.select_related("programme", "unit", "layout", "made_by"), pk=pk)
    return found


@allow(Permission.FILES_VIEW)
def file_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show a file: what is wrong, what differs from what was sent before, and what to do next."""
    return _detail(request, _file(request, pk))


def _detail(request: Request, file: MonthlyFile, form: ReceiptForm | None = None) -> HttpResponse:
    is_own = file.unit_id in request.user.own_units and request.user.can(Permission.FILES_KEEP)
    context = {
        **_progress(file),
        "is_own": is_own,
        "hours": clock(file.minutes),
        "faults": _faults(request, file) if file.state in {FileState.MADE, FileState.SENT} else [],
        "receipt_form": form or ReceiptForm(),
        "make_form": MakeForm(
            programme=file.programme, user=request.user, initial={"unit": file.unit, "month": file.month}
        ),
        "form": form,
        "heading": queries.heading_of(file),
        "substitutes": file.rows.filter(is_substitute=True).count() if is_own else 0,
    }
    before = _sent_before(file)
    if is_own and before and context["is_made"]:
        context |= {"before": before, "differences": _differences(before, file)}
    return render(request, "filing/file_detail.html", context, status=422 if form else 200)


def _progress(file: MonthlyFile) -> dict[str, Any]:
    return {
        "file": file,
        "programme": file.programme,
        "is_made": file.state in {FileState.MADE, FileState.SENT},
        "is_sent": file.state == FileState.SENT,
    }


def _faults(request: Request, file: MonthlyFile) -> list[dict[str, Any]]:
    """Return the faults as they are shown, those that stop the file first, each with whom it is of."""
    found = sorted(map(queries.said, file.faults), key=lambda fault: (not fault["is_error"], fault["row"] or 0))
    seen = Case.objects.visible_to(request.user).filter(pk__in={f["case"] for f in found if f["case"]})
    names = {str(case.pk): case for case in seen.select_related("person")}
    return [{**fault, "of": names.get(fault["case"] or "")} for fault in found]


def _sent_before(file: MonthlyFile) -> MonthlyFile | None:
    """Return the version of the same month that was sent before."""
    same = MonthlyFile.objects.filter(programme=file.programme_id, unit=file.unit_id, month=file.month)
    return same.filter(version__lt=file.version, sent_at__isnull=False).order_by("version").last()


def _differences(before: MonthlyFile, file: MonthlyFile) -> list[tuple[Case, str, str]]:
    """Return whose row differs from what was sent before: the participant, what stood there, what stands now."""
    rows = [list(each.rows.select_related("case__person")) for each in (before, file)]
    found = queries.difference(*rows)
    none = "–"
    changes = [(row.case, none, _told(row)) for row in found.added] + [(r.case, _told(r), none) for r in found.gone]
    return changes + [(now.case, _told(then), _told(now)) for then, now in found.changed]


def _told(row: FileRow) -> str:
    """Write a row in a line."""
    span = f"{row.started_on} – {row.ended_on or ''}".strip()
    return _("%(span)s, %(hours)s hours") % {"span": span, "hours": clock(row.minutes)}


@allow(Permission.FILES_VIEW)
def file_progress(request: Request, pk: UUID) -> HttpResponse:
    """Answer how far a file has come, as a part of its page. Tells the page to load anew when it is done."""
    file = _file(request, pk)
    response = render(request, "filing/_progress.html", _progress(file))
    if file.state not in {FileState.QUEUED, FileState.MAKING}:
        response["HX-Refresh"] = "true"
    return response


@allow(Permission.FILES_KEEP)
def file_rows(request: Request, pk: UUID) -> HttpResponse:
    """List the rows of a file. The numbers stand in the file alone; of protected persons, so does the row."""
    file = _own(request, pk)
    return list_page(
        request,
        queryset=file.rows.select_related("case__person", "file"),
        columns=ROW_COLUMNS,
        template="filing/file_rows.html",
        title=f"{file.programme.code}-{file.month:%Y-%m}",
        context={"file": file, "programme": file.programme},
    )


@allow(Permission.FILES_KEEP)
def file_download(request: Request, pk: UUID) -> HttpResponse:
    """Give the file itself, as it is sent. Whose numbers stand in it is written into the reading log."""
    file = _own(request, pk)
    traces.read_by("export")
    list(Case.objects.visible_to(request.user).filter(file_rows__file=file))
    response = HttpResponse(draw(file, file.rows.all()), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{file_name(file)}"'
    return response


@allow(Permission.FILES_KEEP)
@require_POST
def file_send(request: Request, pk: UUID) -> HttpResponse:
    """Say that the file was handed in."""
    file = _own(request, pk)
    now = timezone.now()
    return pressed(
        request,
        lambda: actions.send_file(file=file, by=request.user, at=now),
        back=reverse("file_detail", args=[pk]),
        said=_("Sent. The file stays as it is; write the receipt down when you have it."),
    )


@allow(Permission.FILES_KEEP)
@require_POST
def file_receipt(request: Request, pk: UUID) -> HttpResponse:
    """Write down the receipt."""
    file, form = _own(request, pk), ReceiptForm(request.POST)
    if form.is_valid():

        def act() -> str:
            actions.keep_receipt(file=file, receipt=form.cleaned_data["receipt"])
            return reverse("file_list", args=[file.programme_id])

        if address := once(request, form, act):
            messages.success(request, _("The receipt is kept."))
            return redirect(address)
    return _detail(request, file, form)
