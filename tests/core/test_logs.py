"""A line of the log tells when and where, and says nothing about a person."""

import logging
import re
import sys

import pytest

from lotsen.core.logs import LineFormatter
from tests.factories import NUMBERS


def line_of(message, *values, says_all=False, **more):
    """Return a message as it is written."""
    record = logging.LogRecord("django.request", logging.WARNING, "views.py", 1, message, values, None)
    record.__dict__.update(more)
    return LineFormatter(says_all=says_all).format(record)


def test_line_tells_when_with_the_offset_how_bad_and_from_where():
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} WARNING django\.request Not Found: /x/",
        line_of("Not Found: %s", "/x/"),
    )


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b[31m", "\u2028", "\x00", "\x85"])
def test_message_stays_on_its_line(sign):
    assert "a b" in line_of("a%sb", sign[0]).replace("  ", " ")
    assert len(line_of(f"a{sign}b").splitlines()) == 1


@pytest.mark.parametrize(
    "form", [lambda n: n, lambda n: n[2:], lambda n: f"{n[:8]}-{n[8:]}", lambda n: f"{n[2:8]}+{n[8:]}"]
)
def test_identity_number_is_not_written(form):
    assert line_of(f"/persons/{form(NUMBERS[0])}/?q=x").endswith("/persons/(number)/?q=x")


@pytest.mark.parametrize("page", ["answer", "join", "welcome", "calendar", "at-work"])
def test_link_that_is_a_secret_is_not_written(page):
    assert line_of(f"Gone: /{page}/k7rq-m2xd-9fhp-w3tn/2/").endswith(f"Gone: /{page}/(link)/2/")


def test_address_of_a_row_is_written_whole():
    row = "12345678-1234-4123-8123-123456789012"
    assert line_of(f"/cases/{row}/").endswith(f"/cases/{row}/")


def test_exception_is_told_by_its_kind_and_place_with_its_cause_and_not_by_its_words():
    try:
        try:
            int("Zpiteasson")
        except ValueError as cause:
            raise KeyError("Zpiteasson") from cause
    except KeyError:
        told = line_of("x", exc_info=sys.exc_info())
        everything = line_of("x", exc_info=sys.exc_info(), says_all=True)
    assert "Zpiteasson" not in told
    assert re.search(r"in test_exception_is.*\nValueError\nwhich led to\n.*in test_exception_is.*\nKeyError$", told)
    assert "Zpiteasson" in everything
