"""A table of unit costs as it is pasted from a spreadsheet: read whole, or refused with the place of every fault."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from lotsen.core.dates import MonthField
from lotsen.core.forms import Form
from lotsen.core.money import parse_amount
from lotsen.funding.enums import CostOf
from lotsen.funding.queries import Rate
from lotsen.programmes.enums import Support

#: A table of a call has some ten rows; what has more is another table.
_MOST_ROWS = 200


def _words() -> dict[str, str]:
    """Return what a means of support may be called, in both languages and by its code -> its code."""
    found = {code: code for code in Support.values}
    for language in ("sv", "en"):
        with override(language):
            found |= {str(label).lower(): code for code, label in Support.choices}
    return found


def _kinds() -> dict[str, CostOf]:
    found: dict[str, CostOf] = {}
    for language in ("sv", "en"):
        with override(language):
            found |= {str(kind.label).lower(): kind for kind in CostOf}
    return found


def parse_rates(text: str) -> list[Rate]:
    """Read the table. Raises `ValidationError` with a sentence for each fault: row, column, and what was expected."""
    lines = [(place, line) for place, line in enumerate(text.splitlines(), start=1) if line.strip()]
    kinds, words = _kinds(), _words()
    rates: list[Rate] = []
    faults: list[str] = []
    for place, line in lines[:_MOST_ROWS]:
        cells = [cell.strip().strip('"') for cell in re.split(r"[\t;]", line)]
        if place == lines[0][0] and cells[0].lower() not in kinds:
            continue  # the headings
        found = list(_faults_of(cells, kinds, words))
        faults += [_("Row %(row)s, column %(column)s: %(what)s") % {"row": place, **fault} for fault in found]
        if not found:
            of = kinds[cells[0].lower()]
            what = words[cells[1].lower()] if of == CostOf.PARTICIPANT else cells[1]
            rate = Rate(of, what, int(cells[2] or 0), parse_amount(cells[3]))
            if any((other.of, other.what, other.age_from) == (rate.of, rate.what, rate.age_from) for other in rates):
                faults.append(_("Row %(row)s: the same line stands above already.") % {"row": place})
            rates.append(rate)
    if len(lines) > _MOST_ROWS:
        faults.append(_("The table has more than %(most)s rows.") % {"most": _MOST_ROWS})
    if not rates and not faults:
        faults.append(_("The table has no row."))
    if faults:
        raise forms.ValidationError(faults)
    return rates


def _faults_of(cells: list[str], kinds: dict[str, CostOf], words: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield what is wrong in a row, with its column."""
    if len(cells) != 4:
        yield {"column": len(cells), "what": _("expected four columns: whose, what, from age, kronor an hour")}
        return
    of = kinds.get(cells[0].lower())
    if of is None:
        yield {"column": 1, "what": _("expected one of: %s") % ", ".join(str(kind.label) for kind in CostOf)}
    if of == CostOf.PARTICIPANT and cells[1].lower() not in words:
        yield {"column": 2, "what": _("expected one of: %s") % ", ".join(str(support.label) for support in Support)}
    if of == CostOf.STAFF and not 0 < len(cells[1]) <= 100:
        yield {"column": 2, "what": _("expected the name of a function")}
    if cells[2] and not re.fullmatch(r"\d{1,3}", cells[2], re.ASCII):
        yield {"column": 3, "what": _("expected an age in years, or nothing")}
    if not _is_cost(cells[3]):
        yield {"column": 4, "what": _("expected kronor an hour, for example 52,50")}


def _is_cost(text: str) -> bool:
    try:
        return 0 <= parse_amount(text) < 10**7
    except ValueError:
        return False


class RatesForm(Form):
    """A table of unit costs, from which month it holds, and the caps of staff hours that come with it."""

    since = MonthField(label=gettext_lazy("Holds from the month"))
    source = forms.CharField(label=gettext_lazy("Call, and where the table is published"), max_length=300)
    yearly_hours = forms.IntegerField(
        label=gettext_lazy("Most hours of one employee in a calendar year"), min_value=1, max_value=8784, required=False
    )
    daily_hours = forms.IntegerField(
        label=gettext_lazy("Most hours of one employee in a day"), min_value=1, max_value=24, required=False
    )
    table = forms.CharField(
        label=gettext_lazy("The table"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "Paste it from the spreadsheet, four columns: whose hour (participant or staff), means of support or "
            "function, from which age (may be empty), kronor an hour."
        ),
    )

    def clean_table(self) -> list[Rate]:
        """Read the table."""
        return parse_rates(self.cleaned_data["table"])

    def told(self) -> dict[str, Any]:
        """Return what the action takes by name."""
        data = self.cleaned_data
        return {
            "since": data["since"],
            "source": data["source"],
            "yearly_minutes": data["yearly_hours"] and data["yearly_hours"] * 60,
            "daily_minutes": data["daily_hours"] and data["daily_hours"] * 60,
            "rates": data["table"],
        }
