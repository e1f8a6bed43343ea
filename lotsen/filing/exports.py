"""The participant file as its layout draws it; the columns of its rows on the page."""

import io
from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from lotsen.core.pages import Column
from lotsen.core.text import clock

from .enums import Value
from .models import FileRow, MonthlyFile
from .queries import heading_of

_MONTHS = (
    *("Januari", "Februari", "Mars", "April", "Maj", "Juni"),
    *("Juli", "Augusti", "September", "Oktober", "November", "December"),
)

ROW_COLUMNS = (
    Column(_("Row"), lambda row: row.position, is_number=True, is_minor=True),
    Column(
        _("Participant"),
        lambda row: row.case.list_name,
        link=lambda row: reverse("hours_month", args=[row.case_id, row.file.month.year, row.file.month.month]),
    ),
    Column(_("Start"), lambda row: row.started_on),
    Column(_("End"), lambda row: row.ended_on),
    Column(_("Hours"), lambda row: clock(row.minutes), is_number=True),
)


def file_name(file: MonthlyFile) -> str:
    """Return the name that the layout gives the file, of letters that every system takes."""
    told = {
        "month": _MONTHS[file.month.month - 1],
        "year": f"{file.month.year}",
        "reference": file.programme.reference or file.programme.code,
        "unit": file.unit.name,
    }
    name = file.layout.content["file_name"]
    for key, value in told.items():
        name = name.replace(f"{{{key}}}", slugify(value.replace("/", "-")).capitalize())
    version = f"-v{file.version}" if file.version > 1 else ""
    return f"{name}{version}.xlsx"


def hours(minutes: int) -> Decimal:
    """Return minutes as hours with two decimals, half a hundredth up: what a spreadsheet reckons with."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


def draw(file: MonthlyFile, rows: Iterable[FileRow]) -> bytes:
    """Draw a file by its layout. Every text is written as a text: nothing in it is run."""
    import xlsxwriter

    buffer, content = io.BytesIO(), file.layout.content
    with xlsxwriter.Workbook(buffer, {"constant_memory": True, "in_memory": True}) as book:
        sheet = book.add_worksheet(content["sheet"])
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        heading = heading_of(file)
        for line, (label, text) in enumerate(heading.items()):
            sheet.write_string(line, 0, label, bold)
            sheet.write_string(line, 1, text)
        top = len(heading) + 1 if heading else 0
        for place, column in enumerate(content["columns"]):
            sheet.write_string(top, place, column["label"], bold)
            sheet.set_column(place, place, max(14, len(column["label"]) + 2))
        for line, row in enumerate(rows, start=top + 1):
            for place, column in enumerate(content["columns"]):
                _write(sheet, line, place, _value(column, row), day)
    return buffer.getvalue()


def _value(column: dict[str, Any], row: FileRow) -> Any:
    of_row: dict[str, Callable[[], Any]] = {
        Value.IDENTITY: lambda: row.number,
        Value.STARTED_ON: lambda: row.started_on,
        Value.ENDED_ON: lambda: row.ended_on,
        Value.HOURS: lambda: hours(row.minutes),
        Value.MINUTES: lambda: row.minutes,
        Value.TEXT: lambda: column["text"],
    }
    return of_row[column["value"]]()


def _write(sheet: Any, line: int, place: int, value: Any, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, place, value, day)
    elif isinstance(value, int | Decimal):
        sheet.write_number(line, place, value)
    elif value is not None:
        sheet.write_string(line, place, value)
