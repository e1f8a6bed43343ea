"""Who gets a place: shares with their intervals, groups that lie apart, and no group in what is proposed."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from lotsen.employers.actions import register_workplace
from lotsen.employers.enums import Sector
from lotsen.matching.enums import Asked, By
from lotsen.matching.queries import behind
from lotsen.matching.queries.fairness import Group, Look, fairness
from lotsen.matching.queries.shares import Share
from lotsen.placements.actions import begin_placement, end_placement, keep_employment
from lotsen.placements.enums import EmployedAs
from tests import factories

DAY = date(2026, 5, 1)


@given(st.integers(0, 500), st.integers(0, 500))
def test_interval_holds_the_share_and_is_within_nought_and_a_hundred(counted, more):
    share = Share(counted, counted + more)
    low, high = share.interval
    assert 0 <= low <= high <= 100
    assert share.value is None or low - 1e-9 <= share.value <= high + 1e-9


@given(st.integers(1, 200), st.integers(0, 200), st.integers(2, 9))
def test_more_people_make_the_interval_narrower(counted, more, times):
    few, many = Share(counted, counted + more), Share(counted * times, (counted + more) * times)
    assert many.interval[1] - many.interval[0] <= few.interval[1] - few.interval[0] + 1e-9


@pytest.mark.parametrize(
    ("counted", "of", "low", "high"), [(0, 10, 0, 27.8), (5, 10, 23.7, 76.3), (81, 263, 25.5, 36.6)]
)
def test_interval_is_the_one_of_wilson(counted, of, low, high):
    """The third is the example of Newcombe (1998), table I."""
    assert [round(bound, 1) for bound in Share(counted, of).interval] == [low, high]


def test_groups_lie_apart_when_their_intervals_do_not_meet():
    def look(*counted):
        return Look(By.SEX, [Group(str(n), str(n), dict.fromkeys(Asked, Share(n, 100))) for n in counted])

    assert look(20, 80).is_apart
    assert not look(48, 52).is_apart
    assert not look(50).is_apart


def test_figures_count_what_came_of_each_participant(programme, pitea, responsible):
    woman, man = ({"sex": sex, "age": 30, "born_abroad": False} for sex in ("woman", "man"))
    placed, never, other = (
        factories.CaseFactory(programme=programme, unit=pitea, started=True, facts=facts)
        for facts in (woman, woman, man)
    )
    told = {"employer_name": "Ek", "sector": Sector.PRIVATE, "municipality": pitea.municipality}
    workplace = register_workplace(name="Köket", **told)
    kind = programme.kinds.get(code="praktik")
    placement = begin_placement(case=placed, workplace=workplace, kind=kind, on=DAY, without_analysis="Prov")
    end_placement(placement=placement, on=DAY)
    keep_employment(case=placed, from_on=DAY, employer_name="Ek", employed_as=EmployedAs.HOURLY)
    (by_sex, _by_age, _by_birth) = fairness(programme, responsible)
    found = {group.name: [(each.counted, each.of) for each in group.shares.values()] for group in by_sex.groups}
    assert found == {"Woman": [(0, 2), (1, 2), (1, 1), (1, 1)], "Man": [(0, 1), (0, 1), (0, 0), (0, 0)]}
    for look in (by_sex, _by_age, _by_birth):
        for group in look.groups:
            for asked, share in group.shares.items():
                assert behind(programme, responsible, look.by, group.key, asked).count() == share.counted
    assert never.placements.count() == other.placements.count() == 0


def test_page_is_of_who_works_in_the_project_or_looks_over_it(programme, sign_in, responsible, manager, stranger):
    address = reverse("fairness", args=[programme.pk])
    assert [sign_in(user).get(address).status_code for user in (responsible, manager, stranger)] == [200, 200, 404]


def test_share_opens_into_the_list_of_those_whom_it_counts(programme, pitea, sign_in, responsible, manager, stranger):
    facts = {"sex": "woman", "age": 30, "born_abroad": True}
    case = factories.CaseFactory(programme=programme, unit=pitea, started=True, facts=facts)
    told = {"employer_name": "Ek", "sector": Sector.PRIVATE, "municipality": pitea.municipality}
    workplace = register_workplace(name="Köket", **told)
    kind = programme.kinds.get(code="praktik")
    begin_placement(case=case, workplace=workplace, kind=kind, on=DAY, without_analysis="Prov")
    address = reverse("fairness_cases", args=[programme.pk, "sex", "placed"]) + "?group=woman"
    assert address in sign_in(responsible).get(reverse("fairness", args=[programme.pk])).content.decode()
    assert case.person.family_name in sign_in(responsible).get(address).content.decode()
    # Where the search is limited, a list by birth shows numbers, not names.
    by_birth = reverse("fairness_cases", args=[programme.pk, "birth", "placed"]) + "?group=abroad"
    page = sign_in(responsible).get(by_birth).content.decode()
    assert (case.number in page, case.person.family_name in page) == (True, False)
    # Who looks over the project sees the case without the name.
    page = sign_in(manager).get(address).content.decode()
    assert case.number in page
    assert case.person.family_name not in page
    assert sign_in(stranger).get(address).status_code == 404
    for wrong in (["health", "placed"], ["sex", "liked"]):
        assert sign_in(responsible).get(reverse("fairness_cases", args=[programme.pk, *wrong])).status_code == 404
