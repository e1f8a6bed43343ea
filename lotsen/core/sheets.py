"""A table that somebody uploads, as Excel or CSV: read as rows of texts, within limits, and never run."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from .text import number

#: What is larger is no list of one municipality's employers.
MAX_BYTES = 10_000_000
#: A workbook is packed; so much may come out of it.
_MAX_UNPACKED = 200_000_000
MAX_ROWS, _MAX_COLUMNS, _MAX_CELL = 50_000, 60, 2_000
#: Spreadsheets write one of these between the cells of a CSV file, whatever its name says.
_DELIMITERS = ";,\t"


@dataclass(frozen=True)
class Sheet:
    """An uploaded table: the name of its file, and its rows as texts, all of one width. The headings come first."""

    name: str
    rows: list[list[str]]


class SheetField(forms.FileField):
    """An uploaded table. What is none, or too large, is refused with a sentence."""

    def __init__(self, **kwargs: Any) -> None:
        """Show the browser which files to offer."""
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}))
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the `Sheet`."""
        file = super().clean(data, initial)
        if not file:
            return None
        return Sheet(file.name, read_sheet(content_of(file)))


def content_of(file: "UploadedFile[Any]") -> bytes:
    """Return what stands in an uploaded file. Raises `ValidationError` with a sentence for what is too large."""
    if (file.size or 0) > MAX_BYTES:
        raise ValidationError(_("The file is larger than %(n)s megabytes.") % {"n": MAX_BYTES // 1_000_000})
    return bytes(file.read())


def read_sheet(content: bytes) -> list[list[str]]:
    """Return the rows of a table as texts: of a workbook its first sheet. Empty rows are left out.

    Raises `ValidationError` with a sentence for what is no table, or has too many rows.
    """
    rows = list(islice(_filled(_rows(content)), MAX_ROWS + 2))
    if len(rows) > MAX_ROWS + 1:
        told = {"n": number(MAX_ROWS)}
        raise ValidationError(_("The file has more than %(n)s rows. Divide it, and send a part at a time.") % told)
    if len(rows) < 2:
        raise ValidationError(_("The file has no rows under its headings."))
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _filled(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Leave out empty rows, and empty cells at the end of a row."""
    for row in rows:
        while row and not row[-1]:
            row.pop()
        if row:
            yield row


def _rows(content: bytes) -> Iterator[list[str]]:
    if content.startswith(b"PK"):
        return _of_workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(_("This is an old Excel file (xls). Open it, and save it as xlsx or CSV."))
    return _of_csv(content)


def _of_workbook(content: bytes) -> Iterator[list[str]]:
    """Read the first sheet row by row: neither a far cell nor a packed one fills the memory."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, OSError):
        raise ValidationError(_unread("Excel")) from None
    if unpacked > _MAX_UNPACKED:
        raise ValidationError(_("The file is too large when it is unpacked."))
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for row in book.worksheets[0].iter_rows(max_row=MAX_ROWS * 4, max_col=_MAX_COLUMNS, values_only=True):
            yield [_text(cell) for cell in row]
    except Exception:  # noqa: BLE001 - a hostile or broken workbook fails in as many ways as it has parts
        raise ValidationError(_unread("Excel")) from None


def _unread(kind: str) -> str:
    return _("The file cannot be read as %(kind)s. Open it, save it anew as xlsx or CSV, and try again.") % {
        "kind": kind
    }


def _of_csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [_text(cell) for cell in row[:_MAX_COLUMNS]]
    except csv.Error:
        raise ValidationError(_unread("CSV")) from None


def _decoded(content: bytes) -> str:
    """Read as UTF-8 or UTF-16 where the file says so; else as Windows writes Swedish letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _text(cell: Any) -> str:
    """Write a cell as one would read it: whole numbers without decimals, days as 2026-11-27."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    # PostgreSQL holds no NUL.
    return " ".join(str(cell).replace("\x00", "").split())[:_MAX_CELL]
