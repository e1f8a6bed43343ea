"""The editor: a questionnaire is changed question by question, shown as it will be, and published as a new version."""

import pytest
from django.db import transaction
from django.urls import reverse

from lotsen.core.refused import Refused
from lotsen.questionnaires import actions
from lotsen.questionnaires.definitions import editing
from lotsen.questionnaires.enums import Purpose
from lotsen.questionnaires.models import Questionnaire
from lotsen.questionnaires.queries import definition_of, latest_versions, newest_by_code
from tests.questionnaires.definitions import OPTIONS, definition, question

ENGLISH = {"Accept-Language": "en"}
NEW = {"kind": "scale", "text_sv": "Hur går det?", "text_en": "How is it going?", "low": "1", "high": "5"}


@pytest.fixture
def shipped():
    return newest_by_code("distance").questionnaire


@pytest.fixture
def asked():
    """Return a questionnaire of three questions, the last of which hangs on the first, as its file would hold it."""
    three = (
        question("a", "single", options=OPTIONS),
        question("b"),
        question("c", "text", when=[{"question": "a", "is": ["b"]}]),
    )
    return definition(*three).model_dump(mode="json", by_alias=True, exclude_defaults=True)


def codes(asked):
    return [[each["code"] for each in section["questions"]] for section in asked["sections"]]


def test_question_is_moved_within_its_page_and_over_its_end(asked):
    two = editing.with_section(asked, {"sv": "Två", "en": "Two"}, question("d"))
    assert codes(two) == [["a", "b", "c"], ["d"]]
    assert codes(editing.moved(two, 0, 1, -1)) == [["b", "a", "c"], ["d"]]
    assert codes(editing.moved(two, 0, 2, 1)) == [["a", "b"], ["c", "d"]]
    assert codes(editing.moved(two, 1, 0, -1)) == [["a", "b", "c", "d"]], "an empty page goes"
    assert codes(editing.moved(two, 0, 0, -1)) == codes(two), "there is nothing above the first"


def test_change_that_breaks_something_is_refused_with_the_reason(asked):
    with pytest.raises(Refused, match="no question before this one has the code a"):
        editing.without_question(asked, 0, 0)
    with pytest.raises(Refused, match="no question before this one has the code a"):
        editing.moved(editing.moved(asked, 0, 2, -1), 0, 1, -1)
    assert codes(editing.without_question(asked, 0, 1)) == [["a", "c"]]


def test_codes_are_made_of_the_text_and_are_free():
    assert editing.free_code("Hur går det?", []) == "hur-gar-det"
    assert editing.free_code("Hur går det?", ["hur-gar-det", "hur-gar-det-2"]) == "hur-gar-det-3"
    assert editing.free_code("???", []) == "q"


def test_manager_adds_a_question_and_publishes_a_copy_of_the_organisation(shipped, manager, programme, sign_in):
    client = sign_in(manager)
    add = reverse("question_edit", args=[shipped.pk, 0, 0])
    edit = client.post(add, NEW).url
    page = client.get(edit, headers=ENGLISH).content.decode()
    assert ["How is it going?" in page, "You have changes that only you see." in page] == [True, True]
    published = client.post(reverse("questionnaire_publish", args=[shipped.pk])).url
    copy = Questionnaire.objects.get(code="distance", organisation=programme.lead_unit.organisation)
    assert published == reverse("questionnaire_detail", args=[copy.pk])
    assert list(definition_of(copy.versions.get()).questions) == ["distance", "why", "hur-gar-det"]
    assert list(definition_of(shipped.versions.last()).questions) == ["distance", "why"], "the shipped one stays"


def test_copy_of_the_organisation_stands_for_the_one_it_was_copied_from(shipped, manager, evaluator, stranger, sign_in):
    def offered(user):
        return [
            version
            for version in latest_versions(user, Purpose.PARTICIPANT)
            if version.questionnaire.code == "distance"
        ]

    assert [version.questionnaire for version in offered(manager)] == [shipped]
    client = sign_in(manager)
    client.post(reverse("question_edit", args=[shipped.pk, 0, 0]), NEW)
    client.post(reverse("questionnaire_publish", args=[shipped.pk]))
    assert [version.questionnaire.organisation is None for version in offered(manager)] == [False]
    assert [version.questionnaire for version in offered(stranger)] == [shipped], "another organisation's is not theirs"


