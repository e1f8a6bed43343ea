"""PDF/UA-1 by Typst: tagged, with our own fonts. What people wrote comes as strings, never read as markup."""

import json
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

import lotsen

FONTS = Path(lotsen.__file__).parent / "static" / "fonts"
ACCENT = "0B5563"
#: Stands in place of a sign that none of our fonts has, such as an emoji: PDF/UA allows no sign without a shape.
_NO_SHAPE = "□"


def render_pdf(template: Path, content: Any, made_on: date) -> bytes:
    """Return a document as a PDF. `content` is what JSON can hold; the same content gives the same bytes."""
    text = json.dumps(content, ensure_ascii=False, default=str)
    try:
        return _compile(template, text, made_on)
    except typst.TypstError:
        missing = [sign for sign in set(text) if not sign.isascii() and not _has_shape(sign)]
        if not missing:
            raise
        return _compile(template, text.translate(dict.fromkeys(map(ord, missing), _NO_SHAPE)), made_on)


def _compile(template: Path, text: str, made_on: date) -> bytes:
    return typst.compile(
        template,
        font_paths=_fonts(),
        sys_inputs={"content": text, "accent": ACCENT},
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(made_on, time(12), UTC),
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
