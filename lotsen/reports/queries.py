"""What a report says: built from the data and the texts, as plain values that can be frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from lotsen.cases.queries import protected_in
from lotsen.core import charts as svg
from lotsen.core.refused import Refused
from lotsen.core.text import amount, number, sort_key
from lotsen.indicators import queries as figures
from lotsen.indicators.exports import charts
from lotsen.indicators.exports.files import show, unknown_text
from lotsen.programmes.enums import Dimension, PartnerRole
from lotsen.programmes.models import Programme

from .enums import Section
from .models import Report, ReportText

#: The breakdowns that a report freezes for each indicator.
DIMENSIONS = (Dimension.SEX, Dimension.MUNICIPALITY)


def texts_of(programme: Programme) -> dict[str, str]:
    """Return section -> text of all headings, empty where nothing is written."""
    written = dict(ReportText.objects.filter(programme=programme).values_list("section", "body"))
    return {section.value: written.get(section.value, "") for section in Section}


def missing_texts(programme: Programme) -> list[Section]:
    """Return the headings that have no text yet."""
    texts = texts_of(programme)
    return [section for section in Section if not texts[section].strip()]


def check_ready(programme: Programme, as_of: date) -> None:
    """Refuse a report of a day with nothing to count, or without its texts."""
    figures.check_day(programme, as_of)
    missing = missing_texts(programme)
    if missing:
        names = ", ".join(str(section.label) for section in missing)
        raise Refused(_("The report has no text yet under: %(names)s. Write them first.") % {"names": names})


def report_content(programme: Programme, as_of: date, made_on: date) -> dict[str, Any]:
    """Return all that a report says, in the language in use: texts, figures, charts, and what each figure counts."""
    check_ready(programme, as_of)
    # Of what a figure needs and the project has not, nobody was asked: there is nothing to report.
    found = [item for item in figures.calculate_all(programme, as_of, DIMENSIONS) if not item.lacks]
    marks = {item.code: place for place, item in enumerate(found, start=1)}
    blocks = {
        Section.IDEA: [_participants_block(found, marks)],
        Section.RESULTS: _result_blocks(programme, as_of, found, marks),
        Section.EQUAL_TERMS: [_sex_block(found, marks)],
    }
    texts = texts_of(programme)
    return {
        "language": (get_language() or "sv")[:2],
        "title": _("Final report"),
        "programme": programme.name,
        "as_of": as_of.isoformat(),
        "as_of_words": _day(as_of),
        "made_on_words": _day(made_on),
        "made_on": made_on.isoformat(),
        "installation": settings.INSTALLATION_NAME,
        "facts": _facts(programme),
        "sections": [
            {
                "code": section.value,
                "heading": str(section.label),
                "paragraphs": [part.strip() for part in texts[section].split("\n\n") if part.strip()],
                "blocks": blocks.get(section, []),
            }
            for section in Section
        ],
        "appendix": [_appendix_row(item, marks) for item in found],
        "signature": [_("Date"), _("Signature of the project manager"), _("Name in print")],
    }


def _facts(programme: Programme) -> list[list[str]]:
    partners = list(programme.partners.select_related("organisation"))

    def having(role: PartnerRole, but: PartnerRole | None = None) -> str:
        found = [partner for partner in partners if role in partner.roles and but not in partner.roles]
        return ", ".join(partner.organisation.name for partner in found)

    rows = [
        [_("Project owner"), having(PartnerRole.OWNER)],
        [_("Period"), _("%(start)s to %(end)s") % {"start": _day(programme.starts_on), "end": _day(programme.ends_on)}],
        [_("Fund"), programme.fund.get((get_language() or "sv")[:2], "")],
        [_("Reference"), programme.reference],
        [_("Municipalities"), ", ".join(sorted((place.name for place in programme.area.all()), key=sort_key))],
        [_("Target groups"), ", ".join(group.name for group in programme.targetgroups.all())],
        [_("Partners"), having(PartnerRole.PARTNER, but=PartnerRole.OWNER)],
        [_("Co-financiers"), having(PartnerRole.CO_FINANCIER)],
        [_("Evaluator"), having(PartnerRole.EVALUATOR)],
        [_("Budget"), pgettext("budget", "Not known") if programme.budget is None else amount(programme.budget)],
        [_("Participants with a protected identity, in none of the figures"), protected_in(programme)],
        [_("Participants counted without a name, in none of the figures"), programme.anonymous_participants.count()],
        *([source.get_source_display(), amount(source.amount)] for source in programme.financing.all()),
    ]
    return [[str(name), str(value)] for name, value in rows if value]


def _participants_block(found: list[figures.Indicator], marks: dict[str, int]) -> dict[str, Any]:
    """How many took part, by municipality and sex."""
    item = next(item for item in found if item.code == "participants")
    header = [_("Group"), _("Participants")]
    rows = [[_("All"), show(item, item.total)]]
    for dim in DIMENSIONS:
        rows += [[group.label, show(item, group.figure)] for group in item.by.get(dim, [])]
    return _table(_("Participants"), header, rows, [marks[item.code]] + [None] * (len(rows) - 1))


def _result_blocks(
    programme: Programme, as_of: date, found: list[figures.Indicator], marks: dict[str, int]
) -> list[dict[str, Any]]:
    goals = figures.goal_statuses(programme, as_of)
    rows = [
        [status.goal.name, charts.target_text(status), charts.value_text(status), str(status.state.label)]
        for status in goals
    ]
    row_marks = [marks[status.goal.indicator] if status.indicator else None for status in goals]
    blocks = []
    if rows:
        header = [_("Goal"), _("Target"), _("Outcome"), _("State")]
        blocks.append(_table(_("Goals and outcome"), header, rows, row_marks))
        blocks += [_chart(_("Goals against outcome"), chart, said) for chart, said in charts.goals(goals)]
    if "ended_in_work_or_studies" not in marks:
        return blocks
    # By kind of destination only: a destination may tell of illness or prison, and the report leaves the unit.
    ended = figures.calculate(programme, figures.definition_of("ended"), as_of, [Dimension.OUTCOME])
    outcomes = charts.breakdown(ended, Dimension.OUTCOME, ended.by[Dimension.OUTCOME], None)
    if outcomes.rows:
        caption, header = _("Where those who ended went"), [_("Outcome"), _("Ended")]
        places = [[row["label"], row["value"]] for row in outcomes.rows]
        blocks.append(_table(caption, header, places, [marks["ended"]] * len(places)))
        blocks.append(_chart(caption, outcomes.charts[0], outcomes.words))
    return blocks


def _sex_block(found: list[figures.Indicator], marks: dict[str, int]) -> dict[str, Any]:
    """Every indicator of cases, for women and men."""
    header = [_("Indicator"), _("Women"), _("Men"), _("All"), _("No answer")]
    rows, row_marks = [], []
    for item in found:
        groups = {group.key: group.figure for group in item.by.get(Dimension.SEX, [])}
        if not groups:
            continue
        by_sex = [show(item, groups[sex]) if sex in groups else "–" for sex in ("woman", "man")]
        rows.append([item.name, *by_sex, show(item, item.total), _unknown(item)])
        row_marks.append(marks[item.code])
    return _table(_("Indicators for women and men"), header, rows, row_marks)


def _appendix_row(item: figures.Indicator, marks: dict[str, int]) -> dict[str, Any]:
    return {
        "mark": marks[item.code],
        "code": item.code,
        "name": item.name,
        "meaning": str(item.definition.meaning),
        "value": show(item, item.total),
        "as_of": item.as_of.isoformat(),
        "numerator": number(item.total.numerator),
        "denominator": number(item.total.denominator),
        "unknown": _unknown(item),
    }


def _unknown(item: figures.Indicator) -> str:
    return unknown_text(item.definition.measure, item.total)


def _table(caption: str, header: list[str], rows: list[list[str]], marks: list[Any]) -> dict[str, Any]:
    return {"kind": "table", "caption": caption, "header": header, "rows": rows, "marks": marks}


def _chart(caption: str, chart: str, alt: str) -> dict[str, Any]:
    return {"kind": "chart", "caption": caption, "alt": alt, "svg": svg.resolve(chart)}


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


@dataclass(frozen=True)
class Change:
    """A figure that is another one today than when the report was made, for the same day."""

    name: Any
    then: str
    now: str


def changes_since(report: Report) -> list[Change]:
    """Return the figures of a made report that the data gives otherwise today, for its own day, in its language."""
    with translation.override(report.content.get("language", report.language)):
        return list(_changes(report))


def _changes(report: Report) -> Iterator[Change]:
    now = {item.code: item for item in figures.calculate_all(report.programme, report.as_of)}
    for row in report.content.get("appendix", []):
        item = now.get(row["code"])
        if item is None:
            yield Change(row["name"], row["value"], "–")
            continue
        after = _appendix_row(item, {item.code: row["mark"]})
        if any(row[part] != after[part] for part in ("value", "numerator", "denominator", "unknown")):
            # The numbers are compared as the report wrote them; the name is read in the reader's language.
            yield Change(item.definition.code.label, _full(row), _full(after))


def _full(row: dict[str, str]) -> str:
    """Write a figure with what it rests on, since two equal shares may rest on different people."""
    if row["denominator"] == "–":
        return row["value"]
    return f"{row['value']} ({row['numerator']}/{row['denominator']}, {row['unknown']} ?)"