def test_changes_are_seen_by_their_editor_alone_and_thrown_away(shipped, manager, evaluator, stranger, sign_in):
    client = sign_in(manager)
    client.post(reverse("question_edit", args=[shipped.pk, 0, 0]), NEW)
    assert actions.in_the_making(shipped, manager)[1] is True
    assert actions.in_the_making(shipped, evaluator)[1] is False
    for other in (evaluator, stranger):
        assert sign_in(other).get(reverse("questionnaire_edit", args=[shipped.pk])).status_code == 403
    client.post(reverse("questionnaire_undo", args=[shipped.pk]))
    assert actions.in_the_making(shipped, manager)[1] is False


def test_question_is_shown_as_it_will_be_while_it_is_written(shipped, manager, sign_in):
    client = sign_in(manager)
    add = reverse("question_edit", args=[shipped.pk, 0, 0])
    shown = client.post(add, {**NEW, "preview": "1"}, headers=ENGLISH).content.decode()
    assert shown.count('type="radio"') == 5
    half = client.post(add, {**NEW, "high": "", "preview": "1"}, headers=ENGLISH).content.decode()
    assert "this kind needs `from` and `to`" in half
    assert actions.in_the_making(shipped, manager)[1] is False, "nothing is kept by looking"


def test_choices_keep_their_codes_where_their_words_stay(shipped, manager, sign_in):
    client = sign_in(manager)
    add = reverse("question_edit", args=[shipped.pk, 0, 0])
    client.post(add, {**NEW, "kind": "single", "low": "", "high": "", "lines": "Ja | Yes\nNej | No"})
    changed = {**NEW, "kind": "single", "low": "", "high": "", "lines": "Kanske | Maybe\nJa | Yes, gladly"}
    client.post(reverse("question_edit", args=[shipped.pk, 0, 3]), changed)
    asked, _is_draft = actions.in_the_making(shipped, manager)
    options = asked["sections"][0]["questions"][2]["options"]
    assert [(each["code"], each["text"]["en"]) for each in options] == [("kanske", "Maybe"), ("ja", "Yes, gladly")]


def test_condition_is_written_in_words_and_shown_again(shipped, manager, sign_in):
    client = sign_in(manager)
    add = reverse("question_edit", args=[shipped.pk, 0, 0])
    client.post(add, {**NEW, "after": "distance", "answers": "up to 3"})
    asked, _is_draft = actions.in_the_making(shipped, manager)
    assert asked["sections"][0]["questions"][2]["when"] == [{"question": "distance", "at_most": 3}]
    page = client.get(reverse("question_edit", args=[shipped.pk, 0, 3]), headers=ENGLISH).content.decode()
    assert 'value="up to 3"' in page


def test_frame_is_published_when_every_statement_is_written(manager, programme):
    frame = newest_by_code("soc-13").questionnaire
    asked = frame.versions.last().definition
    organisation = programme.lead_unit.organisation

    def publish():
        with transaction.atomic():
            return actions.publish(
                questionnaire=frame, by=manager, organisation=organisation, on=frame.versions.last().made_on
            )

    with pytest.raises(Refused, match="Nothing has been changed"):
        publish()
    first, *others = asked["sections"][0]["questions"]
    some = [{**first, "text": {"sv": "Egen text 1", "en": "Own text 1"}}, *others]
    half = {**asked, "sections": [{**asked["sections"][0], "questions": some}]}
    actions.keep_edit(questionnaire=frame, by=manager, asked=half)
    with pytest.raises(Refused, match="Write these statements first: Påstående 2"):
        publish()
    written = [
        {**each, "text": {"sv": f"Egen text {n}", "en": f"Own text {n}"}} for n, each in enumerate([first, *others], 1)
    ]
    whole = {**asked, "sections": [{**asked["sections"][0], "questions": written}]}
    actions.keep_edit(questionnaire=frame, by=manager, asked=whole)
    assert definition_of(publish()).is_frame is False
