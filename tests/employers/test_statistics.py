"""Tables of the statistics office: read as they are, summed once, and refused with a sentence."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lotsen.core.cubes import read_cube
from lotsen.core.refused import Refused
from lotsen.employers.actions import load_table
from lotsen.employers.enums import Ages
from lotsen.employers.models import OccupationSexes, Population, TravelTime
from lotsen.employers.queries import population

PITEA, ALVSBYN, DAY = "2581", "2560", date(2026, 11, 1)

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def cube(dimensions, values, **more):
    """Return a JSON-stat 2 file: dimension -> its codes, or code -> words."""
    told = {
        name: {"category": {"index": list(codes), "label": dict(codes) if isinstance(codes, dict) else {}}}
        for name, codes in dimensions.items()
    }
    data = {"version": "2.0", "class": "dataset", "label": "Prov", "id": list(dimensions)}
    data |= {"size": [len(codes) for codes in dimensions.values()], "dimension": told, "value": values, **more}
    return json.dumps(data).encode()


def people(content):
    """Load a table, and return what is kept of it."""
    Population.objects.all().delete()
    load_table(cube=read_cube(content, "prov"), on=DAY)
    rows = Population.objects.values_list("municipality", "year", "ages", "people")
    return {(place, year, ages): n for place, year, ages, n in rows}


def test_population_is_summed_by_class_of_ages_without_the_sums_of_the_office():
    ages = {"15": "15 år", "16": "16 år", "64": "64 år", "65": "65 år", "100+": "100+ år", "tot": "totalt ålder"}
    content = cube(
        {"Region": ["00", PITEA], "Alder": ages, "Kon": {"1": "män", "2": "kvinnor"}, "Tid": ["2026"]}, [1] * 24
    )
    assert people(content) == {
        (PITEA, 2026, Ages.YOUNG): 2,
        (PITEA, 2026, Ages.WORKING): 4,
        (PITEA, 2026, Ages.OLD): 4,
    }


def test_sparse_values_and_a_mapped_index_are_read():
    content = json.loads(cube({"Region": [PITEA], "Alder": ["16", "65"], "Tid": ["2026"]}, {"1": 7}))
    content["dimension"]["Alder"]["category"]["index"] = {"65": 1, "16": 0}
    assert people(json.dumps(content).encode()) == {(PITEA, 2026, Ages.OLD): 7}


@pytest.mark.parametrize(
    "text",
    [
        "region;ålder;2026;2027\n2581 Piteå;16 år;10;11\n2581 Piteå;20 år;1;1\n2581 Piteå;totalt ålder;99;99\n",
        'region,ålder,Folkmängd 2026,Folkmängd 2027\n"2581 Piteå","16 år",10,11\n"2581 Piteå","20 år",1,1\n',
        "region;ålder;år;antal\n2581;16;2026;10\n2581;20;2026;1\n2581;16;2027;11\n2581;20;2027;1\n",
    ],
)
def test_csv_of_the_office_is_read_in_each_of_its_shapes(text):
    assert people(text.encode()) == {(PITEA, 2026, Ages.WORKING): 11, (PITEA, 2027, Ages.WORKING): 12}


def test_women_and_men_of_occupations_are_read():
    content = "yrke (SSYK 2012);kön;2024\n5330 Vårdbiträden;män;10\n5330 Vårdbiträden;kvinnor;30\n0000 okänt;män;5\n"
    OccupationSexes.objects.all().delete()
    load_table(cube=read_cube(content.encode("cp1252"), "prov"), on=DAY)
    assert list(OccupationSexes.objects.values_list("occupation", "year", "women", "men")) == [("5330", 2024, 30, 10)]


def test_minutes_by_bus_are_read_the_longest_of_the_day_and_loaded_anew():
    TravelTime.objects.all().delete()
    told = "från kommun;till kommun;{}\n2581 Piteå;2560 Älvsbyn;{}\n2581;2581;5\n2581;9999;5\n"
    for minutes in (50, 45):
        load_table(cube=read_cube(told.format("minuter", minutes).encode(), "prov"), on=DAY)
        assert list(TravelTime.objects.values_list("origin", "destination", "minutes")) == [(PITEA, "2560", minutes)]
    by_hour = "from;to;hour;minutes\n2581;2560;07-08;60\n2581;2560;08-09;40\n"
    load_table(cube=read_cube(by_hour.encode(), "prov"), on=DAY)
    assert TravelTime.objects.get().minutes == 60


def test_minutes_that_are_no_way_to_work_are_refused_and_nothing_is_kept():
    TravelTime.objects.all().delete()
    with pytest.raises(Refused, match="between one minute and a day"), transaction.atomic():
        load_table(cube=read_cube(b"from;to;minutes\n2581;2560;60\n2560;2581;9000\n", "prov"), on=DAY)
    assert not TravelTime.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "cannot be read as JSON-stat"),
        (b'{"class": "collection"}', "not JSON-stat 2"),
        (cube({"Tid": ["2026"]}, [1], size=[9]), "size that it says"),
        (cube({"ContentsCode": ["a", "b"], "Tid": ["2026"]}, [1, 2]), "several kinds of figures"),
        (cube({"Tid": ["2026"]}, []), "size that it says"),
        (cube({"Tid": ["2026"]}, 7), "cannot be read as JSON-stat"),
        (("region;" + ";".join(f"A {year}" for year in (2026, 2026)) + "\n2581;1;2\n").encode(), "several kinds"),
    ],
)
def test_table_that_is_none_is_refused_with_a_sentence(content, said):
    with pytest.raises(ValidationError, match=said):
        read_cube(content, "prov")


def test_ages_on_both_sides_of_a_border_are_refused():
    with pytest.raises(Refused, match="both sides"):
        people(b"region;alder;2026\n2581;60-69;10\n")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["class", "version", "id", "size", "dimension", "value", "category", "index", "a"]),
                inner,
                max_size=5,
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_gives_cells_or_a_sentence(data):
    more = data if isinstance(data, dict) else {}
    content = json.dumps({"class": "dataset", "version": "2.0", "data": data, **more}).encode()
    try:
        assert all(0 <= cell.value <= 10**8 for cell in read_cube(content, "prov").cells)
    except ValidationError as refused:
        assert refused.messages[0]  # noqa: PT017 - both ways are right


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1, 10**400, True, "7", None, [1]])
def test_number_that_is_none_of_people_is_left_out(value):
    content = cube({"Region": [PITEA], "Alder": ["16", "65"], "Tid": ["2026"]}, [value, 7])
    assert people(content) == {(PITEA, 2026, Ages.OLD): 7}


@pytest.fixture
def client(sign_in, responsible):
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    return client


def load(client, content, name="prov.json"):
    return client.post(reverse("statistics"), {"file": SimpleUploadedFile(name, content)})


def test_table_that_is_loaded_again_replaces_what_was_there(client):
    Population.objects.all().delete()
    for n in (5, 6):
        assert load(client, cube({"Region": [PITEA], "Alder": ["16"], "Tid": ["2026"]}, [n])).status_code == 302
    assert Population.objects.get().people == 6
    assert "Prov" in client.get(reverse("statistics")).content.decode()


def test_table_of_sexes_is_known_by_its_columns(client):
    OccupationSexes.objects.all().delete()
    load(client, "yrke;kön;2024\n5330;män;10\n5330;kvinnor;30\n".encode(), "prov.csv")
    assert OccupationSexes.objects.get().share_of_women == 0.75


def test_table_of_something_else_is_refused_by_the_field(client):
    answer = load(client, cube({"Tid": ["2026"]}, [1]))
    assert (answer.status_code, b"The table has no municipality" in answer.content) == (422, True)


def test_population_is_told_for_years_of_which_every_municipality_has_figures(client):
    Population.objects.all().delete()
    load(client, cube({"Region": [PITEA, ALVSBYN], "Alder": ["16"], "Tid": ["2026"]}, [5, 6]))
    load(client, cube({"Region": [PITEA], "Alder": ["16"], "Tid": ["2027"]}, [7]))
    found = population([PITEA, ALVSBYN], 2020, 2030)
    assert (found.years, found.people) == ([2026], {Ages.WORKING: [11]})
