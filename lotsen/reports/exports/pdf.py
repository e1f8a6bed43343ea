"""The final report as PDF/UA-1: tagged, with a text for every picture."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from lotsen.core import pdf

from . import prepare

_TEMPLATE = Path(__file__).parent / "report.typ"


def render_pdf(content: dict[str, Any]) -> bytes:
    """Return the report as a PDF. The same content gives the same bytes."""
    document = prepare(content)
    return pdf.render_pdf(_TEMPLATE, asdict(document), document.made_on)
