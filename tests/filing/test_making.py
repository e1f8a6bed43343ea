"""What stands in the participant file of a month, what its check finds, and how it goes out of the house."""

import io
import re
import zipfile
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotsen.activities.actions import certify_month, reopen_month
from lotsen.activities.models import CertifiedMonth
from lotsen.cases.models import Case
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.filing.actions import ask_for_file, correct_from, keep_receipt, make_file, send_file
from lotsen.filing.enums import Stage
from lotsen.filing.exports import draw, file_name
from lotsen.filing.models import FileRow, MonthlyFile
from lotsen.filing.queries import months_of
from lotsen.people.enums import Protection
from lotsen.people.models import NamedReader, Person
from lotsen.programmes.models import Programme
from tests import factories

from .conftest import TODAY, made, sent


@pytest.fixture
def case(funded, pitea):
    return factories.CaseFactory(programme=funded, unit=pitea, started=True)


def rules(file) -> list[str]:
    return [fault["rule"] for fault in file.faults]


def stages(programme, unit, today=TODAY) -> dict[int, Stage]:
    return {month.first.month: month.stage for month in months_of(programme, [unit], today)[unit]}


def test_file_holds_who_took_part_with_signed_minutes(funded, pitea, case, live, keeper):
    live(case, 3, 90)
    later = factories.CaseFactory(
        programme=funded, unit=pitea, referred_on=date(2026, 4, 1), started_on=date(2026, 4, 2)
    )
    file = made(funded, pitea, 3, keeper)
    ((row,),) = ([*file.rows.all()],)
    assert (row.case, row.started_on, row.ended_on, row.minutes) == (case, date(2026, 3, 1), None, 90)
    assert row.number == case.person.identity_number
    assert (file.minutes, rules(file)) == (90, ["month_late"])
    assert later.pk not in file.rows.values_list("case", flat=True)


def test_file_tells_the_end_in_its_month_and_not_before(funded, pitea, live, keeper):
    case = factories.CaseFactory(programme=funded, unit=pitea, ended=True)
    assert made(funded, pitea, 8, keeper).rows.get().ended_on is None
    assert made(funded, pitea, 9, keeper).rows.get().ended_on == case.closed_on
    assert not made(funded, pitea, 10, keeper).rows.exists()


def test_file_names_what_is_not_signed_and_whose(funded, pitea, case, live, keeper):
    live(case, 3, 90, signed=False)
    file = made(funded, pitea, 3, keeper)
    (fault,) = file.errors
    assert (fault["rule"], fault["case"], fault["row"], fault["told"]) == (
        *("hours_unsigned", str(case.pk), 1),
        {"hours": "1:30"},
    )
    with pytest.raises(Refused, match="mended first"), transaction.atomic():
        send_file(file=file, by=keeper, at=timezone.now())


def test_file_finds_a_participant_without_a_number(funded, pitea, keeper):
    person = factories.PersonFactory(unit=pitea, identity_number="")
    factories.CaseFactory(programme=funded, unit=pitea, person=person, started=True)
    assert "number_missing" in rules(made(funded, pitea, 3, keeper))


def test_file_finds_two_records_with_one_number(funded, pitea, case, keeper):
    other = factories.CaseFactory(programme=funded, unit=pitea, started=True)
    file = made(funded, pitea, 3, keeper)
    assert "number_twice" not in rules(file)
    # Two authorities may each have a record of the same human being, and both a case in one unit.
    twin = factories.PersonFactory(
        unit=factories.UnitFactory(), identity_number=case.person.identity_number, family_name="Annansson"
    )
    Case.objects.filter(pk=other.pk).update(person=twin)
    assert "number_twice" in rules(made(funded, pitea, 3, keeper))


@pytest.mark.parametrize(("sex", "stands"), [("woman", True), ("man", False)])
def test_file_never_holds_the_number_of_a_protected_person(funded, pitea, case, keeper, sex, stands):
    """The substitute of a man is not published: the file says so, and is not sent with an invented one."""
    number = case.person.identity_number
    Person.objects.filter(pk=case.person_id).update(protection=Protection.CONFIDENTIALITY_MARK, sex=sex)
    file = made(funded, pitea, 3, keeper)
    row = file.rows.get()
    assert row.is_substitute
    assert row.number == (f"{number[:8]}Tf29" if stands else "")
    assert ("substitute_unknown" in rules(file)) is not stands
    assert number not in sheet_of(draw(file, [row]))


def test_file_is_whole_for_who_may_not_know_of_a_protected_person(funded, pitea, case, keeper, sign_in):
    factories.CaseFactory(programme=funded, unit=pitea, started=True)
    Person.objects.filter(pk=case.person_id).update(protection=Protection.CONFIDENTIALITY_MARK)
    NamedReader.objects.filter(person=case.person_id).delete()
    file = made(funded, pitea, 3, keeper)
    client = sign_in(keeper)
    shown = client.get(f"/files/{file.pk}/rows/").content.decode()
    assert case.number not in shown
    assert case.person.family_name not in shown or case.person.given_name not in shown
    data = client.get(f"/files/{file.pk}/download/").content
    assert sheet_of(data).count("Tf29") == 1


