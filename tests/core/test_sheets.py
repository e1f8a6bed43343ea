"""Uploaded tables: Excel and CSV as they are, and files that want to do harm."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lotsen.core import sheets
from lotsen.core.sheets import read_sheet


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def workbook(*rows):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return buffer.getvalue()


def test_workbook_is_read_as_one_would_read_it():
    read = read_sheet(
        workbook(["Namn", "Nummer", "Dag", ""], ["Ek  AB", 5555555555.0, date(2026, 1, 2)], [], ["Ö", 1.5])
    )
    assert read == [["Namn", "Nummer", "Dag"], ["Ek AB", "5555555555", "2026-01-02"], ["Ö", "1.5", ""]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_whatever_wrote_it(encoding, delimiter):
    text = f'Namn{delimiter}Ort\r\n"Åk{delimiter} Ö"{delimiter}Älv\r\n'
    within = delimiter.strip()
    assert read_sheet(text.encode(encoding)) == [["Namn", "Ort"], [f"Åk{within} Ö", "Älv"]]


def packed(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return buffer.getvalue()


def hostile_entities():
    """A workbook whose texts are made of entities that double twenty times."""
    lines = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 21))
    buffer = io.BytesIO(workbook(["Namn"], ["Prov"]))
    with zipfile.ZipFile(buffer) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    doctype = f'<!DOCTYPE x [<!ENTITY a0 "ha">{lines}]>'.encode()
    texts = parts["xl/sharedStrings.xml"].replace(b"?>", b"?>" + doctype, 1).replace(b"Prov", b"&a20;")
    return packed(**{**parts, "xl/sharedStrings.xml": texts})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no rows"),
        (b"Namn\n", "no rows"),
        (b"PK\x03\x04 not a workbook", "cannot be read as Excel"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel file"),
        (packed(**{"xl/workbook.xml": b"0" * (sheets._MAX_UNPACKED + 1)}), "too large when it is unpacked"),
        (packed(**{"readme.txt": b"no workbook"}), "cannot be read as Excel"),
        (hostile_entities(), "cannot be read as Excel"),
        (b"Namn\n" + b"a\n" * (sheets.MAX_ROWS + 1), "more than 50"),
        (b'Namn\n"' + b"a" * 200_000, "cannot be read as CSV"),
    ],
)
def test_file_that_is_no_table_is_refused_with_a_sentence(content, said):
    with pytest.raises(ValidationError, match=said):
        read_sheet(content)


def test_far_cell_fills_no_memory():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["XFD1048576"] = "Namn", "Prov", "far"
    buffer = io.BytesIO()
    book.save(buffer)
    assert read_sheet(buffer.getvalue()) == [["Namn"], ["Prov"]]


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), max_size=5), max_size=6),
    st.binary(max_size=200),
)
def test_every_file_gives_rows_of_one_width_or_a_sentence(rows, noise):
    for content in (noise, "\n".join(";".join(row) for row in rows).encode()):
        try:
            read = read_sheet(content)
        except ValidationError as refused:
            assert refused.messages[0]  # noqa: PT017 - both ways are right
            continue
        assert len({len(row) for row in read}) == 1
        assert not any("\x00" in cell for row in read for cell in row)
