"""A list of employers, from the file to the register: upload, columns, what is found of the rows, and the button."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.access.queries import own_unit
from lotsen.core.forms import once, pressed
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.employers import actions
from lotsen.employers.enums import Choice, ImportState, Sector, Verdict
from lotsen.employers.exports import row_columns
from lotsen.employers.forms import ChoiceForm, ColumnsForm, Reader, RowFilters, RowForm, UploadForm
from lotsen.employers.models import EmployerImport, ImportRow


@allow(Permission.EMPLOYERS_KEEP)
def import_new(request: Request) -> HttpResponse:
    """Take a list in; show those that wait."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["file"]

        def act() -> str:
            told = {"unit": own_unit(request.user), "by": request.user, "file_name": sheet.name, "rows": sheet.rows}
            return reverse("import_detail", args=[actions.take_list(**told).pk])

        if address := once(request, form, act):
            return redirect(address)
    waiting = EmployerImport.objects.filter(unit__in=request.user.own_units).defer("lines").select_related("by")
    context = {"form": form, "waiting": waiting}
    return render(request, "employers/import_new.html", context, status=422 if form.errors else 200)


def _own(request: Request, pk: UUID) -> EmployerImport:
    own = EmployerImport.objects.filter(unit__in=request.user.own_units).defer("lines")
    found: EmployerImport = get_object_or_404(own.select_related("municipality"), pk=pk)
    return found


