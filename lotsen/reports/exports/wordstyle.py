"""How the Word file looks: page, fonts, styles and language, all of them as styles that can be changed in Word."""

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from lotsen.core.pdf import ACCENT

from . import PAGE_WIDTH

FONT = "Noto Sans"
INK = "22272E"
QUIET = "4B535C"
_LINE = "C9CFD5"
TABLE_STYLE = "Lotsen Table"
TEXT_STYLE = "Table Text"
HEAD_STYLE = "Table Head"
_LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
#: Size, colour, whether heavy, and the space before and after, in points.
_STYLES = {
    "Normal": (10.5, INK, False, 0, 7),
    "Title": (26, ACCENT, True, 2, 2),
    "Subtitle": (14, INK, False, 0, 8),
    "Heading 1": (15, ACCENT, True, 20, 7),
    "Caption": (9.5, INK, True, 14, 5),
    "Footer": (8.5, QUIET, False, 0, 0),
    TEXT_STYLE: (9, INK, False, 2, 2),
    HEAD_STYLE: (9, INK, True, 2, 2),
}
_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="LotsenTable">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>
    </w:tblBorders>
    <w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tcPr>
      <w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/></w:tcBorders>
      <w:shd w:val="clear" w:color="auto" w:fill="E6EEEF"/>
    </w:tcPr>
  </w:tblStylePr>
</w:style>
"""
_RULE = f"""
<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="8" w:color="{ACCENT}"/></w:pBdr>
"""
#: What stands in for the font where it is not installed: another without serifs.
_FONT_ENTRY = f"""
<w:font {nsdecls("w")} w:name="{FONT}">
  <w:altName w:val="Segoe UI"/><w:panose1 w:val="020B0502040504020204"/><w:charset w:val="00"/>
  <w:family w:val="swiss"/><w:pitch w:val="variable"/>
</w:font>
"""


def set_up(word: WordDocument, language: str) -> None:
    """Give a new Word file its page, fonts, styles and language."""
    _set_page(word)
    _set_fonts(word)
    for name, (size, colour, heavy, before, after) in _STYLES.items():
        style = _paragraph_style(word, name)
        style.font.size, style.font.bold, style.font.italic = Pt(size), heavy, False
        style.font.color.rgb = RGBColor.from_string(colour)
        shape = style.paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.2
    _paragraph_style(word, "Caption").paragraph_format.keep_with_next = True
    _paragraph_style(word, "Table Text").paragraph_format.line_spacing = 1.05
    word.styles.element.append(parse_xml(_TABLE))
    _dress_titles(word)
    _set_language(word, _LANGUAGES[language])


def _paragraph_style(word: WordDocument, name: str) -> ParagraphStyle:
    """Return a style for paragraphs; a new one if Word does not have it."""
    if name in word.styles:
        style = word.styles[name]
    else:
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
    assert isinstance(style, ParagraphStyle)
    return style


def _set_page(word: WordDocument) -> None:
    """Set A4 with calm margins, and a foot whose right end stands at the margin."""
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm((210 - PAGE_WIDTH) / 2)
    page.footer_distance = Mm(12)
    foot = _paragraph_style(word, "Footer").paragraph_format
    foot.tab_stops.clear_all()
    foot.tab_stops.add_tab_stop(Mm(PAGE_WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def _set_fonts(word: WordDocument) -> None:
    """Set one font everywhere in place of the theme's, and say what may stand in for it."""
    for fonts in word.styles.element.xpath("//w:rFonts"):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    part = word.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table = parse_xml(part.blob)
    table.append(parse_xml(_FONT_ENTRY))
    relation = next(key for key, relation in word.part.rels.items() if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE)
    new = Part(part.partname, part.content_type, serialize_part_xml(table), part.package)
    word.part.rels.add_relationship(RELATIONSHIP_TYPE.FONT_TABLE, new, relation)


def _dress_titles(word: WordDocument) -> None:
    """Take Word's own ornaments away from the titles, and draw a line below the name of the programme."""
    for own in word.styles["Title"].element.xpath(".//w:pBdr"):
        own.getparent().remove(own)
    for numbered in word.styles["Subtitle"].element.xpath(".//w:numPr"):
        numbered.addprevious(parse_xml(_RULE))
        numbered.getparent().remove(numbered)
    for spaced in word.styles.element.xpath("w:style/w:rPr/w:spacing"):
        spaced.getparent().remove(spaced)


def _set_language(word: WordDocument, language: str) -> None:
    """Set the language for spelling, hyphenation and reading aloud."""
    for spoken in word.styles.element.xpath("//w:rPrDefault//w:lang"):
        spoken.set(qn("w:val"), language)
    settings = word.settings.element
    for theme in settings.xpath("w:themeFontLang"):
        theme.set(qn("w:val"), language)
    for tab in settings.xpath("w:defaultTabStop"):
        tab.addnext(parse_xml(f"<w:autoHyphenation {nsdecls('w')}/>"))
    # Files of an older version open in a mode of their own, which Word tells its users in the title bar.
    for version in settings.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        version.set(qn("w:val"), "15")
