"""A register extract holds everything that is kept of somebody, readable and as JSON, and of nobody else."""

import json

import pytest
from django.urls import reverse
from django.utils.translation import override

from lotsen.core.acting import acting_as
from lotsen.people.models import Reading
from lotsen.records.exports import readable
from lotsen.records.queries import extract_of
from lotsen.records.queries.extract import tables_about_persons
from tests import factories


@pytest.fixture
def case(programme, pitea):
    """Return a case with a row in every table, and another beside it."""
    factories.whole_case(programme=programme, unit=pitea, person__family_name="Zandersson")
    return factories.whole_case(programme=programme, unit=pitea, number="ZUTDRAG1", person__family_name="Zutdragsson")


def test_extract_holds_a_row_of_every_table_that_tells_of_persons(case, responsible):
    with acting_as(responsible.pk):
        parts = extract_of(case.person)
    tables = {model for model, _path in tables_about_persons()}
    assert {part.model for part in parts} - {type(case.person)} == tables
    assert len(tables) > 15


@pytest.mark.parametrize("language", ["sv", "en"])
def test_extract_has_a_word_for_every_table_and_field(case, responsible, language):
    with acting_as(responsible.pk), override(language):
        tables = readable(extract_of(case.person))
    labels = {label for _title, _is_table, rows in tables for row in rows for label, _value in row}
    assert not [label for label in labels if "_" in label]
    if language == "sv":
        english = {"Given name", "Unit", "Since", "Steps", "Started"}
        assert not english & (labels | {title for title, _is_table, _rows in tables})


def test_coach_gets_the_extract_as_a_page_and_as_a_file(case, responsible, sign_in):
    client = sign_in(responsible)
    address = reverse("person_extract", args=[case.person_id])
    page = client.get(address).content.decode()
    number = case.person.identity_number
    assert [word in page for word in ("Zutdragsson", number, "ZUTDRAG1", "Zandersson")] == [True, True, True, False]
    answer = client.get(address, {"format": "json"})
    (person,) = json.loads(answer.content)
    assert person["Person"][0]["identity_number"] == number
    assert [case["number"] for case in person["Case"]] == ["ZUTDRAG1"]
    lines = Reading.objects.filter(user_id=responsible.pk)
    assert {(line.kind, line.page) for line in lines} == {("export", "person_extract")}


@pytest.mark.parametrize("who", ["colleague", "stranger"])
def test_extract_is_not_there_for_others(case, who, sign_in, request):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(reverse("person_extract", args=[case.person_id])).status_code == 404
