"""A sealed value opens in its own row only, with the key that it names, and is found by an index of another key."""

import hashlib
import hmac
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotsen.core.encryption import blind_index, decrypt, encrypt

QUICK = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    # The keys are set once and are the same in each example.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
OLD, NEW = b"o" * 32, b"n" * 32
#: What may come of a value that is not as it was sealed: it does not open, its key is unknown, or it is no text.
REFUSALS = (InvalidTag, KeyError, ValueError)


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.IDENTITY_KEYS = {"2026": NEW, "2025": OLD}
    settings.IDENTITY_INDEX_KEYS = {"2026": b"i" * 32}


@QUICK
@given(st.text(max_size=40), st.uuids())
def test_sealed_value_opens_in_its_row(value, row):
    assert decrypt(encrypt(value, row), row) == value


def test_sealed_value_does_not_show_what_it_holds():
    assert b"195501142284" not in encrypt("195501142284", uuid4())


def test_sealed_value_is_never_the_same_twice():
    row = uuid4()
    assert len({encrypt("195501142284", row) for _ in range(20)}) == 20


def test_sealed_value_moved_to_another_row_does_not_open():
    sealed = encrypt("195501142284", uuid4())
    with pytest.raises(InvalidTag):
        decrypt(sealed, uuid4())


@QUICK
@given(st.data())
def test_sealed_value_with_one_bit_changed_does_not_open(data):
    row = "a row"
    sealed = bytearray(encrypt("195501142284", row))
    place = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[place // 8] ^= 1 << place % 8
    with pytest.raises(REFUSALS):
        decrypt(bytes(sealed), row)


@QUICK
@given(st.data())
def test_sealed_value_cut_short_does_not_open(data):
    row = "a row"
    sealed = encrypt("195501142284", row)
    with pytest.raises(REFUSALS):
        decrypt(sealed[: data.draw(st.integers(0, len(sealed) - 1))], row)


def test_sealed_value_names_the_newest_key():
    assert encrypt("195501142284", uuid4()).partition(b":")[0] == b"2026"


def test_sealed_value_of_an_older_key_still_opens(settings):
    row = uuid4()
    settings.IDENTITY_KEYS = {"2025": OLD}
    sealed = encrypt("195501142284", row)
    settings.IDENTITY_KEYS = {"2026": NEW, "2025": OLD}
    assert decrypt(sealed, row) == "195501142284"


def test_sealed_value_does_not_open_under_the_name_of_another_key():
    row = uuid4()
    _, _, rest = encrypt("195501142284", row).partition(b":")
    with pytest.raises(InvalidTag):
        decrypt(b"2025:" + rest, row)


def test_sealed_value_of_a_key_that_is_gone_does_not_open(settings):
    row = uuid4()
    sealed = encrypt("195501142284", row)
    settings.IDENTITY_KEYS = {"2025": OLD}
    with pytest.raises(KeyError):
        decrypt(sealed, row)


def test_blind_index_finds_the_same_value_and_no_other():
    assert blind_index("195501142284") == blind_index("195501142284")
    assert blind_index("195501142284") != blind_index("195606172798")
    assert len(blind_index("")) == len(blind_index("195501142284")) == 32


def test_blind_index_hangs_on_its_own_key(settings):
    before = blind_index("195501142284")
    assert before == hmac.new(b"i" * 32, b"195501142284", hashlib.sha256).digest()
    assert before != hashlib.sha256(b"195501142284").digest()
    settings.IDENTITY_INDEX_KEYS = {"2027": b"j" * 32}
    assert blind_index("195501142284") != before


def test_blind_index_does_not_hang_on_the_key_that_seals(settings):
    before = blind_index("195501142284")
    settings.IDENTITY_KEYS = {"2027": b"x" * 32}
    assert blind_index("195501142284") == before
