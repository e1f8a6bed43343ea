"""What the tests of the pages of activities share: the coach's browser, in English."""

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def client(sign_in, responsible):
    """Return the coach's browser, in English."""
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    return client
