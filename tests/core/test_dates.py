"""Days as people type them, in forms and in commands."""

import argparse
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lotsen.core.dates import DayField, day_argument, parse_day, years_after
from lotsen.core.forms import Form

TODAY = date(2026, 11, 22)
QUICK = settings(max_examples=100, deadline=None, derandomize=True)
ANY_DAY = st.dates(min_value=date(1000, 1, 1))

SWEDISH = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SWEDISH_SHORT = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
ENGLISH_SHORT = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"]

#: How a day is written, with its year.
WITH_YEAR = {
    "2026-11-20": lambda d: d.isoformat(),
    "20261120": lambda d: d.strftime("%Y%m%d"),
    "2026/11/20": lambda d: d.strftime("%Y/%m/%d"),
    "2026.11.20": lambda d: d.strftime("%Y.%m.%d"),
    "2026 11 20": lambda d: d.strftime("%Y %m %d"),
    "20/11/2026": lambda d: f"{d.day}/{d.month}/{d.year}",
    "20/11 2026": lambda d: f"{d.day}/{d.month} {d.year}",
    "20.11.2026": lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
    "20-11-2026": lambda d: f"{d.day}-{d.month}-{d.year}",
    "20 november 2026": lambda d: f"{d.day} {SWEDISH[d.month - 1]} {d.year}",
    "20 November 2026": lambda d: f"{d.day} {ENGLISH[d.month - 1]} {d.year}",
    "20 nov 2026": lambda d: f"{d.day} {SWEDISH_SHORT[d.month - 1]} {d.year}",
    "20 nov. 2026": lambda d: f"{d.day} {SWEDISH_SHORT[d.month - 1]}. {d.year}",
    "20-Nov-2026": lambda d: f"{d.day:02}-{ENGLISH_SHORT[d.month - 1]}-{d.year}",
    "20  NOVEMBER  2026": lambda d: f"  {d.day}  {SWEDISH[d.month - 1].upper()}\u00a0 {d.year} ",
}
#: How a day of this year is written.
WITHOUT_YEAR = {
    "20/11": lambda d: f"{d.day}/{d.month}",
    "20.11": lambda d: f"{d.day}.{d.month:02}",
    "20-11": lambda d: f"{d.day:02}-{d.month:02}",
    "20 11": lambda d: f"{d.day} {d.month}",
    "20 nov": lambda d: f"{d.day} {SWEDISH_SHORT[d.month - 1]}",
    "20 nov.": lambda d: f"{d.day} {SWEDISH_SHORT[d.month - 1]}.",
    "20 november": lambda d: f"{d.day} {SWEDISH[d.month - 1]}",
    "20/Nov": lambda d: f"{d.day}/{ENGLISH_SHORT[d.month - 1]}",
}


def test_day_examples_are_written_as_they_are_called():
    written = {**WITH_YEAR, **WITHOUT_YEAR}
    day = date(2026, 11, 20)
    assert {name: " ".join(write(day).split()).lower() for name, write in written.items()} == {
        name: " ".join(name.split()).lower() for name in written
    }


@pytest.mark.parametrize("form", WITH_YEAR)
@QUICK
@given(ANY_DAY)
@example(date(2024, 2, 29))
@example(date(1000, 1, 1))
@example(date.max)
def test_day_with_its_year_is_read_back(form, day):
    assert parse_day(WITH_YEAR[form](day), TODAY) == day


@pytest.mark.parametrize("form", WITHOUT_YEAR)
@QUICK
@given(ANY_DAY, st.data())
def test_day_without_a_year_is_of_this_year(form, today, data):
    day = data.draw(st.dates(today.replace(month=1, day=1), today.replace(month=12, day=31)))
    assert parse_day(WITHOUT_YEAR[form](day), today) == day


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("idag", 0),
        ("i dag", 0),
        ("Today", 0),
        ("igår", -1),
        ("i går", -1),
        ("I GÅR", -1),
        ("yesterday", -1),
        ("imorgon", 1),
        (" i  morgon ", 1),
        ("tomorrow", 1),
    ],
)
def test_day_may_be_told_from_today(words, days):
    assert parse_day(words, TODAY) == TODAY + timedelta(days=days)


def test_day_names_every_month_in_both_languages():
    for names in (SWEDISH, ENGLISH, SWEDISH_SHORT, ENGLISH_SHORT):
        assert [parse_day(f"1 {name}", TODAY).month for name in names] == list(range(1, 13))


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("29/2 2024", TODAY, date(2024, 2, 29)),
        ("29 feb", date(2028, 1, 1), date(2028, 2, 29)),
        ("2000-02-29", TODAY, date(2000, 2, 29)),
    ],
)
def test_day_is_a_leap_day_where_the_year_has_one(text, today, day):
    assert parse_day(text, today) == day


