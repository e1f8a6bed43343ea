"""The rows of the worklist, written in Python: fifty includes cost a page half its time."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lotsen.core.pages import link_to
from lotsen.core.templatetags.ui import short_day
from lotsen.worklist.queries import Row

register = template.Library()
_case = link_to("case_detail")


@register.simple_tag(takes_context=True)
def worklist_rows(context: Any, page: Any) -> SafeString:
    """Write a row for each thing that is due: whom, why, what to do, by when, and the last contact."""
    words: dict[str, str] = {name: escape(word) for name, word in _words().items()}
    return SafeString("".join(_row(row, words, context) for row in page))


def _words() -> dict[str, str]:
    """Return the words that every row has."""
    return {
        "choose": _("Choose"),
        "why": _("Why"),
        "what": _("What to do"),
        "by": _("By"),
        "contact": _("Last contact"),
        "interpreter": _("interpreter"),
    }


def _row(row: Row, words: dict[str, str], context: Any) -> str:
    due, rule = row.due, escape(row.due.rule.label)
    late = ' class="late"' if row.late_days else ""
    return (
        f'<tr><td class="pick">{_pick(row, words, rule)}</td><th scope="row" class="who">{_who(row, words)}</th>'
        f'<td data-l="{words["why"]}"><span class="ds-tag" data-color="{row.color}" data-size="sm">{rule}</span></td>'
        f'<td data-l="{words["what"]}"><a href="{escape(due.link)}">{escape(due.what)}</a>{_came(row, context)}</td>'
        f'<td data-l="{words["by"]}" class="nowrap"><bdi{late}>{escape(row.by_words)}</bdi>'
        f'<div class="small muted">{short_day(due.on)}</div></td>'
        f'<td data-l="{words["contact"]}" class="nowrap">{short_day(row.last_contact)}</td></tr>'
    )


def _pick(row: Row, words: dict[str, str], rule: str) -> str:
    if row.case is None:
        return ""
    label = f"{words['choose']} {escape(row.case.title)}, {rule}"
    key = row.case.pk
    return f'<input class="ds-input" type="checkbox" name="cases" value="{key}" form="bulk" aria-label="{label}">'


def _who(row: Row, words: dict[str, str]) -> str:
    if row.case is None:
        return format_html('<a href="{}">{}</a>', row.due.link, row.due.name)
    said = []
    if row.step:
        stairs = "".join('<i class="on"></i>' if is_reached else "<i></i>" for is_reached in row.stairs)
        step = escape(_("Step %(step)s of %(steps)s") % {"step": row.step, "steps": row.steps})
        said.append(f'<span class="mini" aria-hidden="true">{stairs}</span> {step}')
    if row.interpreter:
        said.append(f"{words['interpreter']} {escape(row.interpreter)}")
    beside = f'<div class="small muted normal">{" · ".join(said)}</div>' if said else ""
    return f'<a href="{_case(row.case)}">{escape(row.case.list_name)}</a>{beside}'


def _came(row: Row, context: Any) -> str:
    """Write the buttons of a meeting whose outcome is asked for."""
    if not row.due.meeting:
        return ""
    told = {"row": row, "came": context["came"]}
    return render_to_string("notes/_came_of_row.html", told, request=context["request"])
