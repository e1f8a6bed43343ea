"""What stands in the participant file of a month: who took part, and for how many minutes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from lotsen.access.models import Unit
from lotsen.activities.models import CertifiedMonth
from lotsen.activities.queries import lacking_rolls, minutes_present, month_of
from lotsen.cases.models import Case, CaseQuerySet
from lotsen.core import database
from lotsen.filing.enums import FileState
from lotsen.filing.models import FileLayout, FileRow, MonthlyFile
from lotsen.people.models import Person
from lotsen.programmes.models import Programme


@dataclass(frozen=True)
class Entry:
    """One participant in a month, before it is checked: signed minutes, minutes that nobody has signed, open rolls."""

    case: Case
    number: str
    is_substitute: bool
    minutes: int
    unsigned: int
    lacks_roll: bool

    def ended_on(self, last: date) -> date | None:
        """Return the end as the file tells it: an end after the month is told in its own."""
        closed = self.case.closed_on
        return closed if closed and closed <= last else None


def layout_of(programme: Programme, month: date) -> FileLayout | None:
    """Return the layout that holds for a month; none where none is loaded."""
    found = FileLayout.objects.filter(fund_period=programme.fund_period, valid_from__lte=month)
    return found.order_by("-valid_from").first()


def taking_part(programme: Programme, unit: Unit, month: date) -> CaseQuerySet:
    """Return the cases of a unit that were in the programme on some day of a month, in the order of the file.

    Who takes part without being named, and who is erased since, is in no file.
    """
    first, last = month_of(month)
    found = Case.objects.filter(programme=programme, unit=unit, started_on__lte=last, person__isnull=False)
    return found.filter(Q(closed_on=None) | Q(closed_on__gte=first)).order_by("started_on", "number")


def entries_of(programme: Programme, unit: Unit, month: date, layout: FileLayout) -> list[Entry]:
    """Return who stands in the file of a month. To be asked as the operator, who also sees protected persons."""
    first, last = month_of(month)
    cases = taking_part(programme, unit, month)
    signed = CertifiedMonth.objects.filter(case__in=cases, month=first, reopened_on=None)
    minutes = dict(signed.values_list("case", "minutes"))
    present = minutes_present(cases, first, last)
    lacking = set(lacking_rolls(cases, first, last).values_list("case", flat=True))
    return [
        Entry(
            case,
            *_number_of(case.person, layout),
            minutes=minutes.get(case.pk, 0),
            unsigned=0 if case.pk in minutes else present.get(case.pk, 0),
            lacks_roll=case.pk in lacking,
        )
        for case in cases.select_related("person")
    ]


def _number_of(person: Person | None, layout: FileLayout) -> tuple[str, bool]:
    """Return what stands for a person, and whether it is a substitute: the number of a protected one is never sent."""
    if person is None:
        return "", False
    if not person.is_protected:
        return person.identity_number, False
    pattern = layout.content["substitutes"].get(person.sex, "")
    if not pattern or not person.birth_date:
        return "", True
    return pattern.replace("{birth}", f"{person.birth_date:%Y%m%d}"), True


def changed_months(programme: Programme, unit: Unit, state: FileState = FileState.SENT) -> set[date]:
    """Return the months whose newest file in a state is not what it would be today; of one not sent, also by whom.

    Asked of the database, which also looks at participants whom the acting user may not see, and tells months alone.
    """
    return {month for (month,) in database.rows("lotsen_changed_files", programme.pk, unit.pk, state)}


def reported_before(file: MonthlyFile) -> dict[UUID, FileRow]:
    """Return what the newest sent file of an earlier month says of each participant."""
    earlier = MonthlyFile.objects.filter(
        programme=file.programme_id, unit=file.unit_id, month__lt=file.month, sent_at__isnull=False
    )
    newest = earlier.order_by("month", "-version").distinct("month")
    rows = FileRow.objects.filter(file__in=newest.values("pk")).select_related("file")
    return {row.case_id: row for row in rows.order_by("case", "-file__month").distinct("case")}


@dataclass(frozen=True)
class Difference:
    """What differs between two files: who came to, who went, and whose row says something else."""

    added: list[FileRow]
    gone: list[FileRow]
    changed: list[tuple[FileRow, FileRow]]


def difference(before: Iterable[FileRow], after: Iterable[FileRow]) -> Difference:
    """Return what differs from one file to another."""
    old, new = ({row.case_id: row for row in rows} for rows in (before, after))
    both = [(old[key], new[key]) for key in new if key in old]
    return Difference(
        [row for key, row in new.items() if key not in old],
        [row for key, row in old.items() if key not in new],
        [(then, now) for then, now in both if _told(then) != _told(now)],
    )


def _told(row: FileRow) -> tuple[object, ...]:
    return (row.started_on, row.ended_on, row.minutes, row.number_index and bytes(row.number_index))
