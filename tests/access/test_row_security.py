"""The database's own line, asked by raw SQL, as one would who had forgotten every filter (figure S3)."""

from collections import deque
from datetime import date

import pghistory
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, models, transaction

from lotsen.access.enums import Role
from lotsen.access.models import Unit, User
from lotsen.activities.models import CertifiedMonth
from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.core.acting import acting_as
from lotsen.core.models import Draft
from lotsen.core.privacy import is_personal
from lotsen.filing.models import FileRow
from lotsen.funding.models import SampleItem
from lotsen.people.models import Merging, Person
from lotsen.programmes.models import Programme
from lotsen.questionnaires.models import Recipient
from lotsen.records.models import ErasureItem, LegalHold
from lotsen.reports.enums import ReportState, Section
from lotsen.reports.models import Report, ReportFile, ReportText
from tests import factories

Keys = dict[type[models.Model], list]


def personal_models() -> list[type[models.Model]]:
    """Return the models of personal rows, and of their history."""
    found = [model for model in apps.get_models() if model.__module__.startswith("lotsen.")]
    return [model for model in found if is_personal(getattr(model, "pgh_tracked_model", model))]


def history_of(model: type[models.Model]) -> type[models.Model]:
    """Return the model of a model's history."""
    (found,) = (each for each in apps.get_models() if getattr(each, "pgh_tracked_model", None) is model)
    return found


def path_to_unit(model: type[models.Model]) -> str:
    """Return the shortest lookup from a model to the unit of its case or of its person; empty where there is none."""
    waiting = deque([(model, "")])
    seen = {model}
    while waiting:
        at, path = waiting.popleft()
        if getattr(at, "pgh_tracked_model", at) in {Case, Person}:
            return f"{path}unit"
        for field in at._meta.concrete_fields:
            target = field.related_model
            if target and not field.name.startswith("pgh_") and target not in seen:
                seen.add(target)
                waiting.append((target, f"{path}{field.name}__"))
    return ""


def rows_of(unit: Unit) -> Keys:
    """Return the keys of each personal row that a unit answers for, model by model. Asked as the operator."""
    paths = {model: path for model in personal_models() if (path := path_to_unit(model))}
    return {
        model: list(model._base_manager.filter(**{path: unit}).values_list("pk", flat=True))
        for model, path in paths.items()
    }


def counted(model: type[models.Model], keys: list | None = None) -> int:
    """Count rows of a table by raw SQL, all of them or those with the keys."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if keys is None:
            cursor.execute(f"select count(*) from {table}")
        else:
            cursor.execute(f"select count(*) from {table} where {key} = any(%s)", [keys])
        return cursor.fetchone()[0]


def seen_by(user: User | None) -> dict[str, int]:
    """Return how many rows of each personal table a user sees."""
    with acting_as(user and user.pk):
        return {model._meta.db_table: counted(model) for model in personal_models()}


def move_of(model: type[models.Model], case: Case, unit: Unit) -> tuple[str, object]:
    """Return the column by which a row belongs to somebody, and what would give it to a foreign unit."""
    if model in {Case, Person}:
        return "unit_id", unit.pk
    if model is Merging:
        return "kept_id", case.person_id
    plan = case.plans.filter(agreed_on__isnull=False).get()
    return next(
        (column, value)
        for name, column, value in (
            ("case", "case_id", case.pk),
            ("plan", "plan_id", plan.pk),
            ("goal", "goal_id", plan.goals.get().pk),
            ("person", "person_id", case.person_id),
            ("placement", "placement_id", case.placements.get().pk),
            ("certified", "certified_id", case.certified_months.get().pk),
        )
        if hasattr(model, name)
    )


@pytest.fixture
def case(programme: Programme, pitea: Unit) -> Case:
    """Return a case of Piteå's with a row in every table."""
    case = factories.whole_case(programme=programme, unit=pitea)
    with acting_as(factories.staff(pitea).pk):
        database.call("lotsen_log_reading", "view", "case_detail", [case.pk, case.person_id], "")
    factories.kept_apart(case)
    return case


@pytest.fixture
def other_case(programme: Programme, arvidsjaur: Unit) -> Case:
    """Return the same of Arvidsjaur's."""
    return factories.whole_case(programme=programme, unit=arvidsjaur)


@pytest.fixture
def report(programme: Programme, manager: User) -> Report:
    """Return a report with a text, a file and a draft beside it."""
    ReportText.objects.create(programme=programme, section=Section.SUMMARY, body="Text")
    factories.board_of(programme)
    Draft.objects.create(user=manager, key="report", body="Utkast")
    report = Report.objects.create(programme=programme, as_of=date(2026, 9, 1), state=ReportState.MADE)
    ReportFile.objects.create(report=report, format="pdf", data=b"%PDF")
    return report


def test_row_security_closes_every_personal_table_without_a_user(case: Case, report: Report) -> None:
    empty = [model._meta.db_table for model in personal_models() if not counted(model)]
    assert empty == [], "Plant a row of each of these tables in the fixtures of this test, or it proves nothing."
    seen = seen_by(None)
    assert seen == dict.fromkeys(seen, 0)


