"""People are found by how their names sound, where the letters find nobody."""

import pytest
from django.urls import reverse

from tests import factories


@pytest.fixture
def case(programme, pitea, responsible):
    """Return a case whose person has a name that is easily misspelt."""
    return factories.CaseFactory(
        programme=programme, unit=pitea, person__given_name="Zaynab", person__family_name="Wikström"
    )


def found(client, text):
    """Search, and return what the page says of the person, and of names that sound alike."""
    page = client.post(reverse("case_search"), {"q": text}).content.decode()
    return "Zaynab Wikström" in page, "sound alike" in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wikstrom", (True, False)),
        ("Vikström", (True, True)),
        ("Zainab Vikstrum", (True, True)),
        ("Wikstöm", (False, False)),
        ("Bergqvist", (False, False)),
    ],
)
def test_misspelt_name_is_found_by_its_sound(case, responsible, sign_in, text, said):
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    assert found(client, text) == said


def test_name_of_others_does_not_exist_however_it_is_spelt(case, colleague, stranger, manager, sign_in):
    for user in (colleague, stranger, manager):
        client = sign_in(user)
        client.cookies["django_language"] = "en"
        assert found(client, "Vikström") == (False, False)
