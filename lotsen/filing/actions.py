"""Making, sending and correcting participant files; loading layouts."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.access.models import Unit, User
from lotsen.activities.queries import month_of
from lotsen.core import encryption
from lotsen.core.acting import acting_as_operator
from lotsen.core.jobs import job
from lotsen.core.models import change
from lotsen.core.refused import Refused, action
from lotsen.programmes.models import Programme

from . import queries
from .enums import FileState, Stage
from .forms import Layouts, parse_layouts
from .models import FileLayout, FileRow, MonthlyFile

#: The layouts that come with Lotsen.
SHIPPED = Path(__file__).parent / "data" / "layouts.yaml"
#: Rows that are written before the page is told how far it has come.
_CHUNK = 1000
#: What is not made by then is asked for anew: its worker has died for good.
_PATIENCE = timedelta(minutes=10)


@action
def load_layouts(*, layouts: Layouts) -> list[FileLayout]:
    """Load layouts, whole or not at all. One by which a file was sent stays as it is: a new one has a later day."""
    return [_load(part) for part in layouts.layouts]


def load_shipped() -> list[FileLayout]:
    """Load the layouts that come with Lotsen. Those that are there already stay as they are."""
    return load_layouts(layouts=parse_layouts(SHIPPED.read_bytes(), SHIPPED.name))


def _load(part: Any) -> FileLayout:
    content = part.model_dump(mode="json", exclude={"fund_period", "valid_from"})
    found = FileLayout.objects.filter(fund_period=part.fund_period, valid_from=part.valid_from).first()
    if found is None:
        return FileLayout.objects.create(fund_period=part.fund_period, valid_from=part.valid_from, content=content)
    if found.content != content:
        if MonthlyFile.objects.filter(layout=found, sent_at__isnull=False).exists():
            told = {"name": found.name, "day": part.valid_from}
            raise Refused(_("By the layout %(name)s of %(day)s, files were sent. Give the new one a later day.") % told)
        change(found, content=content)
        found.save(update_fields=["content"])
    return found


@action
def ask_for_file(
    *, programme: Programme, unit: Unit, month: date, by: User | None, today: date, why: str = ""
) -> MonthlyFile:
    """Ask for the file of a month, as often as one likes until it is sent. The worker makes it."""
    file = _new_version(programme, unit, month, by, today, why)
    make_file.later(file_id=str(file.pk), today=today.isoformat())
    return file


@action
def make_file_now(
    *, programme: Programme, unit: Unit, month: date, by: User | None, today: date, why: str = ""
) -> MonthlyFile:
    """Make the file of a month at once, without the worker. It is kept like any other."""
    file = _new_version(programme, unit, month, by, today, why)
    make_file(file_id=str(file.pk), today=today.isoformat())
    return MonthlyFile.objects.select_related("programme", "unit", "layout", "made_by").get(pk=file.pk)


def _new_version(programme: Programme, unit: Unit, month: date, by: User | None, today: date, why: str) -> MonthlyFile:
    first, last = month_of(month)
    if first > today or last < programme.starts_on or first > programme.ends_on:
        raise Refused(_("The month lies outside the project, or ahead."), "month")
    layout = queries.layout_of(programme, first)
    if layout is None:
        told = {"period": programme.get_fund_period_display() or _("the project's fund"), "month": f"{first:%Y-%m}"}
        raise Refused(_("There is no layout of the participant file for %(period)s in %(month)s. Load one.") % told)
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    own = MonthlyFile.objects.filter(programme=programme, unit=unit, month=first)
    newest = own.order_by("version").last()
    sent = own.filter(sent_at__isnull=False).count()
    is_being_made = newest and newest.state in {FileState.QUEUED, FileState.MAKING}
    if newest and is_being_made and timezone.now() < newest.made_at + _PATIENCE:
        raise Refused(_("The file is being made already."))
    begun: dict[str, Any] = {"layout": layout, "made_by": by, "made_at": timezone.now()}
    if newest and newest.sent_at is None:
        # A trial that was not sent is made anew where it stands; the worker takes its rows away.
        change(newest, state=FileState.QUEUED, done=0, expected=0, faults=[], why=why or newest.why, **begun)
        newest.save()
        return newest
    return MonthlyFile.objects.create(programme=programme, unit=unit, month=first, version=sent + 1, why=why, **begun)


@job
def make_file(*, file_id: str, today: str) -> None:
    """Make what was asked for, as the operator, who also sees protected persons: a file without them would be wrong.

    Begins anew where an earlier start broke off. Each thousand rows stand before the next begin.
    """
    with acting_as_operator("participant file"):
        found = MonthlyFile.objects.filter(pk=file_id, state__in=[FileState.QUEUED, FileState.MAKING])
        file = found.select_related("programme", "unit", "layout", "made_by").first()
        if file is None:
            return
        file.rows.all().delete()
        entries = queries.entries_of(file.programme, file.unit, file.month, file.layout)
        change(file, state=FileState.MAKING, expected=len(entries), done=0)
        file.save(update_fields=["state", "expected", "done"])
    last = month_of(file.month)[1]
    rows = [_row(file, place, entry, last) for place, entry in enumerate(entries, start=1)]
    for begin in range(0, len(rows), _CHUNK):
        with acting_as_operator("participant file"):
            FileRow.objects.bulk_create(rows[begin : begin + _CHUNK])
            file.done = min(begin + _CHUNK, len(rows))
            file.save(update_fields=["done"])
    with acting_as_operator("participant file"):
        faults = queries.check(file, entries, rows, queries.heading_of(file), date.fromisoformat(today))
        change(file, state=FileState.MADE, faults=[fault.as_data() for fault in faults])
        file.minutes = sum(row.minutes for row in rows)
        file.save(update_fields=["state", "faults", "minutes"])


def _row(file: MonthlyFile, place: int, entry: queries.Entry, last: date) -> FileRow:
    row = FileRow(
        file=file,
        case=entry.case,
        position=place,
        started_on=entry.case.started_on or last,
        ended_on=entry.ended_on(last),
        minutes=entry.minutes,
        is_substitute=entry.is_substitute,
    )
    if entry.number:
        row.number_sealed = encryption.encrypt(entry.number, row.pk)
        row.number_index = encryption.blind_index(entry.number)
    return row


@action
def send_file(*, file: MonthlyFile, by: User, at: datetime) -> None:
    """Say that a file was sent: from then on it stays as it is.

    The months are sent in their order, since the receiver reads each upon those before (SCB: a correction asks for all
    later months anew).
    """
    if file.state != FileState.MADE:
        raise Refused(_("Only a file that is made and not sent yet can be sent."))
    if file.errors:
        raise Refused(_("The file has faults that must be mended first. Mend them, and make the file anew."))
    programme, today = file.programme, timezone.localdate(at)
    if file.month in queries.changed_months(programme, file.unit, FileState.MADE):
        raise Refused(_("Something has changed since the file was made. Make it anew, and look at what differs."))
    months = queries.months_of(programme, [file.unit], today)[file.unit]
    for month in months:
        if month.first < file.month and month.stage != Stage.SENT:
            told = {"month": f"{month.first:%Y-%m}", "state": month.stage.label}
            raise Refused(_("Send the months in their order. Of %(month)s one must say: %(state)s.") % told)
    if file.month in {month.first for month in months if month.opens > today}:
        raise Refused(_("The month is not over: the file cannot be sent yet."))
    change(file, state=FileState.SENT, sent_by=by, sent_at=at)
    file.save(update_fields=["state", "sent_by", "sent_at"])


@action
def keep_receipt(*, file: MonthlyFile, receipt: str) -> None:
    """Write down what the receiver has answered."""
    if file.state != FileState.SENT:
        raise Refused(_("There is no receipt for a file that is not sent."))
    file.receipt = receipt
    file.save(update_fields=["receipt"])


@action
def correct_from(
    *, programme: Programme, unit: Unit, month: date, why: str, by: User, today: date
) -> list[MonthlyFile]:
    """Make a month that was sent anew, and every later month that was sent: the receiver reads them all again."""
    months = queries.months_of(programme, [unit], today)[unit]
    sent = [each for each in months if each.sent and each.first >= month]
    if not sent or sent[0].first != month:
        raise Refused(_("The file of %(month)s is not sent, so nothing is corrected.") % {"month": f"{month:%Y-%m}"})
    # Months that are made already are made once more: they would rest on what was wrong.
    return [
        ask_for_file(programme=programme, unit=unit, month=each.first, by=by, today=today, why=why) for each in sent
    ]