@allow(Permission.EMPLOYERS_KEEP)
def import_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show how far a list has come, and what to do next."""
    return _detail(request, _own(request, pk))


def _detail(request: Request, batch: EmployerImport, form: ColumnsForm | None = None) -> HttpResponse:
    counts = {row["verdict"]: row["n"] for row in batch.rows.order_by().values("verdict").annotate(n=Count("pk"))}
    rows = batch.rows.filter(verdict=Verdict.ALIKE, choice="").select_related("employer")
    undecided = rows.count()
    context = {
        "batch": batch,
        "counts": [(verdict, counts.get(verdict, 0)) for verdict in Verdict],
        "undecided": undecided,
        "next": rows[:5],
        "ready": actions.to_register(batch).count() if batch.state == ImportState.CHECKED else 0,
        "written": batch.rows.filter(is_written=True).count(),
        "left": batch.rows.filter(is_written=False).exclude(verdict=Verdict.TWICE).count(),
        "form": form or (ColumnsForm(batch=batch) if batch.state != ImportState.WRITTEN else None),
        "Choice": Choice,
    }
    return render(request, "employers/import_detail.html", context, status=422 if form else 200)


@allow(Permission.EMPLOYERS_KEEP)
@require_POST
def import_columns(request: Request, pk: UUID) -> HttpResponse:
    """Say what the columns of a list hold; the rows are checked."""
    batch = _own(request, pk)
    form = ColumnsForm(request.POST, batch=batch)
    if form.is_valid():

        def act() -> str:
            data = form.cleaned_data
            told = {"sector": Sector(data["default_sector"]), "municipality": data["default_municipality"]}
            actions.say_columns(batch=batch, columns=form.columns, **told)
            return reverse("import_detail", args=[pk])

        if address := once(request, form, act):
            return redirect(address)
    return _detail(request, _own(request, pk), form)


@allow(Permission.EMPLOYERS_KEEP)
def import_progress(request: Request, pk: UUID) -> HttpResponse:
    """Answer how far a list has come, as a part of its page. Tells the page to load anew when it is done."""
    batch = _own(request, pk)
    response = render(request, "employers/_import_progress.html", {"batch": batch})
    if not batch.is_busy:
        response["HX-Refresh"] = "true"
    return response


def _own_rows(request: Request) -> QuerySet[ImportRow]:
    own = ImportRow.objects.filter(batch__unit__in=request.user.own_units)
    return own.select_related("batch", "employer").defer("batch__lines")


def _rows(batch: EmployerImport) -> QuerySet[ImportRow]:
    return batch.rows.select_related("employer").order_by("place")


@allow(Permission.EMPLOYERS_KEEP)
def import_rows(request: Request, pk: UUID) -> HttpResponse:
    """List the rows of a list, with what is found of each and why; as a file to be corrected and sent again."""
    batch = _own(request, pk)
    return list_page(
        request,
        queryset=_rows(batch),
        columns=row_columns(Reader(batch)),
        template="employers/import_rows.html",
        title=_("Rows of %(file)s") % {"file": batch},
        filters=RowFilters,
        context={"batch": batch},
    )


@allow(Permission.EMPLOYERS_KEEP)
def import_row(request: Request, pk: UUID) -> HttpResponse:
    """Show a row as it was read, and correct it."""
    row = get_object_or_404(_own_rows(request), pk=pk)
    reader = Reader(row.batch)
    form = RowForm(request.POST if request.method == "POST" else None, reader=reader, initial=row.told)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.correct_row(row=row, reader=reader, **form.values())
            return _after(row)

        if address := once(request, form, act):
            messages.success(request, _("Row %(n)s: %(found)s.") % {"n": row.place, "found": row.get_verdict_display()})
            return redirect(address)
    faults = {} if form.is_bound else reader.read(row.told)[1]
    context = {
        "form": form,
        "row": row,
        "batch": row.batch,
        "faults": [(form[name], said) for name, said in faults.items()],
    }
    return render(request, "employers/import_row.html", context, status=422 if form.errors else 200)


def _after(row: ImportRow) -> str:
    """Return where one goes from a corrected row: to the next one that must be corrected, else to the list."""
    following = row.batch.rows.filter(verdict=Verdict.REFUSED).exclude(pk=row.pk).order_by("place")
    later = following.filter(place__gt=row.place).first() or following.first()
    return reverse("import_row", args=[later.pk]) if later else reverse("import_detail", args=[row.batch_id])


@allow(Permission.EMPLOYERS_KEEP)
@require_POST
def import_choose(request: Request, pk: UUID) -> HttpResponse:
    """Say what the rows are that may be the same as another one, all of which nobody has said anything."""
    return _chosen(request, _own(request, pk), None)


@allow(Permission.EMPLOYERS_KEEP)
@require_POST
def row_choose(request: Request, pk: UUID) -> HttpResponse:
    """Say what one such row is."""
    row = get_object_or_404(_own_rows(request), pk=pk)
    return _chosen(request, row.batch, row)


def _chosen(request: Request, batch: EmployerImport, row: ImportRow | None) -> HttpResponse:
    form, back = ChoiceForm(request.POST), reverse("import_detail", args=[batch.pk])
    if form.is_valid():

        def act() -> str:
            n = actions.choose(batch=batch, row=row, choice=Choice(form.cleaned_data["choice"]))
            messages.success(request, ngettext("Said of one row.", "Said of %(n)s rows.", n) % {"n": n})
            return back

        if once(request, form, act):
            return redirect(back)
    for errors in form.errors.values():
        messages.error(request, str(errors[0]))
    return redirect(back)


@allow(Permission.EMPLOYERS_KEEP)
@require_POST
def import_register(request: Request, pk: UUID) -> HttpResponse:
    """Have the rows registered."""
    batch = _own(request, pk)
    return pressed(
        request, lambda: actions.register_all(batch=batch), back=reverse("import_detail", args=[pk]), said=""
    )


@allow(Permission.EMPLOYERS_KEEP)
@require_POST
def import_drop(request: Request, pk: UUID) -> HttpResponse:
    """Throw a list away."""
    batch = _own(request, pk)

    def act() -> str:
        actions.drop_list(batch=batch)
        return reverse("import_new")

    back = reverse("import_detail", args=[pk])
    return pressed(request, act, back=back, said=_("The list is thrown away. What is registered stays."))
