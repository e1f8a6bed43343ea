"""A table of unit costs as it is pasted: whole, or refused with row and column."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from lotsen.core.money import parse_amount
from lotsen.core.text import amount
from lotsen.funding.enums import CostOf
from lotsen.funding.forms import parse_rates
from lotsen.funding.queries import Rate
from lotsen.programmes.enums import Support


def faults_of(text: str) -> list[str]:
    with pytest.raises(ValidationError) as error:
        parse_rates(text)
    return error.value.messages


@pytest.mark.parametrize("sign", ["\t", ";"])
def test_rates_are_read_as_they_are_pasted(sign):
    lines = (
        ("Vems timme", "Försörjning", "Från ålder", "Kronor"),
        ("Deltagare", "Försörjningsstöd", "", "50,33"),
        ("participant", "activity_grant", "25", "1 081.50"),
        ("Personal", "Projektledare", "", "410"),
    )
    assert parse_rates("\n".join(sign.join(line) for line in lines)) == [
        Rate(CostOf.PARTICIPANT, Support.INCOME_SUPPORT, 0, 5_033),
        Rate(CostOf.PARTICIPANT, Support.ACTIVITY_GRANT, 25, 108_150),
        Rate(CostOf.STAFF, "Projektledare", 0, 41_000),
    ]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Deltagare;Försörjningsstöd;50", "Row 2, column 3"),
        ("Hund;Försörjningsstöd;;50", "Row 2, column 1"),
        ("Deltagare;Fickpengar;;50", "Row 2, column 2"),
        ("Personal;;;50", "Row 2, column 2"),
        ("Deltagare;Försörjningsstöd;ung;50", "Row 2, column 3"),
        ("Deltagare;Försörjningsstöd;;femtio", "Row 2, column 4"),
        ("Deltagare;Försörjningsstöd;;-5", "Row 2, column 4"),
        ("Deltagare;Försörjningsstöd;;=1+1", "Row 2, column 4"),
        ("Deltagare;Försörjningsstöd;;50,333", "Row 2, column 4"),
        ("Deltagare;Aktivitetsstöd;;51", "Row 2"),
    ],
)
def test_rates_with_a_fault_are_refused_whole_with_its_place(line, place):
    (fault,) = faults_of(f"Deltagare;Aktivitetsstöd;;50\n{line}")
    assert fault.startswith(place)


def test_rates_tell_every_fault_at_once():
    assert len(faults_of("Hund;a;b;c\nDeltagare;Fickpengar;ung;mycket\nDeltagare;Fickpengar;ung;mycket")) == 6


def test_rates_of_no_row_are_no_table():
    assert len(faults_of("Vems timme;Försörjning;Från ålder;Kronor")) == 1
    assert len(faults_of(" ")) == 1


@given(st.integers(-(10**14), 10**14))
def test_amounts_are_read_as_they_are_written(ore):
    assert parse_amount(amount(ore)) == ore


@given(st.text())
def test_amounts_never_break(text):
    with suppress(ValueError):
        parse_amount(text)