def sheet_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_file_is_drawn_by_its_layout_and_runs_nothing(funded, pitea, case, live, keeper):
    live(case, 3, 90)
    pitea.name = '=HYPERLINK("http://exempel.se")'
    pitea.save()
    file = made(funded, pitea, 3, keeper)
    sheet = sheet_of(draw(file, file.rows.all()))
    assert "<f>" not in sheet
    assert re.search(r"<v>1\.50?</v>", sheet)
    for word in ("Personnummer", "Startdatum", "2026/17", case.person.identity_number):
        assert word in sheet
    assert file_name(file) == "Mars2026_Projekt2026-17.xlsx"


def test_file_of_a_month_that_is_not_over_is_a_trial(funded, pitea, case, keeper):
    file = made(funded, pitea, 11, keeper)
    assert "month_running" in rules(file)
    with pytest.raises(Refused), transaction.atomic():
        send_file(file=file, by=keeper, at=timezone.make_aware(timezone.datetime(2026, 11, 20)))


def test_file_cannot_be_asked_for_a_month_ahead_or_without_a_layout(funded, pitea, case, keeper):
    with pytest.raises(Refused, match="ahead"), transaction.atomic():
        made(funded, pitea, 12, keeper)
    funded.fund_period = ""
    with pytest.raises(Refused, match="no layout"), transaction.atomic():
        made(funded, pitea, 3, keeper)


def test_file_is_made_anew_until_it_is_sent(funded, pitea, case, live, keeper):
    first = made(funded, pitea, 3, keeper)
    live(case, 3)
    second = made(funded, pitea, 3, keeper)
    assert (second.pk, second.version, second.minutes) == (first.pk, 1, 120)
    make_file(file_id=str(second.pk), today=TODAY.isoformat())
    assert second.rows.count() == 1


def test_file_that_is_sent_is_frozen_by_the_database(funded, pitea, case, live, keeper):
    live(case, 3)
    (file,) = sent(funded, pitea, 3, by=keeper)
    attempts = (
        lambda: MonthlyFile.objects.filter(pk=file.pk).update(minutes=1),
        lambda: MonthlyFile.objects.filter(pk=file.pk).update(state="made", sent_at=None, sent_by=None),
        file.delete,
    )
    for attempt in attempts:
        with acting_as(keeper.pk), pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    with acting_as(keeper.pk):
        rows = FileRow.objects.filter(file=file)
        assert (rows.count(), rows.update(minutes=1), rows.delete()[0]) == (1, 0, 0)
    # Nor by the worker.
    with pytest.raises(IntegrityError), transaction.atomic():
        FileRow.objects.filter(file=file).update(minutes=1)
    keep_receipt(file=file, receipt="SCB 4711")
    assert MonthlyFile.objects.get(pk=file.pk).receipt == "SCB 4711"


def test_months_are_sent_in_their_order(funded, pitea, case, live, keeper):
    assert set(stages(funded, pitea).values()) == {Stage.TO_MAKE, Stage.RUNNING}
    april = made(funded, pitea, 4, keeper)
    with pytest.raises(Refused, match="2026-03"), transaction.atomic():
        send_file(file=april, by=keeper, at=timezone.now())
    sent(funded, pitea, 3, by=keeper)
    send_file(file=april, by=keeper, at=timezone.now())
    assert [stages(funded, pitea)[month] for month in (3, 4, 5, 11)] == [
        *(Stage.SENT, Stage.SENT, Stage.TO_MAKE),
        Stage.RUNNING,
    ]


def test_correction_in_month_three_marks_three_to_eight_and_remakes_them(funded, pitea, case, live, keeper):
    for month in range(3, 9):
        live(case, month)
    sent(funded, pitea, *range(3, 9), by=keeper)
    assert {stages(funded, pitea)[month] for month in range(3, 9)} == {Stage.SENT}
    # The hours of March were wrong: half an hour less.
    reopen_month(certified=CertifiedMonth.objects.get(month=date(2026, 3, 1)), on=TODAY, why="Slutade tidigare")
    case.attendances.filter(session__on__month=3).update(minutes=90)
    certify_month(case=case, month=date(2026, 3, 1), how="paper", by=keeper, on=TODAY)
    assert [stages(funded, pitea)[month] for month in range(3, 10)] == [
        *(Stage.CHANGED, *[Stage.TO_RESEND] * 5),
        Stage.TO_MAKE,
    ]
    files = correct_from(
        programme=funded, unit=pitea, month=date(2026, 3, 1), why="Slutade tidigare", by=keeper, today=TODAY
    )
    assert [(file.month.month, file.version) for file in files] == [(month, 2) for month in range(3, 9)]
    for file in files:
        make_file(file_id=str(file.pk), today=TODAY.isoformat())
    assert {stages(funded, pitea)[month] for month in range(3, 9)} == {Stage.TO_SEND}
    for file in MonthlyFile.objects.filter(version=2, programme=funded).order_by("month"):
        assert file.minutes == (90 if file.month.month == 3 else 120)
        send_file(file=file, by=keeper, at=timezone.now())
    assert {stages(funded, pitea)[month] for month in range(3, 9)} == {Stage.SENT}
    # What was sent first is still there to be seen.
    assert MonthlyFile.objects.get(programme=funded, month=date(2026, 3, 1), version=1).minutes == 120