@pytest.mark.parametrize("text", ["29/2", "29 feb 2026", "1900-02-29", "29.2.2100"])
def test_day_is_no_leap_day_where_the_year_has_none(text):
    with pytest.raises(ValueError, match=r"\S"):
        parse_day(text, TODAY)


NONSENSE = [
    *("", " ", "x", "20", "2026", "2026-11", "-", "20/", "/11", "31/2", "32/1", "0/1", "1/0", "1/13"),
    *("2026-13-01", "2026-00-10", "2026-11-31", "0000-01-01", "20261131", "2026-11-20 10:00", "20/11/2026/1"),
    *("20/11/26", "26-11-20", "261120", "nov", "nov 20", "november 2026", "20 novembr", "20 nov nov", "20 µ"),
    *("20²/11", "20/11 20266", "igårdag", "i morgon bitti", "<b>20/11</b>", "2026-11-20; drop table"),
]


@pytest.mark.parametrize("text", NONSENSE)
def test_day_is_not_guessed_from_nonsense(text):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the text is shown by the field, not by the error
        parse_day(text, TODAY)
    assert type(caught.value) is ValueError


@QUICK
@given(st.text("0123456789/-. janfebmriåigokt\u0661\n", max_size=14))
def test_day_is_a_day_or_a_refusal_whatever_is_typed(text):
    try:
        found = parse_day(text, TODAY)
    except ValueError as error:
        found = error
    assert type(found) in {date, ValueError}


def test_day_field_reads_what_people_type():
    this_year = timezone.localdate().year
    field = DayField()
    typed = ["2026-11-20", " 20 nov 2026 ", "20/11", "idag"]
    days = [date(2026, 11, 20), date(2026, 11, 20), date(this_year, 11, 20), timezone.localdate()]
    assert [field.clean(text) for text in typed] == days


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Write a day, for example 2026-11-20, 20/11 or 20 nov."),
        ("sv", "Skriv ett datum, till exempel 2026-11-20, 20/11 eller 20 nov."),
    ],
)
def test_day_field_says_how_a_day_is_written(language, sentence):
    with pytest.raises(ValidationError) as caught:
        DayField().clean("någon gång i vår")
    with override(language):
        assert (caught.value.messages, caught.value.code) == ([sentence], "invalid")


@pytest.mark.parametrize("far", ["0001-01-01", "1849-12-31", "2201-01-01", "9999-12-31"])
def test_day_field_takes_no_day_far_from_ours(far):
    with pytest.raises(ValidationError) as caught:
        DayField().clean(far)
    assert caught.value.code == "invalid"


@pytest.mark.parametrize("empty", ["", "   ", None])
def test_day_field_left_empty_is_none_where_none_is_needed(empty):
    assert DayField(required=False).clean(empty) is None
    with pytest.raises(ValidationError) as caught:
        DayField().clean(empty)
    assert caught.value.code == "required"


class DayForm(Form):
    """A form with one day."""

    on = DayField()


def test_day_field_shows_a_date_as_it_is_written_everywhere():
    assert DayForm(initial={"on": date(2026, 3, 1)})["on"].value() == "2026-03-01"


def test_day_field_keeps_what_was_typed_until_it_is_mended():
    form = DayForm({"on": "31/2"})
    assert not form.is_valid()
    assert form["on"].value() == "31/2"


def test_day_argument_reads_a_day_given_to_a_command():
    assert day_argument("31 aug 2018") == date(2018, 8, 31)


def test_day_argument_ends_a_command_with_a_sentence(capsys):
    parser = argparse.ArgumentParser(prog="lotsen")
    parser.add_argument("--on", type=day_argument)
    with pytest.raises(SystemExit) as caught:
        parser.parse_args(["--on", "31/2"])
    assert caught.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "lotsen: error: argument --on: '31/2' is not a day; write for example 2018-08-31"


@QUICK
@given(st.dates(min_value=date(1850, 1, 1), max_value=date(2100, 1, 1)), st.integers(-100, 100))
def test_years_after_keeps_the_day_but_for_the_29th_of_february(day, years):
    moved = years_after(day, years)
    assert (moved.year, moved.month) == (day.year + years, day.month)
    assert moved.day == day.day or (day.month, day.day, moved.day) == (2, 29, 28)
