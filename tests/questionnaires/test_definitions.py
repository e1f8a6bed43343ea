"""What a questionnaire file may say, which questions follow from which answers, and the scores."""

from pathlib import Path

import pytest
import yaml
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

import lotsen.questionnaires
from lotsen.core.datafiles import FileFaults
from lotsen.employers.enums import classifications
from lotsen.questionnaires.definitions import Definition, asked, band_of, scores
from lotsen.questionnaires.enums import QuestionKind
from lotsen.questionnaires.exports import export_questionnaire
from lotsen.questionnaires.forms import parse_questionnaire
from lotsen.questionnaires.models import Version
from tests.questionnaires.definitions import (
    OPTIONS,
    definition,
    definitions,
    question,
    slow_asked,
    slow_score,
    values_of,
    words,
)

SHIPPED = sorted((Path(lotsen.questionnaires.__file__).parent / "data").glob("*.yaml"))
BASE = {
    "lotsen": 1,
    "code": "prov",
    "title": "Prov",
    "purpose": "participant",
    "sections": [{"code": "one", "text": "Del", "questions": [{"code": "q", "kind": "text", "text": "Fråga"}]}],
}


def faults(*questions, **given):
    """Return the faults of a file with these questions: place and sentence."""
    section = {"code": "one", "text": "Del", "questions": list(questions) or BASE["sections"][0]["questions"]}
    text = yaml.safe_dump({**BASE, "sections": [section], **given}, allow_unicode=True)
    with override("en"), pytest.raises(FileFaults) as caught:
        parse_questionnaire(text.encode(), "prov.yaml")
    return [(fault.field, fault.message) for fault in caught.value.faults]


def first(*questions, **given):
    ((field, message),) = faults(*questions, **given)
    return field.removeprefix("sections.1.questions."), message


def test_a_plain_text_stands_for_both_languages():
    found = parse_questionnaire(yaml.safe_dump(BASE).encode(), "prov.yaml")
    assert found.title == {"sv": "Prov", "en": "Prov"}
    assert found.languages == ["sv", "en"]


def test_other_languages_are_offered_where_every_question_has_them():
    arabic = {"sv": "Fråga", "en": "Question", "ar": "سؤال"}
    spoken = definition(question("a", text=arabic), title=arabic)
    assert spoken.languages == ["sv", "en", "ar"]
    assert definition(question("a"), title=arabic).languages == ["sv", "en"]


@pytest.mark.parametrize(
    ("questions", "place", "said"),
    [
        ([question("a"), question("a")], "2.code", "the code a stands twice"),
        ([question("a", "single")], "1", "`options` belong to the kinds single and multiple, and those need them"),
        ([question("a", "grid")], "1", "`rows` belong to the kind grid, and that needs them"),
        ([question("a", "needs")], "1", "`years` belong to the kind needs, and that needs them"),
        ([question("a", to=1)], "1", "`to` must be more than `from`"),
        ([question("a", to=40)], "1", "a scale has at most 11 steps"),
        ([question("a", "text", to=4)], "1", "`from` and `to` belong to scales and numbers"),
        ([question("a", anchors={9: words()})], "1", "`anchors` stand at steps of the scale"),
        (
            [question("a", "semantic", **{"from": 1, "to": 7})],
            "1",
            "a semantic scale needs `anchors` at both ends",
        ),
        ([question("a", when=[{"question": "b"}])], "1.when.1", "give `is`, or `at_least`, or `at_most`"),
        (
            [question("a", when=[{"question": "b", "is": ["y"]}]), question("b")],
            "1.when.1",
            "no question before this one has the code b",
        ),
        (
            [question("a", "single", options=OPTIONS), question("b", when=[{"question": "a", "is": ["z"]}])],
            "2.when.1",
            "a has no such option: z",
        ),
        (
            [question("a", "text"), question("b", when=[{"question": "a", "at_least": 1}])],
            "2.when.1",
            "a is no number; ask with `is`",
        ),
        ([question("a", text={"sv": "Fråga"})], "1", "this text is missing in: en"),
    ],
)
def test_wrong_question_is_refused_with_its_place_and_the_reason(questions, place, said):
    assert first(*questions) == (place, said)


@pytest.mark.parametrize(
    ("score", "place", "said"),
    [
        ({"items": ["z"]}, "scores.1.items.1", "z is no scale, row of a grid, or choice with values"),
        ({"items": ["a", "a"]}, "scores.1", "an item stands twice"),
        ({"items": ["a"], "reversed": ["b"]}, "scores.1", "reversed, and no item: b"),
        ({"items": ["a"], "missing": 1}, "scores.1", "`missing` must be less than the number of items"),
        (
            {"items": ["a"], "bands": [{"from": 3, "text": "Hög"}, {"from": 1, "text": "Låg"}]},
            "scores.1",
            "each band must begin higher than the one before",
        ),
    ],
)
def test_wrong_score_is_refused_with_its_place_and_the_reason(score, place, said):
    scored = [{"code": "s", "text": "Poäng", **score}]
    assert faults(question("a"), scores=scored) == [(place, said)]


