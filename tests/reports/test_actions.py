"""The queue makes what was asked for, and only that; a text that two people write loses nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections, transaction
from django.db.models import QuerySet
from django.utils.translation import override
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from lotsen.access.models import User
from lotsen.core.acting import acting_as
from lotsen.core.drafts import drop_draft, save_draft
from lotsen.core.models import Draft
from lotsen.core.refused import Refused
from lotsen.programmes.models import Programme
from lotsen.reports import actions
from lotsen.reports.enums import ReportState, Section
from lotsen.reports.models import Report, ReportText

AS_OF = date(2018, 8, 31)


@pytest.fixture
def kofa_manager(committed_db: None) -> Iterator[User]:
    """Return the manager of kofa, in a database where a commit is a commit."""
    # What is open still leads to the database of the tests before.
    connections.close_all()
    yield User.objects.get(email="programme-manager.projekt@kofa.example")
    connections.close_all()


def work() -> None:
    """Run the worker until nothing is left to do. In a thread: a browser of the same run keeps the loop of ours."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(_run_worker).result()


def _run_worker() -> None:
    try:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    finally:
        connections.close_all()


def asked(manager: User) -> Report:
    with acting_as(manager.pk):
        return actions.ask_for_report(programme=Programme.objects.get(code="kofa"), as_of=AS_OF, by=manager)


def as_it_stands(report: Report, manager: User) -> tuple:
    with acting_as(manager.pk):
        report.refresh_from_db()
        return report.state, report.done, sorted(report.files.values_list("format", flat=True))


def jobs() -> QuerySet[ProcrastinateJob]:
    return ProcrastinateJob.objects.filter(task_name="reports.make_report")


def test_worker_makes_the_report_that_was_asked_for(kofa_manager: User):
    report = asked(kofa_manager)
    assert as_it_stands(report, kofa_manager) == (ReportState.QUEUED, 0, [])
    work()
    assert as_it_stands(report, kofa_manager) == (ReportState.MADE, actions.STEPS, ["docx", "pdf"])
    assert list(jobs().values_list("status", flat=True)) == ["succeeded"]


def test_report_that_was_asked_for_in_vain_leaves_no_work(kofa_manager: User):
    with transaction.atomic():
        asked(kofa_manager)
        transaction.set_rollback(True)
    assert list(jobs()) == []


def test_worker_goes_on_where_another_worker_died(kofa_manager: User):
    """The content was frozen and Word was made; then the lights went out, and a text has been written since."""
    report = asked(kofa_manager)
    with acting_as(kofa_manager.pk):
        for place, step in enumerate(actions._steps()[:2], start=1):
            actions._do(report, place, step)
        before = report.content, bytes(report.files.get(format="docx").data)
        actions.write_text(programme=report.programme, section=Section.ADVICE, body="Efter att rapporten begärdes.")
    assert as_it_stands(report, kofa_manager) == (ReportState.MAKING, 2, ["docx"])
    work()
    assert as_it_stands(report, kofa_manager) == (ReportState.MADE, actions.STEPS, ["docx", "pdf"])
    with acting_as(kofa_manager.pk):
        assert (report.content, bytes(report.files.get(format="docx").data)) == before


def test_report_is_in_the_language_of_the_one_who_asked(db: None):
    manager = User.objects.get(email="programme-manager.projekt@kofa.example")
    with override("en"):
        report = asked(manager)
    with override("sv"):
        actions.make_report(report_id=str(report.pk), user_id=str(manager.pk))
    report.refresh_from_db()
    assert (report.content["title"], report.content["programme"]) == ("Final report", "Competence for all (KOFA)")


def test_text_under_a_heading_that_there_is_not_is_refused(programme: Programme):
    with pytest.raises(Refused, match="luck"):
        actions.write_text(programme=programme, section="luck", body="Text")


def test_each_saving_of_a_text_is_a_version_of_its_own(programme: Programme):
    saved = [actions.write_text(programme=programme, section="summary", body=body) for body in ("Ett", "Två", "Tre")]
    assert [text.version for text in saved] == [1, 2, 3]
    assert ReportText.objects.get(programme=programme).body == "Tre"


def test_draft_is_one_for_each_writer_and_heading(responsible: User, manager: User):
    for user, body in ((responsible, "Min"), (manager, "Din"), (manager, "Din igen")):
        save_draft(user=user, key="report/1/summary", body=body)
    save_draft(user=manager, key="report/1/idea", body="Idén")
    assert sorted(Draft.objects.values_list("user__name", "key", "body")) == sorted(
        [
            (responsible.name, "report/1/summary", "Min"),
            (manager.name, "report/1/summary", "Din igen"),
            (manager.name, "report/1/idea", "Idén"),
        ]
    )
    drop_draft(user=manager, key="report/1/summary")
    assert sorted(Draft.objects.values_list("body", flat=True)) == ["Idén", "Min"]
