"""What a list page and its two files hold, read as text: the first row is the headings."""

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from django.http import HttpResponse

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class _Cells(HTMLParser):
    """Gathers the text of each cell of a page's table, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self.is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"th", "td"}:
            self.rows[-1].append("")
            self.is_in_cell = True
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"th", "td"}:
            self.is_in_cell = False

    def handle_data(self, data: str) -> None:
        if self.is_in_cell:
            self.rows[-1][-1] += data


def _parsed(response: HttpResponse) -> _Cells:
    assert response.status_code == 200
    cells = _Cells()
    cells.feed(response.content.decode())
    return cells


def page_rows(response: HttpResponse) -> list[list[str]]:
    """Return the rows of the page's table, with an empty text for a dash; nothing where there is no table."""
    return [["" if cell == "–" else cell for cell in row] for row in _parsed(response).rows]


def page_links(response: HttpResponse, word: str) -> list[str]:
    """Return the addresses on the page that hold a word, in their order."""
    return [link for link in _parsed(response).links if word in link]


def csv_rows(response: HttpResponse) -> list[list[str]]:
    """Return the rows of a CSV file."""
    assert response.status_code == 200
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def xlsx_cells(response: HttpResponse) -> list[dict[str, tuple[str, str]]]:
    """Return the rows of an Excel file: by column its kind (s: text, n: number, or f: formula) and its text."""
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
        texts = ["".join(text.itertext()) for text in ET.fromstring(book.read("xl/sharedStrings.xml"))]
    return [
        {cell.get("r", "").rstrip("0123456789"): _cell(cell, texts) for cell in row} for row in sheet.iter(f"{S}row")
    ]


def _cell(cell: ET.Element, texts: list[str]) -> tuple[str, str]:
    written = cell.findtext(f"{S}v", "")
    if cell.find(f"{S}f") is not None:
        return "f", written
    if cell.get("t") != "s":
        return cell.get("t", "n"), written
    # A sign that XML cannot hold is written as its number.
    return "s", re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), texts[int(written)])


def xlsx_rows(response: HttpResponse) -> list[list[str]]:
    """Return the texts of an Excel file, with an empty one where there is no cell."""
    rows = xlsx_cells(response)
    return [[row.get(column, ("", ""))[1] for column in rows[0]] for row in rows]
