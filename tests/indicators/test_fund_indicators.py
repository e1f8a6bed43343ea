"""The common indicators of the fund: who counts, what is not known, and that they add up."""

from datetime import date

import pytest
from django.utils.translation import override

from lotsen.cases.actions import enter_support, enter_whereabouts
from lotsen.cases.enums import Whereabouts
from lotsen.cases.models import FollowUp
from lotsen.core.acting import acting_as
from lotsen.indicators.queries import common_figures, common_indicators, common_members
from lotsen.indicators.queries.fund_indicators import FACTS, _periods
from lotsen.programmes.enums import FundPeriod
from lotsen.programmes.models import Programme
from tests import factories

AS_OF = date(2027, 6, 1)


@pytest.fixture
def of_fund(programme):
    """Give a function that says to which period of the fund the programme belongs."""

    def said(period: str) -> Programme:
        Programme.objects.filter(pk=programme.pk).update(fund_period=period)
        programme.refresh_from_db()
        return programme

    return said


def figures(programme, as_of=AS_OF) -> dict[str, tuple]:
    found = common_figures(programme, as_of)
    return {f.indicator.code: (f.women, f.men, f.total, f.of, f.unknown) for f in found.figures}


def case_of(programme, unit, support: str = "income_support", **facts):
    """Make a participant with some facts at entry; a woman of 30 where nothing else is said."""
    ended = facts.pop("ended", False)
    told = {"sex": "woman", "age": 30, **facts}
    return factories.CaseFactory(programme=programme, unit=unit, started=True, ended=ended, facts=told, support=support)


@pytest.mark.parametrize("period", ["esf-2014", "esf-plus-2021"])
def test_common_indicators_ask_for_facts_that_there_are(period):
    (row,) = (each for each in _periods() if each["fund_period"] == period)
    codes = [line["code"] for line in row["indicators"]]
    assert len(codes) == len(set(codes))
    assert set(row["total_of"]) <= set(codes)
    assert period in FundPeriod.values
    for line in row["indicators"]:
        assert ("when" in line) != ("lacks" in line), line["code"]
        assert set(line["name"]) == {"sv", "en"}
        assert {condition["fact"] for condition in line.get("when", [])} <= set(FACTS)
        assert set(line.get("within", [])) <= set(codes)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"registered_job_seeker": True}, "CO01"),
        ({"support": "unemployment_benefit"}, "CO01"),
        ({"registered_job_seeker": True, "months_without_work": 13}, "CO02"),
        ({"registered_job_seeker": True, "months_without_work": 7, "age": 24}, "CO02"),
        ({"registered_job_seeker": False}, "CO03"),
        ({"support": "student_finance"}, "CO03"),
        ({"support": "sickness_benefit"}, "CO04"),
        ({"employed_by_unit": True}, "CO05"),
        ({"age": 24}, "CO06"),
        ({"age": 55}, "CO07"),
        ({"age": 55, "support": "sickness_benefit"}, "CO08"),
        ({"has_upper_secondary": False}, "CO09"),
        ({"born_abroad": True}, "CO15"),
        ({"reduced_work_ability": True}, "CO16"),
    ],
)
def test_common_indicator_counts_who_was_so_at_entry(of_fund, pitea, facts, code):
    programme = of_fund("esf-2014")
    case_of(programme, pitea, **facts)
    assert figures(programme)[code][:3] == (1, 0, 1)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"registered_job_seeker": True, "months_without_work": 12}, "CO02"),
        ({"support": "student_finance"}, "CO04"),
        ({"age": 25}, "CO06"),
        ({"age": 54}, "CO07"),
        ({"has_upper_secondary": True}, "CO09"),
    ],
)
def test_common_indicator_leaves_out_who_was_not(of_fund, pitea, facts, code):
    programme = of_fund("esf-2014")
    case_of(programme, pitea, **facts)
    assert figures(programme)[code][2:] == (0, 1, 0)


def test_common_indicator_of_what_is_not_known_is_not_nought(of_fund, pitea):
    programme = of_fund("esf-2014")
    case_of(programme, pitea)
    found = figures(programme)
    assert found["CO01"][2:] == (0, 1, 1)
    assert found["CO15"][2:] == (0, 1, 1)
    # Lotsen keeps nothing of it: no figure at all.
    assert found["CO11"][2:] == (None, 1, 1)


