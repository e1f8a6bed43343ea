"""What labour employers need: summed by year, industry and occupation, and no silence is a nought."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from lotsen.core.acting import acting_as
from lotsen.employers.models import Population
from lotsen.placements.models import Employment
from lotsen.profiles.models import Wish
from lotsen.programmes.models import Programme
from lotsen.questionnaires.queries import balances, labour_needs
from tests import factories


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def asap(db):
    return Programme.objects.get(code="asap")


def test_needs_of_the_demo_are_about_ninety_a_year_mostly_in_manufacturing_and_care(asap):
    found = labour_needs(asap)
    assert found.years == [2018, 2019, 2020, 2021, 2022]
    assert all(80 <= wanted <= 100 for wanted in found.by_year)
    assert (found.asked, found.answered < found.asked) == (254, True)
    assert {row.code for row in found.by_industry[:2]} == {"25", "87"}


def test_every_sum_is_the_sum_of_its_rows(asap):
    found = labour_needs(asap)
    for rows in (found.by_industry, found.by_occupation):
        assert [sum(row.by_year[n] for row in rows) for n in range(len(found.years))] == found.by_year
        assert sum(row.total for row in rows) == sum(found.by_year) == sum(need.wanted for need in found.needs)


def test_needs_are_seen_by_who_works_in_the_project_or_looks_over_it_and_nobody_else(asap, stranger):
    coach = factories.staff(asap.units.first())
    for user, sees in ((coach, True), (stranger, False)):
        with acting_as(user.pk):
            assert bool(labour_needs(asap).needs) is sees


def test_page_shows_how_many_have_answered_and_gives_the_rows_as_a_file(asap, sign_in):
    client = sign_in(factories.staff(asap.units.first()))
    client.cookies["django_language"] = "en"
    address = reverse("needs_overview", args=[asap.pk])
    page = client.get(address).content.decode()
    assert "of 254 employers have answered" in page
    assert "<svg" in page
    rows = client.get(address, {"export": "csv"}).content.decode().splitlines()
    assert len(rows) == len(labour_needs(asap).needs) + 1


def test_page_says_what_to_do_where_nobody_was_asked(programme, sign_in, responsible):
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("needs_overview", args=[programme.pk])).content.decode()
    assert "No employer has said" in page


def test_needs_stand_beside_who_was_recruited_who_wishes_and_who_is_trained(asap):
    coach = factories.staff(asap.units.first())
    with acting_as(coach.pk):
        rows = {row.code: row for row in balances(labour_needs(asap), asap, date(2026, 11, 1))}
    wished = Wish.objects.filter(case__programme=asap, occupation="7223").values("case").distinct().count()
    employed = Employment.objects.filter(case__programme=asap, occupation="7223").count()
    assert (rows["7223"].supply.wishing, rows["7223"].supply.recruited) == (wished, employed)
    assert wished > 0
    # What is needed in a year, on the average of the five.
    assert round(sum(row.needed for row in rows.values()) * 5) == sum(labour_needs(asap).by_year)
    assert "Nobody wishes it" in rows["2221"].words


def test_population_stands_beside_the_needs_with_its_source(asap, sign_in):
    client = sign_in(factories.staff(asap.units.first()))
    client.cookies["django_language"] = "en"
    page = client.get(reverse("needs_overview", args=[asap.pk])).content.decode()
    assert ("Needs beside the population: Robertsfors" in page, "Påhittad befolkningsframskrivning" in page) == (
        True,
        True,
    )
    Population.objects.all().delete()
    assert "No population forecast is loaded" in client.get(reverse("needs_overview", args=[asap.pk])).content.decode()
