"""The final report: its texts, its making, and what has changed since."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.core.drafts import answer_draft, draft_of, drop_draft
from lotsen.core.forms import once
from lotsen.core.models import Draft
from lotsen.core.rights import Request, allow
from lotsen.programmes.models import Programme
from lotsen.programmes.queries import overseen_programme

from . import actions, queries
from .enums import ReportState, Section
from .forms import ReportForm, TextForm
from .models import Report, ReportText

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def _own_report(request: Request, pk: UUID) -> Report:
    found: Report = get_object_or_404(Report.objects.visible_to(request.user).select_related("programme"), pk=pk)
    return found


@allow(Permission.REPORTS_VIEW)
def report_overview(request: Request, pk: UUID) -> HttpResponse:
    """Show which texts are written, and the reports that have been made."""
    programme = overseen_programme(pk, request.user)
    return _overview(request, programme, ReportForm(programme=programme, initial={"as_of": _usual_day(programme)}))


def _overview(request: Request, programme: Programme, form: ReportForm) -> HttpResponse:
    texts = queries.texts_of(programme)
    drafts = set(
        Draft.objects.filter(user=request.user, key__startswith=f"report/{programme.pk}/").values_list("key", flat=True)
    )
    sections = [(section, len(texts[section].split()), _draft_key(programme, section) in drafts) for section in Section]
    context = {
        "programme": programme,
        "sections": sections,
        "missing": [section for section, words, _draft in sections if not words],
        "reports": programme.reports.select_related("made_by").defer("content"),
        "form": form,
        "may_write": request.user.can(Permission.REPORTS_WRITE),
        "may_make": request.user.can(Permission.REPORTS_MAKE),
    }
    return render(request, "reports/report_overview.html", context, status=422 if form.errors else 200)


def _usual_day(programme: Programme) -> Any:
    return max(min(timezone.localdate(), programme.ends_on), programme.starts_on)


def _draft_key(programme: Programme, section: str) -> str:
    return f"report/{programme.pk}/{section}"


@allow(Permission.REPORTS_WRITE)
def report_text(request: Request, pk: UUID, section: str) -> HttpResponse:
    """Write the text under one heading. A draft of one's own is shown where it is newer than the text."""
    programme = overseen_programme(pk, request.user)
    if section not in Section.values:
        raise Http404
    stored = ReportText.objects.filter(programme=programme, section=section).first()
    key = _draft_key(programme, section)
    draft = draft_of(request.user, key)
    body = draft.body if draft else stored.body if stored else ""
    form = TextForm(request.POST or None, initial={"body": body, "version": stored.version if stored else 0})
    form.keep_drafts(reverse("report_draft", args=[programme.pk, section]))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            version = form.cleaned_data["version"] or 0
            actions.write_text(programme=programme, section=section, body=form.cleaned_data["body"], version=version)
            drop_draft(user=request.user, key=key)
            return reverse("report_overview", args=[programme.pk])

        if address := once(request, form, act):
            messages.success(request, _("%(heading)s is saved.") % {"heading": Section(section).label})
            return redirect(address)
        # Both texts are shown now: what is sent next has been put together from them.
        form.follow_upon(version=stored.version if stored else 0)
    context = {
        "programme": programme,
        "section": Section(section),
        "form": form,
        "draft": draft,
        # The text that stands, beside a draft or a text that could not be saved: somebody else may have written it.
        "other_text": stored.body if stored and (draft or form.errors) else "",
    }
    return render(request, "reports/report_text.html", context, status=422 if form.errors else 200)


@allow(Permission.REPORTS_WRITE)
@require_POST
def report_draft(request: Request, pk: UUID, section: str) -> HttpResponse:
    """Keep what is being written. Answers with the words that the page shows."""
    programme = overseen_programme(pk, request.user)
    if section not in Section.values:
        raise Http404
    return answer_draft(request, _draft_key(programme, section))


@allow(Permission.REPORTS_MAKE)
@require_POST
def report_make(request: Request, pk: UUID) -> HttpResponse:
    """Ask for a report, and go to the page that shows how far it has come."""
    programme = overseen_programme(pk, request.user)
    form = ReportForm(request.POST, programme=programme)
    if form.is_valid():

        def act() -> str:
            report = actions.ask_for_report(programme=programme, as_of=form.cleaned_data["as_of"], by=request.user)
            return reverse("report_detail", args=[report.pk])

        if address := once(request, form, act):
            return redirect(address)
    return _overview(request, programme, form)


@allow(Permission.REPORTS_VIEW)
def report_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show a report: how far it has come, its files, and which figures have changed since it was made."""
    report = _own_report(request, pk)
    context = _progress(report)
    if report.state == ReportState.MADE:
        context["changes"] = queries.changes_since(report)
    return render(request, "reports/report_detail.html", context)


@allow(Permission.REPORTS_VIEW)
def report_progress(request: Request, pk: UUID) -> HttpResponse:
    """Answer how far a report has come, as a part of its page. Tells the page to load anew when it is done."""
    report = _own_report(request, pk)
    response = render(request, "reports/_progress.html", _progress(report))
    if report.state in {ReportState.MADE, ReportState.FAILED}:
        response["HX-Refresh"] = "true"
    return response


def _progress(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "programme": report.programme,
        "steps": actions.STEPS,
        "is_made": report.state == ReportState.MADE,
        "is_failed": report.state == ReportState.FAILED,
        "formats": list(report.files.values_list("format", flat=True)),
    }


@allow(Permission.REPORTS_VIEW)
def report_file(request: Request, pk: UUID, format: str) -> HttpResponse:  # noqa: A002 - the word of the address
    """Send a file of a made report, as it was made."""
    report = _own_report(request, pk)
    file = get_object_or_404(report.files, format=format)
    response = HttpResponse(bytes(file.data), content_type=KINDS[file.format])
    name = slugify(f"{report.content['title']}-{report.programme.code}-{report.as_of}")
    response["Content-Disposition"] = f'attachment; filename="{name}.{file.format}"'
    return response
