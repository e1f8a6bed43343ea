"""Where each month stands for a unit: what is sent, what has changed since, and what is to be done next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lotsen.access.models import Unit, User
from lotsen.activities.queries import month_of
from lotsen.core import database
from lotsen.filing.enums import FileState, Stage
from lotsen.filing.models import FileLayout, MonthlyFile
from lotsen.programmes.models import Programme

from .checks import window
from .rows import changed_months


@dataclass(frozen=True)
class Month:
    """A month of a unit: when its file can be sent, the newest file, the newest that is sent, and what to do."""

    unit: Unit
    first: date
    opens: date
    closes: date
    newest: MonthlyFile | None
    sent: MonthlyFile | None
    stage: Stage
    is_late: bool


def months_of(programme: Programme, units: Iterable[Unit], today: date) -> dict[Unit, list[Month]]:
    """Return the months of some units in a programme, from their first participant on, in order."""
    units = list(units)
    layouts = list(FileLayout.objects.filter(fund_period=programme.fund_period))
    files: dict[tuple[object, date], list[MonthlyFile]] = {}
    for file in MonthlyFile.objects.filter(programme=programme, unit__in=units).select_related("layout", "sent_by"):
        files.setdefault((file.unit_id, file.month), []).append(file)
    # Days alone, of the database: also where nobody may know of the only participant, a file is to be sent.
    spans = {unit: (first, last) for unit, first, last in database.rows("lotsen_file_spans", programme.pk)}
    found = {}
    for unit in units:
        first, last = spans.get(unit.pk, (None, None))
        own = _between(first, min(filter(None, (last, programme.ends_on, today)))) if first else []
        changed = changed_months(programme, unit) if any(key[0] == unit.pk for key in files) else set()
        found[unit] = _with_stages(unit, own, files, changed, layouts, today)
    return found


def _between(first: date, last: date) -> list[date]:
    """Return the first days of the months from a day to a day."""
    month, found = first.replace(day=1), []
    while month <= last:
        found.append(month)
        month = month_of(month)[1] + timedelta(days=1)
    return found


def _with_stages(
    unit: Unit,
    months: list[date],
    files: dict[tuple[object, date], list[MonthlyFile]],
    changed: set[date],
    layouts: list[FileLayout],
    today: date,
) -> list[Month]:
    found: list[Month] = []
    #: When the newest file of an earlier month was sent: all later months are sent after it, or sent again.
    latest: datetime | None = None
    for first in months:
        own = files.get((unit.pk, first), [])
        newest, sent = (own[-1] if own else None), next((f for f in reversed(own) if f.sent_at), None)
        weeks = next((each.content["weeks_open"] for each in reversed(layouts) if each.valid_from <= first), 4)
        opens, closes = window(first, weeks)
        is_after = any(each.sent and each.stage != Stage.SENT for each in found)
        is_after = is_after or bool(latest and sent and sent.sent_at and sent.sent_at < latest)
        stage = _stage(newest, sent, opens, today, is_changed=first in changed, is_after=is_after)
        is_late = today > closes and stage not in {Stage.SENT, Stage.CHANGED, Stage.TO_RESEND}
        found.append(Month(unit, first, opens, closes, newest, sent, stage, is_late))
        if sent and sent.sent_at:
            latest = max(latest or sent.sent_at, sent.sent_at)
    return found


def _stage(
    newest: MonthlyFile | None, sent: MonthlyFile | None, opens: date, today: date, *, is_changed: bool, is_after: bool
) -> Stage:
    if newest and newest.state in {FileState.QUEUED, FileState.MAKING}:
        return Stage.BEING_MADE
    if newest and newest.state == FileState.MADE:
        return Stage.TO_SEND if today >= opens else Stage.RUNNING
    if sent:
        return Stage.CHANGED if is_changed else Stage.TO_RESEND if is_after else Stage.SENT
    return Stage.TO_MAKE if today >= opens else Stage.RUNNING


#: Stages in which a file waits for the unit.
WAITING = frozenset({Stage.TO_MAKE, Stage.TO_SEND, Stage.CHANGED, Stage.TO_RESEND})


def next_month(months: Iterable[Month]) -> Month | None:
    """Return the month that something is to be done with first."""
    return next((each for each in months if each.stage in WAITING), None)


def due_files(unit: Unit, today: date) -> list[tuple[Programme, Month]]:
    """Return the file that a unit is to send next, for each running programme of the fund that it takes part in."""
    running = Programme.objects.filter(units=unit, starts_on__lte=today, ends_on__gte=today).exclude(fund_period="")
    found = ((each, next_month(months_of(each, [unit], today)[unit])) for each in running)
    return [(programme, month) for programme, month in found if month]


def units_of(programme: Programme, user: User) -> list[Unit]:
    """Return the units whose files a user sees: one's own, or all of a programme that one looks over."""
    units = programme.units.order_by("name")
    return list(units if programme.lead_unit_id in user.led_units else units.filter(pk__in=user.own_units))
