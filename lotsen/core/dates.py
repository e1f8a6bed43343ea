"""Days and times as people type them."""

import argparse
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan januari january", "feb februari february", "mar mars march", "apr april", "maj may"),
            *("jun juni june", "jul juli july", "aug augusti august", "sep sept september", "okt oct oktober october"),
            *("nov november", "dec december"),
        ),
        start=1,
    )
    for name in names.split()
}
#: What lies outside is a slip of the pen, and what is counted from it may be no day at all.
_YEARS = range(1850, 2201)
_WORDS = {"idag": 0, "today": 0, "igår": -1, "yesterday": -1, "imorgon": 1, "tomorrow": 1}


def parse_day(text: str, today: date) -> date:
    """Read a day: 2026-11-20, 20261120, 20/11, 20.11.2026, 20 nov, 20 november 2026, today. Without a year, this year.

    Raises ValueError for what is no day.
    """
    words = " ".join(text.lower().split())
    if words.replace(" ", "") in _WORDS:
        return today + timedelta(days=_WORDS[words.replace(" ", "")])
    if found := re.fullmatch(r"(\d{4})[-/. ]?(\d{2})[-/. ]?(\d{2})", words):
        year, month, day = (int(part) for part in found.groups())
        return date(year, month, day)
    if found := re.fullmatch(r"(\d{1,2})[-/. ]+(\d{1,2}|[a-zåäö]+)\.?(?:[-/. ]+(\d{4}))?", words):
        first, second, third = found.groups()
        number = int(second) if second.isdigit() else _MONTHS.get(second, 0)
        return date(int(third) if third else today.year, number, int(first))
    raise ValueError(text)


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later, or earlier where the number is negative; for the 29th, the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def age_on(birth: date, on: date) -> int:
    """Return the age in whole years on a day."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def time_after(at: time, minutes: int) -> time:
    """Return the time of day so many minutes later; past midnight, that of the next day."""
    return (datetime.combine(date.min, at) + timedelta(minutes=minutes)).time()


def minutes_of(text: str) -> int:
    """Read hours and minutes, written 7, 7.30, 7:30 or 7,30, as minutes."""
    hours, _sign, minutes = text.replace(":", ".").replace(",", ".").partition(".")
    return int(hours) * 60 + int(minutes or 0)


def short_day(day: date) -> str:
    """Write a day without its year where it is this year's: 25 nov."""
    return _short_day(day, timezone.localdate().year, get_language() or "")


@lru_cache(maxsize=4096)
def _short_day(day: date, year: int, language: str) -> str:
    # Swedish writes months without a capital.
    form = "j b" if language.startswith("sv") else "j M"
    return formats.date_format(day, form if day.year == year else f"{form} Y")


#: The days of the week in words, Monday first.
WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def weekly(weekdays: Iterable[int], day_from: time | None, day_to: time | None, more: str = "") -> str:
    """Say on which days of the week (Monday is 1) and at which hours: `Mon, Tue 09.00 to 14.00, every other week`."""
    days = ", ".join(str(WEEKDAYS[day - 1]) for day in sorted(weekdays))
    hours = f"{day_from:%H.%M}–{day_to:%H.%M}" if day_from and day_to else ""
    return ", ".join(filter(None, (" ".join(filter(None, (days, hours))), more)))


class DayField(forms.CharField):
    """A day, typed in any of the ways that `parse_day` reads."""

    default_error_messages: ClassVar = {"invalid": _("Write a day, for example 2026-11-20, 20/11 or 20 nov.")}

    def clean(self, value: Any) -> Any:
        """Return a date, or None where none is needed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            day = parse_day(text, timezone.localdate())
        except ValueError:
            day = None
        if day is None or day.year not in _YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day

    def prepare_value(self, value: Any) -> Any:
        """Show a date as it is written everywhere."""
        return value.isoformat() if isinstance(value, date) else value


class MonthField(forms.RegexField):
    """A month, typed as 2026-11; its first day."""

    def __init__(self, **kwargs: Any) -> None:
        """Say in words how a month is written."""
        kwargs.setdefault("error_messages", {"invalid": _("Write a month, for example 2026-11.")})
        widget = forms.TextInput(attrs={"placeholder": "2026-11", "inputmode": "numeric"})
        super().__init__(r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$", widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return a date, or None where none is needed."""
        text = super().clean(value)
        return date.fromisoformat(f"{text}-01") if text else None

    def prepare_value(self, value: Any) -> Any:
        """Show a month as it is written everywhere."""
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class ClockField(forms.TimeField):
    """A time of day, typed as people type it: 10, 10.15, 10:15, 1015."""

    def __init__(self, **kwargs: Any) -> None:
        """Say in words how a time is written."""
        kwargs.setdefault("error_messages", {"invalid": _("Write a time, for example 10.15.")})
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **kwargs)

    def to_python(self, value: Any) -> time | None:
        """Read the time."""
        text = str(value or "").strip().replace(":", ".").replace(" ", "")
        if text.isdigit() and len(text) == 4:
            text = f"{text[:2]}.{text[2:]}"
        if text.isdigit():
            text += ".00"
        return super().to_python(text.replace(".", ":"))

    def prepare_value(self, value: Any) -> Any:
        """Show a time as it is written everywhere."""
        return f"{value:%H.%M}" if isinstance(value, time) else value


def day_argument(text: str) -> date:
    """Read a day given to a command. For argparse: what is no day ends the command with a sentence and exit code 2."""
    try:
        return parse_day(text, timezone.localdate())
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write for example 2018-08-31") from None
