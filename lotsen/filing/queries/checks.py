"""The check of a participant file, layer by layer: each fault names row, field and rule, and what to do."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lotsen.activities.queries import month_of
from lotsen.core.text import clock
from lotsen.filing.enums import Layer, Value
from lotsen.filing.models import FileRow, MonthlyFile

from .rows import Entry, reported_before

#: Rule -> its layer, whether it stops the file, the field, and the sentence.
RULES: dict[str, tuple[Layer, bool, Any, Any]] = {
    "number_missing": (
        *(Layer.FORMAT, True, _("Identity number")),
        _("There is no identity number. Write it in the person's record."),
    ),
    "substitute_unknown": (
        *(Layer.FORMAT, True, _("Identity number")),
        _("The layout says nothing that can stand for this protected identity. Ask the receiver, and load the layout."),
    ),
    "heading_missing": (
        *(Layer.FIELD, True, _("Heading")),
        _("“%(label)s” is empty. It is written in the project's template."),
    ),
    "number_twice": (
        *(Layer.PERSON, True, _("Identity number")),
        _("The same number stands in row %(other)s too. Merge the two records."),
    ),
    "started_outside": (
        *(Layer.PERSON, True, _("Start")),
        _("The start lies outside the project's period."),
    ),
    "hours_unsigned": (
        *(Layer.PERSON, True, _("Hours")),
        _("%(hours)s are not signed. Let participant and staff sign the month."),
    ),
    "roll_missing": (
        *(Layer.PERSON, True, _("Hours")),
        _("A roll is not called for this participant. Call it, and let the month be signed."),
    ),
    "hours_many": (
        *(Layer.PERSON, False, _("Hours")),
        _("%(hours)s are more than the %(most)s that one would expect of a month. Look whether it is right."),
    ),
    "month_running": (
        *(Layer.MONTH, True, _("Month")),
        _("The month is not over: this is a trial. The file can be sent from %(opens)s."),
    ),
    "month_late": (
        *(Layer.MONTH, False, _("Month")),
        _("The file should have been sent by %(closes)s."),
    ),
    "nobody": (
        *(Layer.MONTH, True, _("Participant")),
        _("Nobody of the unit took part in this month, so there is nothing to send."),
    ),
    "gone": (
        *(Layer.OVER_MONTHS, True, _("End")),
        _("Stood without an end in the file of %(month)s, and does not stand in this one. Correct from %(month)s on."),
    ),
    "start_changed": (
        *(Layer.OVER_MONTHS, True, _("Start")),
        _("The file of %(month)s says that the start was %(then)s. Correct from %(month)s on."),
    ),
    "came_back": (
        *(Layer.OVER_MONTHS, True, _("End")),
        _("The file of %(month)s says that the participant ended on %(then)s. Correct from %(month)s on."),
    ),
    "number_changed": (
        *(Layer.OVER_MONTHS, False, _("Identity number")),
        _("The number is another than in the file of %(month)s."),
    ),
}


@dataclass(frozen=True)
class Fault:
    """A rule that a row, or the whole file, does not keep; `told` are the words of its sentence."""

    rule: str
    case: UUID | None = None
    row: int | None = None
    told: dict[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Return what is kept of it with the file."""
        case = str(self.case) if self.case else None
        return {"rule": self.rule, "case": case, "row": self.row, "told": self.told, "is_error": RULES[self.rule][1]}


def said(fault: dict[str, Any]) -> dict[str, Any]:
    """Return a kept fault as it is shown, in the language now in use."""
    layer, is_error, name, sentence = RULES[fault["rule"]]
    words = {"layer": layer.label, "field": name, "sentence": str(sentence) % fault["told"]}
    return {**words, "row": fault["row"], "case": fault["case"], "is_error": is_error}


def window(month: date, weeks: int) -> tuple[date, date]:
    """Return the first and the last day on which the file of a month can be sent.

    It opens on the first of the next month and stays open for some weeks after the end of the month (SCB, the European
    Social Fund: within four weeks).
    """
    _first, last = month_of(month)
    return last + timedelta(days=1), last + timedelta(weeks=weeks)