def test_row_security_shows_a_coach_no_row_of_another_unit(
    case: Case, other_case: Case, pitea: Unit, arvidsjaur: Unit, colleague: User
) -> None:
    foreign, own = rows_of(pitea), rows_of(arvidsjaur)
    unplanted = [model.__name__ for model in foreign if not foreign[model] or not own[model]]
    assert unplanted == [], "Plant a row of each of these in `whole_case`, or this proves nothing."
    with acting_as(colleague.pk):
        seen_foreign = {model.__name__: counted(model, keys) for model, keys in foreign.items()}
        seen_own = {model.__name__: counted(model, keys) for model, keys in own.items()}
    assert seen_foreign == dict.fromkeys(seen_foreign, 0)
    assert seen_own == {model.__name__: len(keys) for model, keys in own.items()}


def test_row_security_shows_a_stranger_nothing(case: Case, other_case: Case, report: Report, stranger: User) -> None:
    seen = seen_by(stranger)
    assert seen == dict.fromkeys(seen, 0)


def test_row_security_shows_a_manager_of_another_unit_nothing(case: Case, report: Report, alvsbyn: Unit) -> None:
    seen = seen_by(factories.staff(alvsbyn, Role.PROGRAMME_MANAGER))
    assert seen == dict.fromkeys(seen, 0)


def test_row_security_shows_the_manager_every_case_and_no_person(case: Case, other_case: Case, manager: User) -> None:
    with acting_as(manager.pk):
        assert [counted(Case), counted(Person), counted(history_of(Person))] == [2, 0, 0]
        titles = {row.title for row in Case.objects.for_list()}
    assert titles == {case.number, other_case.number}


def test_row_security_changes_no_foreign_row(case: Case, colleague: User) -> None:
    with acting_as(colleague.pk), connection.cursor() as cursor:
        for statement, key in (
            ("update cases_case set number = 'x' where id = %s", case.pk),
            ("update people_person set family_name = 'x' where id = %s", case.person_id),
            ("delete from plans_plan where case_id = %s", case.pk),
        ):
            cursor.execute(statement, [key])
            assert cursor.rowcount == 0


def test_row_security_lets_the_manager_change_no_case(case: Case, manager: User) -> None:
    with acting_as(manager.pk), connection.cursor() as cursor:
        cursor.execute("update cases_case set number = 'x' where id = %s", [case.pk])
        assert cursor.rowcount == 0


def test_row_security_moves_no_row_to_a_foreign_unit(
    case: Case, other_case: Case, pitea: Unit, arvidsjaur: Unit, colleague: User
) -> None:
    own = {model: keys for model, keys in rows_of(arvidsjaur).items() if not hasattr(model, "pgh_tracked_model")}
    assert {Case, Person} <= set(own)
    moves = {model: move_of(model, case, pitea) for model in own}
    # Signed hours would be refused before anybody asks whose they are.
    CertifiedMonth.objects.update(reopened_on=date(2026, 5, 1), reopened_why="Prov")
    with acting_as(colleague.pk), connection.cursor() as cursor:
        for model, keys in own.items():
            column, value = moves[model]
            move = f"update {model._meta.db_table} set {column} = %s where id = any(%s)"
            if model in {ErasureItem, LegalHold, Recipient, FileRow, SampleItem}:
                # A coach may change none of these at all.
                cursor.execute(move, [value, keys])
                assert cursor.rowcount == 0
                continue
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                cursor.execute(move, [value, keys])


def test_row_security_inserts_no_row_into_a_foreign_unit(programme: Programme, pitea: Unit, colleague: User) -> None:
    with acting_as(colleague.pk):
        for insert in (
            lambda: factories.PersonFactory(unit=pitea),
            lambda: factories.CaseFactory(programme=programme, unit=pitea, person=None),
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                insert()


def test_row_security_keeps_history_from_being_changed(case: Case, responsible: User) -> None:
    with acting_as(responsible.pk), connection.cursor() as cursor:
        for statement in ("update cases_caseevent set number = 'x'", "delete from cases_caseevent"):
            cursor.execute(statement)
            assert cursor.rowcount == 0


def test_history_tells_who_changed_a_case_from_which_page(case: Case, responsible: User) -> None:
    with acting_as(responsible.pk), pghistory.context(user=str(responsible.pk), url="/cases/"):
        Case.objects.filter(pk=case.pk).update(number="2026-ny")
    (change,) = history_of(Case).objects.filter(pgh_obj=case, number="2026-ny").select_related("pgh_context")
    assert change.pgh_context.metadata["user"] == str(responsible.pk)
    assert change.pgh_context.metadata["url"] == "/cases/"


@pytest.mark.parametrize(
    "statement",
    [
        "select metadata from pghistory_context",
        "insert into pghistory_context (id, metadata) values (gen_random_uuid(), '{}')",
        "update pghistory_context set metadata = '{}'",
        "delete from pghistory_context",
    ],
)
def test_no_page_lists_or_changes_who_did_what_from_where(case: Case, responsible: User, statement: str) -> None:
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with acting_as(responsible.pk), connection.cursor() as cursor, denied, transaction.atomic():
        cursor.execute(statement)
