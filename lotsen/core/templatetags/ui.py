"""Numbers, amounts and days as Lotsen writes them; the current page in the menu."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils import formats
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lotsen.core import dates, text

register = template.Library()


@register.filter
def day(value: date | None) -> SafeString | str:
    """Write a day so that it keeps its direction in a right-to-left page."""
    if value is None:
        return "–"
    return format_html('<span class="num">{}</span>', formats.date_format(value, "DATE_FORMAT"))


@register.filter
def short_day(value: date | None) -> SafeString | str:
    """Write a day of these weeks: without its year where it is this year's."""
    return "–" if value is None else format_html('<span class="num">{}</span>', dates.short_day(value))


@register.filter
def amount(value: int) -> str:
    """Write an amount in öre as kronor."""
    return text.amount(value)


@register.filter
def number(value: Any) -> str:
    """Write a number, with a decimal only where it has one; a dash for none."""
    if value is None or value == "":
        return "–"
    exact = Decimal(str(value))
    return text.number(exact, 0 if exact == exact.to_integral_value() else 1)


@register.filter
def local(names: dict[str, str]) -> str:
    """Return a text of the programme's in the language now in use."""
    return text.local(names)


@register.filter
def may(user: Any, permission: str) -> bool:
    """Tell whether a user holds a permission. For links to pages that ask for it."""
    return bool(user.is_authenticated and user.can(permission))


@register.simple_tag(takes_context=True)
def current(context: Any, *names: str) -> SafeString | str:
    """Mark the link of the page that is open, by the names of its addresses."""
    match = getattr(context.get("request"), "resolver_match", None)
    return SafeString('aria-current="page"') if match and match.url_name in names else ""


@register.simple_tag
def rows(page: Any, columns: Any) -> SafeString:
    """Write the rows of a list. In Python, since a long table is what costs a page its time."""
    first, *rest = columns
    # What begins each cell is the same in every row.
    begins = [f'<td class="{_classes(column)}" data-l="{escape(str(column.heading))}">' for column in rest]
    cells = list(zip(begins, (column.value for column in rest), strict=True))
    lines = []
    for row in page:
        name = _cell(first.value(row))
        # A row that leads nowhere stands as it is.
        address = first.link(row) if first.link else ""
        head = f'<a href="{escape(address)}">{name}</a>' if address else name
        body = "".join(f"{begin}{_cell(value(row))}</td>" for begin, value in cells)
        lines.append(f'<tr><th scope="row">{head}</th>{body}</tr>')
    return SafeString("".join(lines))


def _classes(column: Any) -> str:
    return " ".join(name for name, holds in (("number", column.is_number), ("minor", column.is_minor)) if holds)


def _cell(value: Any) -> SafeString:
    """Write a value: a day in the short way, a number in the way of the language, a dash for none."""
    if value is None or value == "":
        return SafeString("–")
    if isinstance(value, date):
        return SafeString(f'<span class="num">{value.isoformat()}</span>')
    if isinstance(value, int) and abs(value) < 1000:
        return SafeString(value)
    return escape(number(value) if isinstance(value, int | float | Decimal) else value)


@register.filter
def yes_no(value: Any) -> str:
    """Write yes, no, or a dash where it is not known: unknown is never no."""
    return "–" if value is None else _("Yes") if value else _("No")


#: The strokes of each kind of event, in a box of 20 by 20.
_ICONS = {
    "referral": "M4 4h12v12H4zM7 8h6M7 11h6",
    "start": "M6 4l9 6-9 6z",
    "step": "M3 16h4v-4h4V8h4V4h2",
    "whereabouts": "M10 17s5-5 5-9a5 5 0 0 0-10 0c0 4 5 9 5 9zM10 9.500v-.01",
    "support": "M4 6h12v9H4zM4 9h12",
    "plan": "M5 3h10v14H5zM8 7h4M8 10h4M8 13h2",
    "placement": "M3 8h14v8H3zM7 8V5h6v3",
    "attendance": "M4 10.500l4 4 8-9",
    "note": "M4 4h12v9H9l-3 3v-3H4z",
    "exit": "M8 4H4v12h4M9 10h8M14 7l3 3-3 3",
    "follow_up": "M4 5h12v8H9l-4 3v-3H4z",
}


@register.simple_tag
def event_icon(kind: str) -> SafeString:
    """Draw the sign of a kind of event."""
    return format_html(
        '<svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.7"><path d="{}"/></svg>',
        _ICONS[kind],
    )