def check(
    file: MonthlyFile, entries: list[Entry], rows: list[FileRow], heading: dict[str, str], today: date
) -> list[Fault]:
    """Return every fault of a file: format, fields, participants, the month, and all months together."""
    faults = [*_of_file(file, entries, heading, today)]
    places = Counter(bytes(row.number_index) for row in rows if row.number_index)
    first_at: dict[bytes, int] = {}
    before = reported_before(file)
    for entry, row in zip(entries, rows, strict=True):
        faults += [Fault(rule, row.case_id, row.position, told) for rule, told in _of_row(file, entry)]
        index = bytes(row.number_index) if row.number_index else b""
        if places[index] > 1:
            other = first_at.setdefault(index, row.position)
            if other != row.position:
                faults.append(Fault("number_twice", row.case_id, row.position, {"other": other}))
        if row.case_id in before:
            faults += [Fault(rule, row.case_id, row.position, t) for rule, t in _over(before[row.case_id], row)]
    return [*faults, *_gone(file, rows, before)]


def _of_file(file: MonthlyFile, entries: list[Entry], heading: dict[str, str], today: date) -> Iterator[Fault]:
    for line in file.layout.content["heading"]:
        if line["required"] and not heading[line["label"]]:
            yield Fault("heading_missing", told={"label": line["label"]})
    opens, closes = window(file.month, file.layout.content["weeks_open"])
    if today < opens:
        yield Fault("month_running", told={"opens": opens.isoformat()})
    elif today > closes:
        yield Fault("month_late", told={"closes": closes.isoformat()})
    if not entries:
        yield Fault("nobody")


def _of_row(file: MonthlyFile, entry: Entry) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is wrong with one participant, by itself."""
    programme, most = file.programme, file.layout.content["most_hours"]
    if not entry.number:
        yield ("substitute_unknown" if entry.is_substitute else "number_missing"), {}
    started = entry.case.started_on
    if started and not programme.starts_on <= started <= programme.ends_on:
        yield "started_outside", {}
    if entry.unsigned:
        yield "hours_unsigned", {"hours": clock(entry.unsigned)}
    if entry.lacks_roll:
        yield "roll_missing", {}
    if entry.minutes > most * 60:
        yield "hours_many", {"hours": clock(entry.minutes), "most": most}


def _over(then: FileRow, now: FileRow) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what an earlier file says otherwise."""
    month = f"{then.file.month:%Y-%m}"
    if then.started_on != now.started_on:
        yield "start_changed", {"month": month, "then": then.started_on.isoformat()}
    if then.ended_on and then.ended_on != now.ended_on:
        yield "came_back", {"month": month, "then": then.ended_on.isoformat()}
    if (then.number_index and bytes(then.number_index)) != (now.number_index and bytes(now.number_index)):
        yield "number_changed", {"month": month}


def _gone(file: MonthlyFile, rows: list[FileRow], before: dict[UUID, FileRow]) -> Iterator[Fault]:
    """Yield those who stood without an end in the file of the month before, and do not stand here."""
    here, previous = {row.case_id for row in rows}, month_of(file.month - timedelta(days=1))[0]
    for case, row in before.items():
        if case not in here and row.ended_on is None and row.file.month == previous:
            yield Fault("gone", case, None, {"month": f"{previous:%Y-%m}"})


def heading_of(file: MonthlyFile) -> dict[str, str]:
    """Return the lines above the table: label -> what stands there."""
    contact = file.made_by
    values = {
        Value.PROGRAMME: file.programme.names["sv"],
        Value.REFERENCE: file.programme.reference,
        Value.UNIT: file.unit.name,
        Value.MONTH: f"{file.month:%Y-%m}",
        Value.CONTACT: f"{contact.name}, {contact.email}" if contact else "",
    }
    return {line["label"]: line["text"] or values.get(line["value"], "") for line in file.layout.content["heading"]}
