"""Subsidised employments: what the dated rules say, and that nothing is said of what nobody knows."""

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lotsen.placements.queries.subsidies import Facts, allows_one, rules_for, subsidies

DAY = date(2026, 11, 1)
KNOWN = {
    "age": 30,
    "months_without_work": 18,
    "newly_arrived": False,
    "reduced_work_ability": False,
    "registered_job_seeker": True,
    "sector": "private",
}


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def met(code, first=DAY, months=12, **facts):
    (subsidy,) = [each for each in subsidies() if each.code == code]
    return {rule.words: rule.is_met for rule in rules_for(subsidy, Facts(**{**KNOWN, **facts}), first, months)}


@pytest.mark.parametrize(
    ("facts", "enough"),
    [
        ({"age": 30, "months_without_work": 12}, True),
        ({"age": 30, "months_without_work": 11}, False),
        ({"age": 22, "months_without_work": 6}, True),
        ({"age": 22, "months_without_work": 5}, False),
        ({"age": 30, "months_without_work": 0, "newly_arrived": True}, True),
        ({"age": 30, "months_without_work": None}, None),
        ({"age": None, "months_without_work": 24}, None),
        ({"age": 30, "months_without_work": 11, "newly_arrived": None}, None),
    ],
)
def test_new_start_job_asks_for_time_away_or_newly_arrived(facts, enough):
    (found,) = [value for words, value in met("new-start", **facts).items() if "without work" in words.lower()]
    assert found is enough


@pytest.mark.parametrize(("age", "months", "fits"), [(22, 12, True), (22, 13, False), (40, 24, True), (40, 25, False)])
def test_new_start_job_lasts_no_longer_than_the_age_allows(age, months, fits):
    (found,) = [value for words, value in met("new-start", age=age, months=months).items() if "At most" in words]
    assert found is fits


def test_extra_service_job_has_ended():
    assert met("extra", first=date(2021, 12, 31), sector="public")["It could begin until 2021-12-31."] is True
    assert met("extra", first=date(2022, 1, 1), sector="public")["It could begin until 2021-12-31."] is False


def test_sheltered_public_employment_is_of_public_employers():
    found = met("sheltered-public", sector="private", reduced_work_ability=True)
    assert found == {"Reduced work ability.": True, "The employer is: public.": False}


FACT = st.one_of(st.none(), st.booleans())


@given(
    st.builds(
        Facts,
        age=st.one_of(st.none(), st.integers(15, 80)),
        months_without_work=st.one_of(st.none(), st.integers(0, 400)),
        newly_arrived=FACT,
        reduced_work_ability=FACT,
        registered_job_seeker=FACT,
        sector=st.sampled_from(["private", "public", "association"]),
    ),
    st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    st.one_of(st.none(), st.integers(1, 60)),
)
def test_every_rule_has_words_and_more_knowledge_never_turns_yes_into_unknown(facts, first, months):
    for subsidy in subsidies():
        for rule in rules_for(subsidy, facts, first, months):
            assert rule.words.strip(". ")
            assert rule.is_met in {True, False, None}
        if (
            None not in {facts.age, facts.months_without_work, facts.newly_arrived, facts.reduced_work_ability}
            and months
        ):
            known = {
                rule.is_met for rule in rules_for(subsidy, facts, first, months) if "register" not in rule.words.lower()
            }
            assert None not in known


#: Not away for long enough, and no other ground.
NO_GROUND = {**KNOWN, "months_without_work": 3, "registered_job_seeker": False}


@pytest.mark.parametrize(
    ("told", "allowed"),
    [
        (dict.fromkeys(KNOWN) | {"sector": "private"}, None),
        (NO_GROUND | {"reduced_work_ability": True}, True),
        (NO_GROUND | {"newly_arrived": True}, True),
        (NO_GROUND | {"months_without_work": 13}, True),
        (NO_GROUND, False),
        # The only rule that is met is one that nobody has confirmed in its source.
        (NO_GROUND | {"registered_job_seeker": True}, None),
    ],
)
def test_law_allows_one_where_a_confirmed_rule_does_and_none_where_all_say_no(told, allowed):
    assert allows_one(Facts(**told), DAY) is allowed
