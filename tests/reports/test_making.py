"""Writing the texts of the final report, making it, and what stays as it was made."""

import io
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from lotsen.cases.models import Case
from lotsen.core.acting import acting_as
from lotsen.core.models import Draft
from lotsen.core.refused import Refused
from lotsen.programmes.models import Programme
from lotsen.reports import actions, queries
from lotsen.reports.enums import ReportState, Section
from lotsen.reports.models import Report, ReportFile, ReportText
from tests import factories

AS_OF = date(2018, 8, 31)


@pytest.fixture(autouse=True)
def _in_swedish():
    with translation.override("sv"):
        yield


@pytest.fixture
def kofa(db):
    return Programme.objects.get(code="kofa")


@pytest.fixture
def written(programme):
    """Give the programme a text under each heading, and a case."""
    factories.CaseFactory(programme=programme, unit=programme.units.first(), started=True)
    for section in Section:
        actions.write_text(programme=programme, section=section, body="Så gick det.")
    return programme


def test_report_without_texts_is_refused_and_names_the_headings(programme):
    with pytest.raises(Refused, match="Sammanfattning, Projektidé") as refused, transaction.atomic():
        actions.make_report_now(programme=programme, as_of=programme.starts_on)
    assert "Kommentarer och tips" in str(refused.value)
    assert not Report.objects.filter(programme=programme).exists()


def test_report_of_a_day_before_the_programme_is_refused(written):
    with pytest.raises(Refused, match="före projektets start"), transaction.atomic():
        actions.make_report_now(programme=written, as_of=written.starts_on - timedelta(days=1))


def test_report_holds_the_published_figures_in_both_files(kofa, tmp_path):
    for ending in ("docx", "pdf"):
        call_command("report", "kofa", "--as-of", "2018-08-31", "--to", str(tmp_path / f"report.{ending}"))
    tables = docx.Document(str(tmp_path / "report.docx")).tables
    cells = {cell.text for table in tables for row in table.rows for cell in row.cells}
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "report.pdf").pages)
    for figure in ("247", "158", "89", "203", "120", "83", "44", "94"):
        assert figure in cells
        assert figure in text
    assert "59,1" in text


def results_of(content):
    """Return the rows of the table of goals of a report."""
    (section,) = [section for section in content["sections"] if section["code"] == "results"]
    return section["blocks"][0]["rows"]


def test_report_lists_every_goal_also_those_that_are_judged_in_words(kofa):
    rows = results_of(queries.report_content(kofa, AS_OF, AS_OF))
    assert [row[0] for row in rows] == [goal.name for goal in kofa.goals.all()]
    assert rows[0][1:] == ["–", "–", "Bedöms i text"]
    assert rows[1][1:] == ["150", "94", "Inte uppnått"]


def test_report_leaves_out_what_does_not_apply_to_the_project(db):
    programme = Programme.objects.get(code="ame-skane")
    content = queries.report_content(programme, programme.ends_on, programme.ends_on)
    told = {row["code"] for row in content["appendix"]}
    assert {"participants", "ended", "share_units_in_network"} <= told
    assert not told & {"share_standing_closer", "share_ended_in_work_or_studies", "share_in_work_day_90"}
    assert len(results_of(content)) == programme.goals.count()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["kofa", "--as-of", "2018-08-31", "--to", "report.txt"], ".docx"),
        (["nope", "--as-of", "2018-08-31", "--to", "report.pdf"], "kofa"),
        (["kofa", "--as-of", "2011-01-01", "--to", "report.pdf"], "2015-10-01"),
        (
            ["kofa", "--as-of", "2018-08-31", "--to", "/no/such/folder/report.pdf"],
            "/no/such/folder/report.pdf: filen eller mappen finns inte",
        ),
    ],
)
def test_command_says_what_is_wrong_and_leaves_nothing(kofa, arguments, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=sentence) as error, transaction.atomic():
        call_command("report", *arguments)
    assert error.value.returncode == 2
    assert list(Path().iterdir()) == []
    assert Report.objects.count() == 0


def test_made_report_stays_as_it_was_when_cases_change(kofa):
    report = actions.make_report_now(programme=kofa, as_of=AS_OF)
    before = report.content, {file.format: bytes(file.data) for file in report.files.all()}
    assert queries.changes_since(report) == []
    case = Case.objects.filter(programme=kofa, sex="man", closing="exit").first()
    case.sex = "woman"
    case.save(update_fields=["sex"])
    report.refresh_from_db()
    assert (report.content, {file.format: bytes(file.data) for file in report.files.all()}) == before