def test_common_indicators_add_up_to_everybody(of_fund, pitea):
    programme = of_fund("esf-plus-2021")
    for facts in ({"registered_job_seeker": True}, {"registered_job_seeker": False}, {"employed_by_unit": True}, {}):
        case_of(programme, pitea, **facts)
    found = common_figures(programme, AS_OF)
    assert (found.participants, found.summed, found.without_status) == (4, 3, 1)
    assert figures(programme)["EECO01"][2] == 4


def test_common_results_look_four_weeks_and_six_months_after_the_exit(of_fund, pitea):
    programme = of_fund("esf-2014")
    works, studies, seeks = (case_of(programme, pitea, ended=True, age=56, born_abroad=True) for _n in range(3))
    enter_whereabouts(case=works, whereabouts=Whereabouts.WORK, since=date(2026, 9, 1))
    enter_whereabouts(case=studies, whereabouts=Whereabouts.STUDIES, since=date(2026, 9, 1))
    for case in (seeks,):
        type(case).objects.filter(pk=case.pk).update(destination=programme.destinations.get(code="annat"))
        enter_support(case=case, support="activity_grant", since=date(2026, 9, 1))
    FollowUp.objects.create(case=works, day=180, done_on=date(2027, 3, 2), answered=True, in_work=True)
    found = figures(programme)
    assert [found[code][2] for code in ("CR02", "CR04", "CR05", "CR06", "CR08", "CR09")] == [1, 1, 3, 1, 1, 1]
    # Two were not reached after six months: that is no no.
    assert found["CR06"][3:] == (3, 2)
    # On the day after the exit nobody could be asked yet.
    assert figures(programme, date(2026, 9, 2))["CR06"][2:] == (0, 0, 0)


def test_kolada_counts_what_lasted_a_month(of_fund, pitea):
    programme = of_fund("esf-2014")
    lasting, short, silent, other = (case_of(programme, pitea, ended=True) for _n in range(4))
    for case, in_work in ((lasting, True), (short, False)):
        told = {"answered": True, "in_work": in_work, "in_education": False}
        FollowUp.objects.create(case=case, day=90, done_on=date(2026, 12, 1), **told)
    FollowUp.objects.create(case=silent, day=90, done_on=date(2026, 12, 1), answered=False)
    type(other).objects.filter(pk=other.pk).update(destination=programme.destinations.get(code="annat"))
    assert common_figures(programme, AS_OF).kolada == (1, 3, 4)


def test_common_figure_and_its_list_are_one(of_fund, pitea):
    programme = of_fund("esf-plus-2021")
    cases = [case_of(programme, pitea, age=age) for age in (17, 18, 29, 30, 55)]
    for code, ages in (("EECO06", [17]), ("EECO07", [18, 29]), ("EECO08", [55])):
        assert figures(programme)[code][2] == len(ages)
        listed = common_members(programme, code, AS_OF, unknown=False)
        assert {case.age for case in cases if case.pk in listed} == set(ages)
    assert len(common_members(programme, "EECO02", AS_OF, unknown=True)) == 5
    assert common_members(programme, "EECO11", AS_OF, unknown=False) is None


def test_common_indicators_are_those_of_the_day_and_the_fund(of_fund):
    assert common_indicators(of_fund("esf-2007"), AS_OF) == ([], [])
    assert common_figures(of_fund(""), AS_OF) is None
    assert common_indicators(of_fund("esf-2014"), date(2013, 1, 1)) == ([], [])


def test_common_figures_are_counted_over_what_one_sees(
    of_fund, pitea, arvidsjaur, responsible, colleague, stranger, manager
):
    programme = of_fund("esf-plus-2021")
    for unit in (pitea, arvidsjaur, arvidsjaur):
        case_of(programme, unit)
    seen = []
    for who in (responsible, colleague, stranger, manager):
        with acting_as(who.pk):
            seen.append(common_figures(programme, AS_OF).participants)
    assert seen == [1, 2, 0, 3]


def test_page_of_common_indicators_opens_into_lists(of_fund, pitea, sign_in, manager):
    programme = of_fund("esf-plus-2021")
    case = case_of(programme, pitea, age=20)
    client = sign_in(manager)
    with override("en"):
        client.cookies["django_language"] = "en"
        page = client.get(f"/projects/{programme.pk}/common/?as_of=2026-10-01").content.decode()
        assert "Forecast" in page
        assert "Lotsen does not keep citizenship" in page
        listed = client.get(f"/projects/{programme.pk}/common/eeco07/members/?as_of=2026-10-01").content.decode()
    assert case.number in listed
