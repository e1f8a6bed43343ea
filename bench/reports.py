"""The final report of kofa, as Word and PDF, beside the counting of its figures alone."""

from datetime import date

from django.utils import translation

from lotsen.core.acting import acting_as_operator
from lotsen.indicators.queries import calculate_all
from lotsen.programmes.models import Programme
from lotsen.reports import actions, queries
from lotsen.reports.exports import words

from .measure import interleaved, report

AS_OF = date(2018, 8, 31)


def run(only: str) -> None:
    """Measure content and both files."""
    if not "report.kofa".startswith(only):
        return
    with acting_as_operator("bench"):
        programme = Programme.objects.get(code="kofa")
    sizes = {}

    def ours() -> None:
        with acting_as_operator("bench"), translation.override("sv"):
            content = {**queries.report_content(programme, AS_OF, AS_OF), "words": words()}
            for kind, render in actions.RENDER.items():
                sizes[kind] = len(render(content))

    def counting() -> None:
        with acting_as_operator("bench"):
            calculate_all(programme, AS_OF, queries.DIMENSIONS)

    seconds, limit = interleaved(ours, counting, rounds=5)
    report("report.kofa", seconds, limit, 247, docx_bytes=sizes["docx"], pdf_bytes=sizes["pdf"])