def test_page_tells_which_figure_has_changed_since(kofa):
    report = actions.make_report_now(programme=kofa, as_of=AS_OF)
    case = Case.objects.filter(programme=kofa, closing="transfer").first()
    Case.objects.filter(pk=case.pk).update(started_on=date(2018, 6, 30), closed_on=date(2018, 9, 1))
    changed = {change.name: (change.then, change.now) for change in queries.changes_since(report)}
    assert changed["Överfördes"] == ("44", "43")
    assert "Deltagare" not in changed


def test_text_saved_by_somebody_else_is_not_overwritten(written):
    text = ReportText.objects.get(programme=written, section=Section.SUMMARY)
    actions.write_text(programme=written, section=Section.SUMMARY, body="Den första.", version=text.version)
    with pytest.raises(Refused), transaction.atomic():
        actions.write_text(programme=written, section=Section.SUMMARY, body="Den andra.", version=text.version)
    text.refresh_from_db()
    assert text.body == "Den första."


def test_both_texts_are_shown_when_two_have_written(written, manager, sign_in):
    address = reverse("report_text", args=[written.pk, "summary"])
    actions.write_text(programme=written, section=Section.SUMMARY, body="Den andras text.")
    response = sign_in(manager).post(address, {"body": "Min text.", "version": "1"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Min text." in page
    assert "Den andras text." in page


def test_draft_is_its_writers_alone_and_gone_when_the_text_is_saved(written, manager, evaluator, sign_in):
    draft = reverse("report_draft", args=[written.pk, "summary"])
    text = reverse("report_text", args=[written.pk, "summary"])
    answer = sign_in(manager).post(draft, {"body": "Ännu inte klar."})
    assert answer.content.decode().startswith("Utkast sparat ")
    assert "Ännu inte klar." in sign_in(manager).get(text).content.decode()
    with acting_as(evaluator.pk):
        assert list(Draft.objects.all()) == []
    assert sign_in(manager).post(text, {"body": "Klar.", "version": "1"}).status_code == 302
    assert not Draft.objects.filter(user=manager).exists()


def test_report_asked_for_twice_by_one_form_is_made_once(written, manager, sign_in):
    address = reverse("report_make", args=[written.pk])
    sent = {"as_of": written.starts_on.isoformat(), "submission": "6b8e6f5e-3c1e-4d6e-9a51-0c2b7f0a1d11"}
    first, second = (sign_in(manager).post(address, sent) for _sending in range(2))
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Report.objects.filter(programme=written).count() == 1


def test_job_may_run_twice_and_makes_one_report(written, manager):
    report = Report.objects.create(programme=written, as_of=written.starts_on, made_by=manager)
    for _start in range(2):
        actions.make_report(report_id=str(report.pk), user_id=str(manager.pk))
    report.refresh_from_db()
    assert (report.state, report.done) == (ReportState.MADE, actions.STEPS)
    assert sorted(ReportFile.objects.filter(report=report).values_list("format", flat=True)) == ["docx", "pdf"]


def test_report_that_cannot_be_made_says_why(programme, manager):
    report = Report.objects.create(programme=programme, as_of=programme.starts_on, made_by=manager)
    actions.make_report(report_id=str(report.pk), user_id=str(manager.pk))
    report.refresh_from_db()
    assert report.state == ReportState.FAILED
    assert "Sammanfattning" in report.error


def test_progress_tells_the_page_to_load_anew_when_the_report_is_made(written, manager, sign_in):
    report = Report.objects.create(programme=written, as_of=written.starts_on, made_by=manager)
    address = reverse("report_progress", args=[report.pk])
    assert "HX-Refresh" not in sign_in(manager).get(address)
    actions.make_report(report_id=str(report.pk), user_id=str(manager.pk))
    assert sign_in(manager).get(address)["HX-Refresh"] == "true"


def test_file_opens_for_the_manager_and_for_nobody_of_another_unit(written, manager, responsible, stranger, sign_in):
    report = actions.make_report_now(programme=written, as_of=written.starts_on)
    address = reverse("report_file", args=[report.pk, "docx"])
    response = sign_in(manager).get(address)
    assert docx.Document(io.BytesIO(response.content)).paragraphs
    assert sign_in(responsible).get(address).status_code == 403
    assert sign_in(stranger).get(address).status_code == 403
