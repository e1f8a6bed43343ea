"""The final report as PDF/UA-1: tagged, with a text for every picture."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from . import ACCENT, FONTS, Document, prepare

_TEMPLATE = Path(__file__).parent / "report.typ"
#: Stands in place of a sign that none of our fonts has, such as an emoji: PDF/UA allows no sign without a shape.
_NO_SHAPE = "□"


def render_pdf(content: dict[str, Any]) -> bytes:
    """Return the report as a PDF. The same content gives the same bytes."""
    document = prepare(content)
    text = json.dumps(asdict(document), ensure_ascii=False, default=str)
    try:
        return _compile(document, text)
    except typst.TypstError:
        missing = [sign for sign in set(text) if not sign.isascii() and not _has_shape(sign)]
        if not missing:
            raise
        return _compile(document, text.translate(dict.fromkeys(map(ord, missing), _NO_SHAPE)))


def _compile(document: Document, text: str) -> bytes:
    return typst.compile(
        _TEMPLATE,
        font_paths=_fonts(),
        sys_inputs={"content": text, "accent": ACCENT},
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(document.made_on, time(12), UTC),
    )


def _has_shape(sign: str) -> bool:
    """Tell whether our fonts can show a sign."""
    page = b'#set document(title: "-")\n#set text(font: "Noto Sans")\n#sys.inputs.sign'
    try:
        typst.compile(page, font_paths=_fonts(), sys_inputs={"sign": sign}, pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True


@cache
def _fonts() -> typst.Fonts:
    """Return our own fonts and those inside Typst, never those that a server happens to have."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