def test_wheel_needs_two_grids_alike():
    def rows():
        return [{"code": "x", "text": words()}]

    said = "a wheel needs two grids with the same rows and the same scale"
    unlike = (question("now", "grid", rows=rows()), question("wished", "grid", rows=rows(), to=6))
    assert faults(*unlike, wheel={"now": "now", "wished": "wished"}) == [("wheel", said)]
    assert faults(question("now", "grid", rows=rows()), wheel={"now": "now", "wished": "gone"}) == [("wheel", said)]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_shipped_questionnaire_is_right_and_exports_to_the_same(file):
    found = parse_questionnaire(file.read_bytes(), file.name)
    assert found.code == file.stem
    again = export_questionnaire(Version(definition=found.model_dump(mode="json", by_alias=True)))
    assert parse_questionnaire(again.encode(), file.name) == found


@given(definitions())
def test_exported_questionnaire_loads_to_the_same(found):
    again = export_questionnaire(Version(definition=found.model_dump(mode="json", by_alias=True)))
    assert parse_questionnaire(again.encode(), "prov.yaml") == found


@given(st.data())
def test_only_questions_whose_conditions_hold_are_asked(data):
    found = data.draw(definitions())
    values = data.draw(values_of(found))
    assert set(asked(found, values)) == slow_asked(found, values)


@given(st.data())
def test_scores_are_those_of_the_slow_way(data):
    found = data.draw(definitions())
    values = data.draw(values_of(found))
    assert scores(found, values) == {score.code: slow_score(found, score, values) for score in found.scores}


@pytest.mark.parametrize(("items", "least", "most"), [(13, 13, 91), (29, 29, 203)])
def test_sense_of_coherence_is_scored_by_the_published_rules(items, least, most):
    (file,) = (file for file in SHIPPED if file.stem == f"soc-{items}")
    frame = parse_questionnaire(file.read_bytes(), file.name)
    assert frame.is_frame
    total, *parts = frame.scores
    assert len(total.items) == items
    assert len(total.reversed) == {13: 5, 29: 13}[items]
    sizes = [len(part.items) for part in parts]
    assert sizes == {13: [5, 4, 4], 29: [11, 10, 8]}[items]
    assert sorted(item for part in parts for item in part.items) == sorted(total.items)

    def summed(low):
        """Answer every item at its low or its high end, as it is worded."""
        ends = {
            code: (7 if code in total.reversed else 1) if low else (1 if code in total.reversed else 7)
            for code in total.items
        }
        return scores(frame, ends)["total"]

    assert [summed(low=True), summed(low=False)] == [least, most]
    # One statement left out: the total cannot be told.
    rest = dict.fromkeys(total.items[1:], 4)
    assert scores(frame, rest)["total"] is None


def test_soc_13_is_scored_as_a_hand_would():
    (file,) = (file for file in SHIPPED if file.stem == "soc-13")
    frame = parse_questionnaire(file.read_bytes(), file.name)
    # Items 1, 2, 3, 7 and 10 are turned: 8 less the answer.
    values = {f"item-{place}": 2 for place in range(1, 14)}
    found = scores(frame, values)
    assert found == {
        "total": 5 * 6 + 8 * 2,
        "comprehensibility": 6 + 4 * 2,
        "manageability": 2 * 6 + 2 * 2,
        "meaningfulness": 2 * 6 + 2 * 2,
    }


def test_missing_item_counts_as_the_mean_of_the_others_where_one_may_be_missing():
    scored = [{"code": "s", "text": words(), "items": ["a", "b", "c"], "missing": 1}]
    found = definition(question("a"), question("b"), question("c"), scores=scored)
    assert scores(found, {"a": 2, "b": 3})["s"] == 7.5
    assert scores(found, {"a": 2})["s"] is None


def test_band_is_the_last_one_reached():
    bands = [{"from": 0, "text": words("Låg")}, {"from": 5, "text": words("Hög")}]
    found = definition(question("a"), scores=[{"code": "s", "text": words(), "items": ["a"], "bands": bands}])
    (score,) = found.scores
    assert [(band_of(score, value) or {}).get("sv") for value in (None, 4, 5)] == [None, "Låg", "Hög"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("5321", "5321"), ("5321 Undersköterskor", "5321"), ("5321 något", "5321"), ("", None), ("xyz", None)],
)
def test_occupation_is_known_by_its_code(typed, code):
    assert classifications.code_of(QuestionKind.OCCUPATION, typed) == code


def test_occupation_is_known_by_its_name_whatever_the_capitals():
    names = classifications.names(QuestionKind.OCCUPATION)
    assert len(names) == 429
    assert all(classifications.code_of(QuestionKind.OCCUPATION, name.upper()) in names for name in names.values())


def test_definition_never_changes():
    with pytest.raises(ValueError, match="frozen"):
        definition(question("a")).code = "other"
    assert isinstance(definition(question("a")), Definition)
