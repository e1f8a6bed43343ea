"""Persons are erased: nothing in any table tells of them any more, and what is counted stays, of nobody.

It reads what each model declares in `Privacy`, so that a new table is erased too without being named here.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pgtrigger
from django.apps import apps
from django.db import models
from django.db.models import (
    CharField,
    DateField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, ExtractDay, Right, TruncMonth
from django.utils.translation import gettext as _

from lotsen.access.models import Organisation
from lotsen.activities.models import Attendance
from lotsen.cases.models import Case
from lotsen.core import encryption
from lotsen.core.privacy import Keep, kinds
from lotsen.core.refused import action
from lotsen.people.enums import IdentityKind
from lotsen.people.models import Person
from lotsen.records.models import Evidence
from lotsen.records.queries import evidence_until
from lotsen.records.queries.extract import tables_about_persons


@action
def erase_persons(*, persons: Collection[UUID], organisation: Organisation, on: date) -> dict[str, int]:
    """Erase persons with all that tells of them; return table -> rows that went, or tell nothing now.

    Their cases count on without a person: the number is one drawn by lot, and all days of a case move back by as many
    days as its start lies into the month, so that how long something took stays exact. What a funder may still ask for
    is written into `Evidence` first, and nothing leads from there to the case. Runs as the operator.
    """
    merged = list(Person.objects.filter(merged_into__in=persons).values_list("pk", flat=True))
    everybody = [*persons, *merged]
    _keep_evidence(everybody, organisation, on)
    counts: dict[str, int] = {}
    # History would keep what goes: its triggers rest, and what it holds of these rows goes first.
    with pgtrigger.ignore():
        tables = list(tables_about_persons())
        with_persons: list[tuple[type[models.Model], str]] = [*tables, (Person, "pk")]
        for model, path in with_persons:
            if history := _history_of(model):
                # Of rows that are gone, too: by what they pointed to; and of rows that pointed elsewhere before.
                told = _about(model, path, everybody) | _about(model, path, everybody, "pgh_obj__")
                counts[history._meta.db_table] = history._default_manager.filter(told).delete()[0]
        for model, path in reversed(tables):
            rows = model._default_manager.filter(_about(model, path, everybody))
            if model is not Case:
                gone = path.count("__") == 0 or model.Privacy.keep == Keep.WITH_PERSON  # type: ignore[attr-defined]  # declared on each
                counts[model._meta.db_table] = rows.delete()[0] if gone else _tell_nothing(model, rows)
        counts[Case._meta.db_table] = _free(Case.objects.filter(person__in=everybody))
        counts[Person._meta.db_table] = Person.objects.filter(pk__in=everybody).delete()[0]
    return {table: rows for table, rows in counts.items() if rows}


def _about(model: type[models.Model], path: str, persons: Collection[UUID], before: str = "") -> Q:
    """Return the condition that a row tells of the persons: by every field that points to a person, or by the path."""
    direct = [field.name for field in model._meta.concrete_fields if field.related_model is Person]
    found = Q()
    for name in [path] if model is Person else direct or [path]:
        found |= Q(**{f"{before}{name}__in": persons})
    return found


def _history_of(model: type[models.Model]) -> type[models.Model] | None:
    """Return the model of a model's history, where it keeps one."""
    found = [each for each in apps.get_models() if getattr(each, "pgh_tracked_model", None) is model]
    return found[0] if found else None


def _days_into_month(case: str) -> Subquery:
    """Return by how many days the start of a row's case lies into its month. Its referral, where it never started."""
    began = Coalesce("started_on", "referred_on")
    return Subquery(
        Case.objects.filter(pk=OuterRef(case))
        .annotate(into=Cast(ExtractDay(began), IntegerField()) - 1)
        .values("into")[:1]
    )


def _back(name: str, days: Any) -> Any:
    return ExpressionWrapper(F(name) - days, output_field=DateField())


def _tell_nothing(model: type[models.Model], rows: models.QuerySet[Any]) -> int:
    """Take free text and identity out of rows that stay, and move their days with their case."""
    changes: dict[str, Any] = {}
    told = kinds(model)
    for field in model._meta.concrete_fields:
        if told[field.name] in {"free_text", "identity"}:
            changes[field.name] = None if field.null else ""
        elif type(field) is DateField:
            changes[field.name] = _back(field.name, _days_into_month("case"))
    return rows.update(**changes) if changes else 0


def _free(cases: models.QuerySet[Case]) -> int:
    """Let cases count on without a person."""
    by_lot = Right(Cast(Func(function="gen_random_uuid"), CharField()), 12)
    days = _days_into_month("pk")
    # To whom somebody was transferred is a text of one's own; that there was one is all that is left.
    cases.exclude(transferred_to="").update(transferred_to="–")
    return cases.update(
        **{name: _back(name, days) for name in ("referred_on", "started_on", "closed_on")},
        person=None,
        number=Concat(Value("X-"), by_lot),
        referred_by=None,
        lacking="",
        lacking_reason="",
    )


def _keep_evidence(persons: Collection[UUID], organisation: Organisation, on: date) -> None:
    """Write down what a funder may still ask for."""
    cases = Case.objects.filter(person__in=persons, started_on__isnull=False).select_related("person", "programme")
    until = evidence_until(organisation, {case.programme for case in cases}, on)
    minutes = _minutes_by_month(cases)
    Evidence.objects.bulk_create(
        _evidence_of(case, minutes[case.pk], until[case.programme_id])
        for case in cases
        if until[case.programme_id] >= on
    )


def _minutes_by_month(cases: models.QuerySet[Case]) -> dict[UUID, dict[str, int]]:
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    months = Attendance.objects.filter(case__in=cases, minutes__gt=0).annotate(month=TruncMonth("session__on"))
    for case, month, total in months.values_list("case", "month").annotate(total=Sum("minutes")).order_by("month"):
        found[case][f"{month:%Y-%m}"] = total
    return found


def _evidence_of(case: Case, minutes: dict[str, int], until: date) -> Evidence:
    person = case.person
    if person is None or case.started_on is None:
        raise ValueError(case.pk)
    row = Evidence(
        pk=uuid.uuid4(),
        unit_id=case.unit_id,
        programme_id=case.programme_id,
        # A protected identity is told to nobody who was not named: the case number leads to the papers.
        name=_("Protected identity") if person.is_protected else person.list_name,
        identity_kind=IdentityKind.NONE if person.is_protected else person.identity_kind,
        case_number=case.number,
        started_on=case.started_on,
        closed_on=case.closed_on,
        minutes=minutes,
        keep_until=until,
    )
    if not person.is_protected and (number := person.identity_number):
        row.identity_sealed, row.identity_index = encryption.encrypt(number, row.pk), encryption.blind_index(number)
    return row


def tables_erased() -> Iterator[str]:
    """Yield the tables that an erasure reaches. For the documentation of an authority, and for tests."""
    yield Person._meta.db_table
    yield from (model._meta.db_table for model, _path in tables_about_persons())
