"""What came of choices: counted by rank and factor; weights suggested only with enough outcomes, never applied."""

import random

import pytest
from django.urls import reverse
from django.utils import timezone

from lotsen.core.refused import Refused
from lotsen.matching.actions import weigh
from lotsen.matching.definitions import all_factors, standard_weights
from lotsen.matching.queries import by_factor, by_rank, missing, suggest
from lotsen.matching.queries.learning import Outcome

SOFT = [factor for factor in all_factors() if factor.is_soft]
HELD = standard_weights()


def outcome(rank=1, completed=True, findings=None, **told):
    return Outcome(
        rank, findings or {}, **{"began": True, "is_over": True, "completed": completed, "employed": False} | told
    )


def made_up(true, count, seed=1):
    """Make up choices whose outcome follows true weights: one point of a full finding for each hundred of weight."""
    rng = random.Random(seed)
    rows = []
    for _n in range(count):
        findings = {factor.code: rng.choice(list(factor.findings)) for factor in SOFT}
        logit = sum(true[f.code] * f.findings[findings[f.code]].moves / 100 for f in SOFT) / 20
        rows.append(outcome(completed=rng.random() < 1 / (1 + 2.718281828 ** (1 - logit)), findings=findings))
    return rows


def test_nothing_is_suggested_before_there_are_enough_outcomes_of_both_kinds():
    few = made_up(HELD, 60)
    assert suggest(few, HELD) is None
    assert missing(few) > 0
    assert suggest([outcome(completed=True, findings=row.findings) for row in made_up(HELD, 3000)], HELD) is None
    assert suggest([], HELD) is None
    assert missing([]) == 10


def test_suggestion_comes_nearer_to_what_is_true_and_keeps_what_fits():
    true = {**HELD, "wish": 10, "supervision": 40, "travel": 0, "demands": 30}
    found = suggest(made_up(true, 4000), HELD)
    scale = sum(HELD.values()) / sum(true.values())
    assert {"wish", "supervision", "travel"} <= set(found.between)
    assert all(low <= found.weights[code] <= high for code, (low, high) in found.between.items())

    def away(weights):
        return sum(abs(weights[code] - true[code] * scale) for code in HELD)

    assert away(found.weights) < away(HELD) / 3
    assert all(found.weights[code] == HELD[code] for code in HELD if code not in found.between)


def test_outcomes_that_follow_the_weights_suggest_hardly_any_other():
    """One of twenty intervals misses by chance alone."""
    changed = [len(suggest(made_up(HELD, 3000, seed), HELD).between) for seed in range(5)]
    assert sum(changed) <= 0.15 * 5 * len(SOFT)


def test_outcomes_stand_by_rank_and_by_what_each_factor_found():
    rows = [
        outcome(1, completed=True, findings={"wish": "same"}, employed=True),
        outcome(5, completed=False, findings={"wish": "other"}),
        outcome(6, completed=True, findings={"wish": "same"}),
        outcome(None, completed=False, findings={}, began=False, is_over=False),
    ]
    counted = [[(share.counted, share.of) for share in came.shares] for came in by_rank(rows)]
    assert counted == [[(2, 2), (1, 2), (1, 2)], [(1, 1), (1, 1), (0, 1)], [(0, 1), (0, 0), (0, 0)]]
    wish = next(told for told in by_factor(rows) if told.factor.code == "wish")
    counted = [[(share.counted, share.of) for share in pair] for pair in wish.pairs]
    assert counted == [[(2, 2), (1, 1)], [(2, 2), (0, 1)], [(1, 2), (0, 1)]]


def sent(**changed):
    soft = {factor.code: HELD[factor.code] for factor in SOFT}
    return {**soft, "why": "Resan avgör här.", **changed}


def test_manager_weighs_anew_and_the_weighing_before_stays(programme, sign_in, manager):
    client, address = sign_in(manager), reverse("weigh", args=[programme.pk])
    assert client.post(address, sent(travel=40), follow=True).status_code == 200
    assert client.post(address, sent(travel=50, why="Ännu mer.")).url == reverse("weighing", args=[programme.pk])
    assert [(row.number, row.weights["travel"]) for row in programme.factor_weights.all()] == [(2, 50), (1, 40)]
    client.cookies["django_language"] = "en"
    page = client.get(reverse("weighing", args=[programme.pk])).content.decode()
    assert "Resan avgör här." in page
    assert "more outcomes of the rarer kind" in page


def test_weights_without_a_reason_or_beyond_a_hundred_are_refused_with_what_was_written(programme, sign_in, manager):
    client, address = sign_in(manager), reverse("weigh", args=[programme.pk])
    answer = client.post(address, sent(travel=140, why=""))
    assert answer.status_code == 422
    assert 'value="140"' in answer.content.decode()
    assert client.post(address, sent(**{factor.code: 0 for factor in SOFT})).status_code == 422
    assert not programme.factor_weights.exists()


def test_action_refuses_unknown_factors_and_says_what_it_wants(programme, manager):
    told = {"programme": programme, "why": "Prov", "by": manager, "at": timezone.now()}
    for weights in ({"wish": 10}, {**HELD, "sex": 5}, {}):
        with pytest.raises(Refused, match="from 0 to 100"):
            weigh(weights=weights, **told)


def test_weighing_is_read_by_the_project_and_set_by_who_looks_over_it(
    programme, sign_in, manager, responsible, colleague, stranger
):
    address = reverse("weighing", args=[programme.pk])
    assert [sign_in(user).get(address).status_code for user in (manager, responsible, colleague)] == [200, 200, 200]
    assert sign_in(stranger).get(address).status_code == 404
    for user in (responsible, colleague, stranger):
        assert sign_in(user).post(reverse("weigh", args=[programme.pk]), sent(travel=40)).status_code == 403
    assert not programme.factor_weights.exists()
