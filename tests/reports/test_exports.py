"""The final report as a file: what the funder opens, what a screen reader is told, and that no text breaks it."""

import io
import re

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from lotsen.core.charts import Bullet, bullets, resolve
from lotsen.core.refused import Refused
from lotsen.reports.exports import WORDS, words
from lotsen.reports.exports.pdf import render_pdf
from lotsen.reports.exports.word import render_word

EVIL = '#panic("x") $a^2$ *bold* _it_ <script>alert(1)</script> `raw` @ref [x] // & © \\n'


def chart(**changed):
    svg = resolve(bullets([Bullet("Kom i arbete", 196, 220)], ident="goals", title="Mål", desc="Mål"))
    return {"kind": "chart", "caption": "Ett mål är nära", "alt": "196 av 220 kom i arbete.", "svg": svg} | changed


def table(**changed):
    rows = [["Piteå", "51", "88"], ["Älvsbyn", "22", "40"]]
    header = ["Kommun", "Kvinnor", "Män"]
    return {"kind": "table", "caption": "Deltagare", "header": header, "rows": rows, "marks": [1, None]} | changed


def section(*blocks, heading="Resultat", paragraphs=("Målet är nått.",)):
    return {"code": "results", "heading": heading, "paragraphs": list(paragraphs), "blocks": list(blocks)}


def content(*sections, **changed):
    """Return the content of a report, as it is frozen."""
    entry = {"mark": 1, "name": "Deltagare", "meaning": "De som har börjat.", "value": "88,4 %", "as_of": "2018-08-31"}
    return {
        "language": "sv",
        "title": "Slutrapport",
        "programme": "Kompetens för alla (KOFA)",
        "as_of": "2018-08-31",
        "made_on": "2026-11-22",
        "installation": "Exempelstads kommun",
        "facts": [["Projektägare", "Piteå kommun"], ["Period", "2015-10-01 – 2018-08-31"]],
        "sections": list(sections) or [section(table(), chart()), section(heading="Tips", paragraphs=())],
        "appendix": [{**entry, "numerator": "213", "denominator": "241", "unknown": "6"}],
        "signature": ["Datum", "Underskrift", "Namnförtydligande"],
        "words": {
            **words(),
            "table": "Tabell",
            "figure": "Figur",
            "page": "Sida",
            "of": "av",
            "no_text": "Ingen text.",
        },
    } | changed


def as_word(*sections, **changed):
    return docx.Document(io.BytesIO(render_word(content(*sections, **changed))))


def as_pdf(*sections, **changed):
    return pypdf.PdfReader(io.BytesIO(render_pdf(content(*sections, **changed))))


def text_of(pdf):
    """Return the text of a PDF as one line, without the marks of where a long word may break."""
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).replace("\u200b", "").split())


def word_text(word):
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in word.paragraphs] + cells)


def tags_of(pdf):
    """Return the kinds of all structure elements in reading order, with their alternative texts."""
    found = []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for part in node:
                walk(part)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((node["/S"], node.get("/Alt")))
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_word_opens_with_title_headings_and_texts():
    word = as_word()
    styled = [(p.style.name, p.text) for p in word.paragraphs if p.style.name in {"Title", "Subtitle", "Heading 1"}]
    assert styled[:2] == [("Title", "Slutrapport"), ("Subtitle", "Kompetens för alla (KOFA)")]
    headings = [text for style, text in styled[2:]]
    fixed = words()
    assert headings == [fixed["facts"], "Resultat", "Tips", fixed["signature"], fixed["appendix"]]
    assert "Målet är nått." in word_text(word)
    assert "Ingen text." in word_text(word)


def test_word_tables_have_header_rows():
    word = as_word()
    assert [t.rows[0].cells[0].text for t in word.tables] == [words()["fact"], "Kommun", words()["mark"]]
    for drawn in word.tables:
        marked = [row._tr.xpath("w:trPr/w:tblHeader") != [] for row in drawn.rows]
        assert marked == [True] + [False] * (len(marked) - 1)


def test_word_pictures_say_what_they_show():
    word = as_word()
    described = [picture._inline.docPr.get("descr") for picture in word.inline_shapes]
    assert described == ["196 av 220 kom i arbete."]


def test_word_has_language_author_and_title():
    word = as_word()
    properties = word.core_properties
    assert (properties.title, properties.author) == ("Slutrapport – Kompetens för alla (KOFA)", "Exempelstads kommun")
    assert word.styles.element.xpath("//w:rPrDefault//w:lang")[0].get(qn("w:val")) == "sv-SE"
    assert (round(word.sections[0].page_width.mm), round(word.sections[0].page_height.mm)) == (210, 297)


def test_word_counts_its_pages_at_the_foot():
    foot = as_word().sections[0].footer.paragraphs[0]._p.xml
    assert "Sida " in foot
    assert re.findall(r'w:instr="\s*(\w+)', foot) == ["PAGE", "NUMPAGES"]


def test_word_marks_lead_to_the_appendix():
    word = as_word()
    links = word.element.xpath("//w:hyperlink")
    assert [(link.text, link.get(qn("w:anchor"))) for link in links] == [("[1]", "figure_1")]
    assert [mark.get(qn("w:name")) for mark in word.element.xpath("//w:bookmarkStart")] == ["figure_1"]


def test_word_says_what_may_stand_in_for_its_font():
    with io.BytesIO(render_word(content())) as file:
        fonts = docx.Document(file).part.part_related_by(docx.opc.constants.RELATIONSHIP_TYPE.FONT_TABLE).blob
    assert b'w:name="Noto Sans"' in fonts
    assert b'w:family w:val="swiss"' in fonts


