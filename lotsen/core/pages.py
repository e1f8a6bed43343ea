"""List pages, and what every page shows."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from . import traces
from .forms import name_the_empty

PAGE_SIZE = 50
#: What a workbook is called among the kinds of file.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A spreadsheet runs a cell that begins with one of these (OWASP ASVS 5.0, 1.2.10).
_LIVE = "=+-@"


@dataclass(frozen=True)
class Column:
    """A column of a list: its heading, the value of a row, where the value leads, and whether it is a number.

    Some stand in the files alone: what nobody should meet by looking at the page. Minor ones are left out on a phone.
    """

    heading: Any
    value: Callable[[Any], Any]
    link: Callable[[Any], str] | None = None
    is_number: bool = False
    in_file_only: bool = False
    is_minor: bool = False


def link_to(name: str) -> Callable[[Any], str]:
    """Return a function that gives the address of a row's own page. The address is looked up once, not for each row."""
    place = UUID(int=0)

    @cache
    def pattern() -> str:
        return reverse(name, args=[place])

    return lambda row: pattern().replace(str(place), str(row.pk))


class Filters(forms.Form):
    """The filters of a list, read from the address. Subclasses say what they do in `apply`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give each control the look of the others."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "ds-input")
            name_the_empty(field, _("All"))

    def apply(self, queryset: Any) -> Any:
        """Narrow the list by the cleaned values."""
        return queryset

    def chosen(self) -> list[tuple[str, str, str]]:
        """Return name, label and value of each filter that is set, for the chips that take it away."""
        found = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name) if self.is_bound else None
            if value:
                label = dict(getattr(field, "choices", [])).get(value, value)
                found.append((name, str(field.label), str(label)))
        return found


def list_page(
    request: HttpRequest,
    *,
    queryset: QuerySet[Any] | Sequence[Any],
    columns: Sequence[Column],
    template: str,
    title: str,
    filters: type[Filters] | None = None,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a list: filtered by the address, one page at a time; or the whole of it as a file (`?export=csv|xlsx`)."""
    traces.read_by("list")
    form = filters(request.GET) if filters else None
    if form and form.is_valid():
        queryset = form.apply(queryset)
    if request.GET.get("export") in _EXPORTS:
        traces.read_by("export")
        rows = queryset.iterator(chunk_size=2000) if isinstance(queryset, QuerySet) else queryset
        return _EXPORTS[request.GET["export"]](title, columns, rows)
    page = Paginator(queryset, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = {
        "title": title,
        "page": page,
        "columns": [column for column in columns if not column.in_file_only],
        "filters": form,
        "query": _without(request, "page", "export"),
        **(context or {}),
    }
    return render(request, template, shown)


def opens_nothing(request: HttpRequest, message: str) -> HttpResponse:
    """Answer a link that is wrong, used up or over: all look alike, and the message says what to do."""
    return render(request, "error.html", {"title": _("This link opens nothing"), "message": message}, status=404)


def as_file(kind: str, title: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponse | None:
    """Return rows as a file (csv, xlsx), where no cell runs; none for another kind of file."""
    return _EXPORTS[kind](title, columns, rows) if kind in _EXPORTS else None


def _without(request: HttpRequest, *names: str) -> str:
    """Return the query of the address without some of its names, ready for one more."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


def _plain(value: Any) -> Any:
    """Return a value that a spreadsheet shows and never runs."""
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    # Also behind white space, and in the wide letters that some spreadsheets read as the narrow ones.
    begins = unicodedata.normalize("NFKC", text.lstrip())[:1]
    return f"'{text}" if begins and (begins in _LIVE or text[0] in "\t\r\n") else text


def _csv(title: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponse:
    # The byte-order mark tells Excel that the file is UTF-8.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(title)}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([str(column.heading) for column in columns])
    for row in rows:
        writer.writerow([_plain(column.value(row)) for column in columns])
    return response


def as_workbook(columns: Sequence[Column], rows: Iterable[Any]) -> bytes:
    """Return rows as an Excel file. Every text is written as a text: no cell runs."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"constant_memory": True, "in_memory": True, "strings_to_formulas": False}
    ) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, str(column.heading), bold)
        for line, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                value = column.value(row)
                if isinstance(value, int | float):
                    sheet.write_number(line, place, value)
                elif value is not None:
                    sheet.write_string(line, place, str(value))
    return buffer.getvalue()


def _xlsx(title: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponse:
    response = HttpResponse(as_workbook(columns, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slugify(title)}.xlsx"'
    return response


_EXPORTS = {"csv": _csv, "xlsx": _xlsx}


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every page shows: the name of the installation, and whether its people are made up."""
    return {"installation_name": settings.INSTALLATION_NAME, "is_demo": settings.IS_DEMO}
