"""Names are found and sorted in the Swedish way, and figures are written so that they can be read back."""

import re
import unicodedata

import pytest
from django.db import connection
from django.utils.translation import override
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lotsen.core.text import amount, local, number, search_key, sort_key, sound_key

QUICK = settings(max_examples=200, deadline=None, derandomize=True)
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
#: Letters of the languages that use Latin ones, small and capital.
LATIN = st.text(
    st.characters(min_codepoint=0x41, max_codepoint=0x17F, categories=("Lu", "Ll")) | st.just(" "), max_size=12
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Åsa Öberg", "asa oberg"),
        ("  ÅSA \t öberg ", "asa oberg"),
        ("Zoë Müller", "zoe muller"),
        ("José Nuñez", "jose nunez"),
        ("Łukasz Wałęsa", "lukasz walesa"),
        ("Søren Ærø", "soren aero"),
        ("Đorđe Þórðarson", "dorde thordarson"),
        ("Weiß", "weiss"),
        ("İbrahim Işık", "ibrahim isik"),
        ("O'Brien-Åkesson", "o'brien-akesson"),
        ("", ""),
    ],
)
def test_search_key_folds_accents_and_capitals(name, key):
    assert search_key(name) == key


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (("Andersson", "Anderson", "Andresson", "Anderssen"), "andrsn"),
        (("Mohammed", "Muhamad", "Mohamed"), "md"),
        (("Karlsson", "Carlsson"), "krlsn"),
        (("Wikström", "Vikstrom"), "vkstrm"),
        (("Hjalmarsson", "Jalmarsson"), "jlmrsn"),
        (("Åsa Öberg", "Asa Åberg"), "as abrg"),
        (("Sofia", "Sophia"), "sf"),
        ((" ", "-"), ""),
    ],
)
def test_sound_key_is_the_same_for_names_that_sound_alike(names, key):
    assert {sound_key(name) for name in names} == {key}


@QUICK
@given(LATIN)
@example("Åsa Öberg")
def test_search_key_is_the_same_however_the_name_is_typed(name):
    composed, taken_apart = unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)
    assert {search_key(composed), search_key(taken_apart), search_key(search_key(name))} == {search_key(name)}


@QUICK
@given(LATIN)
def test_search_key_has_no_capital_no_accent_and_no_second_space(name):
    key = search_key(name)
    assert key == key.lower()
    assert [c for c in key if unicodedata.combining(c)] == []
    assert key == " ".join(key.split())


FAMILY_NAMES = [
    *("Abrahamsson", "Ahlin", "Andersson", "Édes", "Eklund", "Élan", "Ericsson", "Eriksson", "Lind", "Lindh"),
    *("Svensson", "Vikström", "Wahlberg", "Yilmaz", "Zetterberg", "Åberg", "Åkesson", "Åström"),
    *("Ädel", "Ängquist", "Öberg", "Öman", "Östlund"),
]


def test_sort_key_puts_swedish_names_in_the_order_of_the_telephone_book():
    backwards = FAMILY_NAMES[::-1]
    assert sorted(backwards, key=sort_key) == FAMILY_NAMES


@pytest.mark.parametrize(
    "names",
    [
        ["Aaltonen", "Zander", "Åberg"],
        ["Berg Anna", "Berg Örjan", "Bergman Anna"],
        # Ü stands among the Y, Æ among the Ä, Ø among the Ö.
        ["Mattsson", "Myhr", "Müller", "Myrberg", "Mörk"],
        ["Ågren", "Ængel", "Ängman", "Øster", "Östman"],
        ["de Vries", "Dehlin", "Van Dijk", "Östman"],
    ],
)
def test_sort_key_puts_foreign_letters_where_swedes_look_for_them(names):
    backwards = names[::-1]
    assert sorted(backwards, key=sort_key) == names


@QUICK
@given(st.lists(st.text(LETTERS + LETTERS.upper() + " ", max_size=6), max_size=12))
def test_sort_key_agrees_with_the_alphabet_letter_by_letter(names):
    def places(name):
        return [(" " + LETTERS).index(letter) for letter in " ".join(name.lower().split())]

    assert sorted(names, key=sort_key) == sorted(names, key=places)


@QUICK
@given(LATIN)
def test_sort_key_is_the_same_however_the_name_is_typed(name):
    assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(unicodedata.normalize("NFC", name))


def test_sort_key_is_compared_byte_by_byte_in_the_database(db):
    """In any other collation `{`, which puts å, ä and ö last, is a sign that comes before the letters."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select collation_name from information_schema.columns"
            " where table_name = 'people_person' and column_name = 'sort_key'"
        )
        assert cursor.fetchall() == [("C",)]


@pytest.mark.parametrize(
    ("value", "decimals", "swedish", "english"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1000, 0, "1\u202f000", "1\u202f000"),
        (5_377_638, 0, "5\u202f377\u202f638", "5\u202f377\u202f638"),
        (1234.56, 1, "1\u202f234,6", "1\u202f234.6"),
        (-1234.5, 2, "-1\u202f234,50", "-1\u202f234.50"),
        (None, 0, "–", "–"),
    ],
)
def test_number_is_written_in_the_way_of_the_language(value, decimals, swedish, english):
    with override("sv"):
        assert number(value, decimals) == swedish
    with override("en"):
        assert number(value, decimals) == english


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("ore", "written"),
    [
        (0, "0 kr"),
        (1, "0,01 kr"),
        (100, "1 kr"),
        (537_763_800, "5\u202f377\u202f638 kr"),
        (123_450, "1\u202f234,50 kr"),
        (-150, "-1,50 kr"),
        (-1, "-0,01 kr"),
    ],
)
def test_amount_is_written_in_kronor(ore, written, language):
    with override(language):
        assert amount(ore) == written


@pytest.mark.parametrize("language", ["sv", "en"])
@QUICK
@given(st.integers(-(10**15), 10**15))
def test_amount_read_back_gives_the_ore(language, ore):
    with override(language):
        written = amount(ore)
    sign, kronor, rest = re.fullmatch(r"(-?)(\d{1,3}(?:\u202f\d{3})*)(?:,(\d\d))? kr", written).groups()
    read = int(kronor.replace("\u202f", "")) * 100 + int(rest or 0)
    assert (-read if sign else read) == ore


@pytest.mark.parametrize(
    ("names", "language", "shown"),
    [
        ({"sv": "Steg", "en": "Step"}, "sv", "Steg"),
        ({"sv": "Steg", "en": "Step"}, "en", "Step"),
        ({"sv": "Steg", "en": "Step"}, "en-gb", "Step"),
        ({"sv": "Steg", "en": "Step"}, "ar", "Steg"),
        ({"sv": "Steg", "en": ""}, "en", "Steg"),
        ({}, "sv", ""),
        (None, "en", ""),
    ],
)
def test_local_text_is_of_the_language_in_use_or_else_swedish(names, language, shown):
    with override(language):
        assert local(names) == shown


def test_local_text_without_a_language_is_swedish():
    with override(None):
        assert local({"sv": "Steg", "en": "Step"}) == "Steg"