def test_pdf_is_tagged_and_says_that_it_follows_pdf_ua():
    pdf = as_pdf()
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_pdf_has_language_author_and_title():
    pdf = as_pdf()
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "sv"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "Slutrapport – Kompetens för alla (KOFA)"
    assert pdf.metadata.author == "Exempelstads kommun"


def test_pdf_has_headings_table_headers_and_described_pictures():
    tags = tags_of(as_pdf())
    kinds = [kind for kind, _alt in tags]
    assert kinds.count("/H1") == 5
    assert kinds.count("/Table") == 3
    assert kinds.count("/TH") == 2 + 3 + 6
    assert "196 av 220 kom i arbete." in [alt for kind, alt in tags if kind == "/Figure"]


def test_pdf_can_be_searched_also_in_its_charts():
    text = text_of(as_pdf())
    for wanted in ("Slutrapport", "Målet är nått.", "Tabell 1. Deltagare", "Figur 1. Ett mål är nära", "Ingen text."):
        assert wanted in text
    assert "Kom i arbete" in text
    assert "Sida 1 av 2" in text


def test_pdf_marks_lead_to_the_appendix():
    pdf = as_pdf()
    links = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    assert [link["/Subtype"] for link in links] == ["/Link"]
    assert [item.title for item in pdf.outline][-1] == words()["appendix"]


def test_pdf_is_the_same_each_time():
    assert render_pdf(content()) == render_pdf(content())


def test_pdf_uses_our_own_font():
    fonts = {str(name) for page in as_pdf().pages for name in page_fonts(page)}
    assert fonts
    assert all("NotoSans" in name for name in fonts)


def page_fonts(page):
    return [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()]


def evil_section():
    evil_table = table(caption=EVIL, header=[EVIL, "b"], rows=[[EVIL, "#let x = 1"]], marks=None)
    return section(evil_table, chart(caption=EVIL, alt=EVIL), heading=EVIL, paragraphs=[EVIL])


def test_text_that_looks_like_markup_comes_out_as_text():
    facts = [[EVIL, EVIL]]
    squeezed = "".join(text_of(as_pdf(evil_section(), facts=facts, title=EVIL, signature=[EVIL])).split())
    assert squeezed.count("".join(EVIL.split())) >= 6
    word = as_word(evil_section(), facts=facts, title=EVIL, signature=[EVIL])
    assert word_text(word).count(EVIL) >= 6
    assert word.inline_shapes[0]._inline.docPr.get("descr") == EVIL


def test_very_long_words_are_parted_into_lines():
    pdf = as_pdf(section(table(rows=[["W" * 300, "1", "2"]], marks=None), paragraphs=["A" * 400]))
    raw = "\n".join(page.extract_text() for page in pdf.pages).replace("\u200b", "")
    lines = re.findall("A{5,}|W{5,}", raw)
    assert "".join(lines) == "A" * 400 + "W" * 300
    assert max(map(len, lines)) < 90


def test_signs_that_no_document_can_hold_are_left_out():
    odd = section(paragraphs=["Ring\x07 klockan"])
    assert "Ring klockan" in text_of(as_pdf(odd))
    assert "Ring klockan" in word_text(as_word(odd))


def test_sign_without_a_shape_is_shown_as_a_box_in_the_pdf_and_kept_in_word():
    glad = section(paragraphs=["Bra jobbat 🎉 alla"])
    assert "Bra jobbat □ alla" in text_of(as_pdf(glad))
    assert "Bra jobbat 🎉 alla" in word_text(as_word(glad))


def test_lines_and_paragraphs_of_a_text_are_kept():
    word = as_word(section(paragraphs=["- ett\r\n- två\r\n\r\nNytt stycke"]))
    assert [p.text for p in word.paragraphs if p.text.startswith(("- ett", "Nytt"))] == ["- ett\n- två", "Nytt stycke"]


@pytest.mark.parametrize("render", [render_word, render_pdf])
def test_picture_without_a_text_is_refused(render):
    with pytest.raises(Refused, match="Ett mål är nära"):
        render(content(section(chart(alt=" "))))


@pytest.mark.parametrize("render", [render_word, render_pdf])
def test_mark_without_an_explanation_is_not_made(render):
    with pytest.raises(ValueError, match=r"\[7\]"):
        render(content(section(table(marks=[7, None]))))


def test_row_that_does_not_fit_its_header_is_not_made():
    with pytest.raises(ValueError, match="Deltagare"):
        render_word(content(section(table(rows=[["Piteå"]], marks=None))))


def test_chart_of_nothing_is_left_out():
    assert not as_word(section(chart(svg="", alt=""))).inline_shapes


def test_report_without_appendix_and_signature_is_made():
    assert len(as_pdf(section(table(marks=None)), appendix=[], signature=[]).pages) == 1
    assert len(as_word(section(table(marks=None)), appendix=[], signature=[]).tables) == 2


def test_long_table_repeats_its_header_on_each_page():
    rows = [[f"Kommun {n}", str(n), str(n)] for n in range(120)]
    pages = as_pdf(section(table(rows=rows, marks=None)), appendix=[], signature=[]).pages
    assert len(pages) >= 3
    assert all("Kvinnor" in page.extract_text() for page in pages)


def test_words_are_there_in_the_language_in_use():
    assert set(words()) == set(WORDS)
    assert all(words().values())
