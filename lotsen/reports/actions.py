"""Writing the texts of a report, and making it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lotsen.access.models import User
from lotsen.core.acting import acting_as
from lotsen.core.jobs import job
from lotsen.core.refused import Refused, action
from lotsen.programmes.models import Programme

from . import queries
from .enums import ReportState, Section
from .exports import words
from .exports.pdf import render_pdf
from .exports.word import render_word
from .models import Report, ReportFile, ReportText

#: How each kind of file is made from a report's frozen content.
RENDER: dict[str, Callable[[dict[str, Any]], bytes]] = {"docx": render_word, "pdf": render_pdf}
#: Freezing the content, then each file: for the page that shows the progress.
STEPS = 1 + len(RENDER)


@action
def write_text(*, programme: Programme, section: str, body: str, version: int | None = None) -> ReportText:
    """Write what stands under a heading. `version` is the one that the writer began from: a newer one is kept."""
    if section not in Section.values:
        raise Refused(_("The report has no heading %(section)s.") % {"section": section})
    text, made = ReportText.objects.select_for_update().get_or_create(
        programme=programme, section=section, defaults={"body": body}
    )
    if not made:
        if version is not None and version != text.version:
            raise Refused(
                _("Somebody else has saved this text since you opened it. Both texts are shown: put them together."),
                "body",
            )
        text.body, text.version = body, text.version + 1
        text.save(update_fields=["body", "version"])
    return text


@action
def ask_for_report(*, programme: Programme, as_of: date, by: User) -> Report:
    """Ask for a report of a day. The worker makes it; its page shows how far it has come."""
    queries.check_ready(programme, as_of)
    language = (translation.get_language() or "sv")[:2]
    report = Report.objects.create(programme=programme, as_of=as_of, language=language, made_by=by)
    make_report.later(report_id=str(report.pk), user_id=str(by.pk))
    return report


@job
def make_report(*, report_id: str, user_id: str) -> None:
    """Make what was asked for, as the one who asked. A part that is done is not done again."""
    user = UUID(user_id)
    try:
        for place, step in enumerate(_steps(), start=1):
            with acting_as(user):
                _do(Report.objects.select_for_update().get(pk=report_id), place, step)
    except Refused as refused:
        with acting_as(user):
            Report.objects.filter(pk=report_id).update(state=ReportState.FAILED, error=str(refused))


@action
def make_report_now(*, programme: Programme, as_of: date) -> Report:
    """Make a report at once, for a command. It is kept like any other."""
    queries.check_ready(programme, as_of)
    report = Report.objects.create(programme=programme, as_of=as_of)
    for place, step in enumerate(_steps(), start=1):
        _do(report, place, step)
    return report


Step = Callable[[Report], None]


def _steps() -> list[Step]:
    """Return what the making of a report consists of: freezing its content, then each file."""

    def freeze(report: Report) -> None:
        if not report.content:
            content = queries.report_content(report.programme, report.as_of, timezone.localdate())
            report.content = {**content, "words": words()}

    def file(format_: str, render: Callable[[dict[str, Any]], bytes]) -> Step:
        def write(report: Report) -> None:
            data = render(report.content)
            ReportFile.objects.update_or_create(report=report, format=format_, defaults={"data": data})

        return write

    return [freeze, *(file(format_, render) for format_, render in RENDER.items())]


def _do(report: Report, place: int, step: Step) -> None:
    """Do one step, unless an earlier start has done it."""
    if report.done >= place:
        return
    with translation.override(report.language):
        step(report)
    report.done = place
    report.state = ReportState.MADE if place == STEPS else ReportState.MAKING
    report.save(update_fields=["content", "done", "state"])
