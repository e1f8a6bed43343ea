"""A list of employers: taken in, checked row by row, corrected, and registered when somebody says so."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.access.models import Municipality, Unit, User
from lotsen.core.acting import acting_as, acting_as_operator
from lotsen.core.jobs import job
from lotsen.core.models import change
from lotsen.core.refused import Refused, action
from lotsen.employers.enums import Choice, ImportState, Sector, Verdict
from lotsen.employers.forms import Reader
from lotsen.employers.models import EmployerImport, ImportRow

from .judging import Seen, judge
from .registering import register, to_register

#: Rows that are checked or registered before the page is told how far it has come.
_CHUNK = 1000
#: A list that nobody has had to do with for so long is thrown away.
_FORGOTTEN_AFTER = timedelta(days=30)
#: So many lists a unit has at once.
_MOST_LISTS = 20
_Item = TypeVar("_Item")


@action
def take_list(*, unit: Unit, by: User, file_name: str, rows: Sequence[Sequence[str]]) -> EmployerImport:
    """Keep an uploaded list, the headings first. Nothing of it stands in the register."""
    if EmployerImport.objects.filter(unit=unit).count() >= _MOST_LISTS:
        raise Refused(_("Your unit has %(n)s lists here. Throw some of them away first.") % {"n": _MOST_LISTS}, "file")
    headings, *lines = rows
    samples = [", ".join(filter(None, cells))[:60] for cells in zip(*lines[:3], strict=True)]
    told = {"file_name": file_name[-200:], "headings": list(headings), "samples": samples, "lines": lines}
    return EmployerImport.objects.create(unit=unit, by=by, expected=len(lines), **told)


@action
def say_columns(
    *, batch: EmployerImport, columns: dict[str, int], sector: Sector, municipality: Municipality | None
) -> None:
    """Say what the columns hold, also anew; the worker checks the rows, and what was corrected is gone."""
    if batch.is_busy or batch.state == ImportState.WRITTEN:
        raise Refused(_("The list is being worked on, or is registered already."))
    change(batch, columns=columns, sector=sector, municipality=municipality, expected=len(batch.lines))
    _ask(batch, ImportState.CHECKING)
    check_list.later(batch_id=str(batch.pk))


def _ask(batch: EmployerImport, state: ImportState) -> None:
    change(batch, state=state, done=0, begun_at=timezone.now())
    batch.save()


@job
def check_list(*, batch_id: str) -> None:
    """Check each row of a list against the register and the rows before it. Begins anew where it broke off."""
    batch = _asked(batch_id, ImportState.CHECKING)
    if batch is None:
        return
    reader, seen = Reader(batch), Seen()
    with acting_as(batch.by_id):
        batch.rows.all().delete()
    for chunk in _chunks([(place, cells) for place, cells in enumerate(batch.lines, start=2)]):
        with acting_as(batch.by_id):
            rows = [
                ImportRow(batch=batch, place=place, told={name: cells[at] for name, at in batch.columns.items()})
                for place, cells in chunk
            ]
            judge(rows, reader, seen)
            ImportRow.objects.bulk_create(rows)
            _tell(batch, len(rows))
    with acting_as(batch.by_id):
        change(batch, state=ImportState.CHECKED)
        batch.save(update_fields=["state"])


def _asked(batch_id: str, state: ImportState) -> EmployerImport | None:
    """Return the list that the worker was asked to work on, unless that is done already."""
    with acting_as_operator("list of employers"):
        return EmployerImport.objects.filter(pk=batch_id, state=state).first()


def _chunks(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    return (items[begin : begin + _CHUNK] for begin in range(0, len(items), _CHUNK))


def _tell(batch: EmployerImport, more: int) -> None:
    change(batch, done=min(batch.done + more, batch.expected))
    batch.save(update_fields=["done"])


@action
def correct_row(*, row: ImportRow, reader: Reader, **told: str) -> None:
    """Write a row as it should be, and look at it anew."""
    _before_registering(row.batch)
    change(row, told=told, choice="")
    judge([row], reader, Seen.of(row, reader))
    row.save()


@action
def choose(*, batch: EmployerImport, choice: Choice, row: ImportRow | None = None) -> int:
    """Say of a row that may be the same as another one what it is; without a row, of all that nobody has said.

    Returns of how many it was said.
    """
    _before_registering(batch)
    rows = batch.rows.filter(verdict=Verdict.ALIKE)
    return (rows.filter(pk=row.pk) if row else rows.filter(choice="")).update(choice=choice)


def _before_registering(batch: EmployerImport) -> None:
    if batch.state != ImportState.CHECKED:
        raise Refused(_("The list is being worked on, or is registered already."))


@action
def register_all(*, batch: EmployerImport) -> None:
    """Have the worker register what is clear. What must be corrected, and of which nobody has said, is left out."""
    if batch.is_busy or batch.state not in {ImportState.CHECKED, ImportState.WRITING}:
        raise Refused(_("The list is being worked on, or is registered already."))
    change(batch, expected=to_register(batch).count())
    _ask(batch, ImportState.WRITING)
    register_list.later(batch_id=str(batch.pk))


@job
def register_list(*, batch_id: str) -> None:
    """Register the rows of a list, a thousand at a time: each thousand stands, and is not registered twice."""
    batch = _asked(batch_id, ImportState.WRITING)
    if batch is None:
        return
    reader = Reader(batch)
    with acting_as(batch.by_id):
        waiting = list(to_register(batch).values_list("pk", flat=True))
    for keys in _chunks(waiting):
        with acting_as(batch.by_id):
            register(batch, list(batch.rows.filter(pk__in=keys).order_by("place")), reader)
            _tell(batch, len(keys))
    with acting_as(batch.by_id):
        change(batch, state=ImportState.WRITTEN)
        batch.save(update_fields=["state"])


@action
def drop_list(*, batch: EmployerImport) -> None:
    """Throw a list away. What is registered stays."""
    if batch.is_busy:
        raise Refused(_("The list is being worked on. Wait until it is done."))
    batch.delete()


def forget_lists(*, at: datetime) -> int:
    """Throw away the lists that nobody has had to do with for thirty days. Returns how many."""
    old = EmployerImport.objects.filter(made_at__lt=at - _FORGOTTEN_AFTER)
    return old.delete()[1].get("employers.EmployerImport", 0)