def test_correction_of_what_was_not_sent_is_refused(funded, pitea, case, keeper):
    with pytest.raises(Refused, match="not sent"), transaction.atomic():
        correct_from(programme=funded, unit=pitea, month=date(2026, 3, 1), why="Fel", by=keeper, today=TODAY)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"started_on": date(2026, 3, 15)}, "start_changed"),
        ({"closed_on": date(2026, 3, 20), "started_on": date(2026, 3, 1)}, "gone"),
    ],
)
def test_check_over_months_finds_what_an_earlier_file_said_otherwise(funded, pitea, keeper, changes, rule):
    case = factories.CaseFactory(programme=funded, unit=pitea, ended=True)
    factories.CaseFactory(programme=funded, unit=pitea, started=True)
    sent(funded, pitea, 3, by=keeper)
    Case.objects.filter(pk=case.pk).update(**changes)
    assert rule in rules(made(funded, pitea, 4, keeper))


def test_correction_of_a_person_whom_nobody_may_know_is_found(funded, pitea, case, live, keeper, sign_in):
    live(case, 3)
    sent(funded, pitea, 3, by=keeper)
    Person.objects.filter(pk=case.person_id).update(protection=Protection.CONFIDENTIALITY_MARK)
    Case.objects.filter(pk=case.pk).update(started_on=date(2026, 3, 2))
    with acting_as(keeper.pk):
        assert stages(funded, pitea)[3] == Stage.CHANGED


def test_files_of_a_unit_are_its_own(funded, pitea, arvidsjaur, case, live, keeper, colleague, stranger, manager):
    live(case, 3)
    file = made(funded, pitea, 3, keeper)
    seen = {}
    for who in (keeper, colleague, stranger, manager):
        with acting_as(who.pk):
            seen[who] = (MonthlyFile.objects.filter(pk=file.pk).count(), FileRow.objects.filter(file=file).count())
    assert seen == {keeper: (1, 1), colleague: (0, 0), stranger: (0, 0), manager: (1, 0)}


def test_file_asked_for_twice_is_made_once(funded, pitea, case, keeper):
    told = {"programme": funded, "unit": pitea, "month": date(2026, 3, 1), "by": keeper, "today": TODAY}
    file = ask_for_file(**told)
    with pytest.raises(Refused, match="already"), transaction.atomic():
        ask_for_file(**told)
    MonthlyFile.objects.filter(pk=file.pk).update(made_at=timezone.now() - timedelta(hours=1))
    assert ask_for_file(**told).made_at > timezone.now() - timedelta(minutes=1)


def test_unit_manager_is_told_of_the_file_that_is_next(funded, pitea, case, keeper, sign_in):
    client = sign_in(keeper)
    client.cookies["django_language"] = "en"
    today = timezone.localdate()
    page = client.get(f"/units/{pitea.pk}/day/").content.decode()
    assert ("participant file March 2026" in page) is (today.replace(day=1) > date(2026, 3, 1))
    Programme.objects.filter(pk=funded.pk).update(fund_period="")
    assert "participant file" not in client.get(f"/units/{pitea.pk}/day/").content.decode()


@pytest.mark.parametrize("what", ["hours", "protection", "number"])
def test_file_that_is_no_longer_right_is_made_anew_before_it_is_sent(funded, pitea, case, live, keeper, what):
    live(case, 3, 90)
    file = made(funded, pitea, 3, keeper)
    if what == "hours":
        reopen_month(certified=CertifiedMonth.objects.get(case=case), why="Fel", on=TODAY)
    if what == "protection":
        Person.objects.filter(pk=case.person_id).update(protection=Protection.CONFIDENTIALITY_MARK, sex="woman")
    if what == "number":
        other = factories.PersonFactory(unit=pitea)
        Case.objects.filter(pk=case.pk).update(person=other)
    with pytest.raises(Refused, match="Make it anew"), transaction.atomic():
        send_file(file=file, by=keeper, at=timezone.now())
    if what != "hours":
        send_file(file=made(funded, pitea, 3, keeper), by=keeper, at=timezone.now())
