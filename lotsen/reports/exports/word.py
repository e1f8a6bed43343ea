"""The final report as a Word file that can be worked on: real headings, tables with header rows, described pictures."""

from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import docx
import resvg_py
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from lotsen.core.pdf import ACCENT, FONTS

from . import Chart, Document, Row, Table, prepare
from .wordstyle import HEAD_STYLE, QUIET, TABLE_STYLE, TEXT_STYLE, set_up

#: Pixels to a unit of a chart: sharp in print.
_ZOOM = 3
#: A table of at most so many rows is not parted.
_SHORT = 12


def render_word(content: dict[str, Any]) -> bytes:
    """Return the report as a Word file."""
    report = prepare(content)
    word = docx.Document()
    set_up(word, report.language)
    _set_properties(word, report)
    _add_footer(word, report)
    _add_head(word, report)
    for section in report.sections:
        word.add_heading(section.heading, 1)
        for lines in section.paragraphs:
            word.add_paragraph("\n".join(lines))
        for block in section.blocks:
            _add_block(word, block)
        if not section.paragraphs and not section.blocks:
            _quiet(word.add_paragraph().add_run(report.words["no_text"]))
    _add_signature(word, report)
    if report.appendix.rows:
        word.add_heading(report.words["appendix"], 1).paragraph_format.page_break_before = True
        word.add_paragraph(f"{report.words['appendix_intro']} {report.words['as_of']} {report.as_of}.")
        _add_table(word, report.appendix)
    _mark_rows(word)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _set_properties(word: WordDocument, report: Document) -> None:
    properties = word.core_properties
    properties.title = f"{report.title} – {report.programme}"
    properties.author = properties.last_modified_by = report.installation
    properties.subject = report.programme
    properties.language = report.language
    properties.comments = ""
    properties.created = properties.modified = datetime.combine(report.made_on, time(12), UTC)


def _add_footer(word: WordDocument, report: Document) -> None:
    """Put title and page number at the foot of every page."""
    foot = word.sections[0].footer.paragraphs[0]
    foot.add_run(f"{report.title} · {report.programme}\t{report.words['page']} ")
    _add_field(foot, "PAGE", "1")
    foot.add_run(f" {report.words['of']} ")
    _add_field(foot, "NUMPAGES", "1")


def _add_head(word: WordDocument, report: Document) -> None:
    """Begin with whose report it is, its name, the day of its figures, and the facts about the programme."""
    owner = word.add_paragraph()
    owner.paragraph_format.space_after = Pt(0)
    _quiet(owner.add_run(report.installation)).bold = True
    word.add_paragraph(report.title, "Title")
    word.add_paragraph(report.programme, "Subtitle")
    days = f"{report.words['figures_as_of']} {report.as_of}. {report.words['made_on']} {report.made_on_words}."
    _quiet(word.add_paragraph().add_run(days)).font.size = Pt(9.5)
    word.add_heading(report.words["facts"], 1)
    _add_table(word, report.facts)


def _add_signature(word: WordDocument, report: Document) -> None:
    """Leave a line for each thing that is written by hand."""
    if not report.signature:
        return
    word.add_heading(report.words["signature"], 1)
    for place, label in enumerate(report.signature):
        line = word.add_paragraph(f"{label}\t\t")
        line.paragraph_format.space_before = Pt(18)
        line.paragraph_format.keep_with_next = place < len(report.signature) - 1
        line.paragraph_format.tab_stops.add_tab_stop(Mm(45))
        line.paragraph_format.tab_stops.add_tab_stop(Mm(125), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)


def _add_block(word: WordDocument, block: Table | Chart) -> None:
    """Add a table or a chart below its caption."""
    caption = word.add_paragraph(style="Caption")
    caption.add_run(f"{block.label} ")
    _add_field(caption, f"SEQ {block.label} \\* ARABIC", str(block.number))
    if block.caption:
        caption.add_run(f". {block.caption}")
    if isinstance(block, Table):
        _add_table(word, block)
    else:
        _add_chart(word, block)


def _add_chart(word: WordDocument, chart: Chart) -> None:
    """Add a chart as a picture with its text for those who do not see it."""
    picture = resvg_py.svg_to_bytes(
        svg_string=chart.svg, font_dirs=[str(FONTS)], skip_system_fonts=True, background="white", zoom=_ZOOM
    )
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(14)
    run = paragraph.add_run()
    run.add_picture(BytesIO(bytes(picture)), width=Mm(chart.wide))
    for described in run.element.xpath(".//wp:docPr"):
        described.set("descr", chart.alt)
        described.set("name", f"{chart.label} {chart.number}")
    # Without these LibreOffice moves the picture away from the margin.
    for placed in run.element.xpath(".//wp:inline"):
        for side in ("distT", "distB", "distL", "distR"):
            placed.set(side, "0")


def _add_table(word: WordDocument, table: Table) -> None:
    """Add a table; `_mark_rows` makes its first row the header. A short one stays on one page."""
    drawn = word.add_table(rows=1 + len(table.rows), cols=len(table.header), style=TABLE_STYLE)
    drawn.autofit = False
    widths = [Mm(width) for width in table.widths]
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    stays = len(table.rows) if len(table.rows) <= _SHORT else 1
    for place, (line, row) in enumerate(zip(drawn.rows, [None, *table.rows], strict=True)):
        for column_no, cell in enumerate(line.cells):
            cell.width = widths[column_no]
            paragraph = cell.paragraphs[0]
            if row:
                _write_cell(paragraph, row, column_no)
            else:
                paragraph.style = HEAD_STYLE
                paragraph.add_run(table.header[column_no])
            if table.numeric[column_no]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.keep_with_next = place < stays


def _write_cell(paragraph: Paragraph, row: Row, column_no: int) -> None:
    """Write a cell. The first of a row has the mark that leads to the appendix, or is where marks lead."""
    cell = row.cells[column_no]
    paragraph.style = TEXT_STYLE
    if cell.strong:
        paragraph.add_run(f"{cell.strong}\n").bold = True
    run = paragraph.add_run(cell.text)
    if column_no == 0 and row.anchor is not None:
        named = {"w:id": str(row.anchor), "w:name": f"figure_{row.anchor}"}
        run.element.addprevious(_element("w:bookmarkStart", named))
        run.element.addnext(_element("w:bookmarkEnd", {"w:id": str(row.anchor)}))
    if column_no == 0 and row.mark is not None:
        mark = paragraph.add_run(f"[{row.mark}]")
        mark.font.superscript = True
        mark.font.color.rgb = RGBColor.from_string(ACCENT)
        _wrap(mark, "w:hyperlink", {"w:anchor": f"figure_{row.mark}", "w:history": "1"})


def _mark_rows(word: WordDocument) -> None:
    """Make the first row of every table its header, repeated on each page, and keep rows whole."""
    for table in word.element.xpath(".//w:tbl"):
        for place, row in enumerate(table.tr_lst):
            kept = row.get_or_add_trPr()
            kept.append(_element("w:cantSplit", {}))
            if place == 0:
                kept.append(_element("w:tblHeader", {}))


def _add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a number that Word keeps right by itself."""
    _wrap(paragraph.add_run(shown), "w:fldSimple", {"w:instr": f" {code} "})


def _wrap(run: Run, name: str, attributes: dict[str, str]) -> None:
    holder = _element(name, attributes)
    run.element.addprevious(holder)
    holder.append(run.element)


def _element(name: str, attributes: dict[str, str]) -> BaseOxmlElement:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element


def _quiet(run: Run) -> Run:
    run.font.color.rgb = RGBColor.from_string(QUIET)
    return run
