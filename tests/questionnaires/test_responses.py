"""Answering together with staff: both voices apart, what the case's page shows, and who may not."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.people.enums import DataCategory
from lotsen.questionnaires import actions, queries
from lotsen.questionnaires.enums import Voice
from lotsen.questionnaires.models import Response
from lotsen.questionnaires.queries import definition_of, newest_by_code
from tests import factories

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def case(programme, pitea):
    return factories.CaseFactory(programme=programme, unit=pitea, started=True)


def wheel(case, by, on, step, voice=Voice.PARTICIPANT):
    """Fill in a Life Wheel, every area at one step."""
    version = newest_by_code("life-wheel")
    response = actions.begin_response(case=case, version=version, voice=voice, by=by, on=on)
    areas = dict.fromkeys([row.code for row in definition_of(version).questions["now"].rows], step)
    actions.save_answers(response=response, entries={"now": {"value": areas}}, seen=0)
    actions.hand_in(response=response, recipient=None, on=on)
    return response


def test_coach_answers_with_the_participant_in_the_browser(case, responsible, sign_in):
    client = sign_in(responsible)
    listed = reverse("response_list", args=[case.pk])
    assert "Nothing answered yet" in client.get(listed, headers=ENGLISH).content.decode()
    version = newest_by_code("distance")
    begun = client.post(reverse("response_begin", args=[case.pk]), {"version": version.pk, "voice": "participant"})
    assert client.get(begun.url).status_code == 200
    sent = client.post(begun.url, {"shown": ["distance", "why"], "q_distance": "4", "q_why": "Språket", "seen": "0"})
    client.post(sent.url)
    response = Response.objects.get(case=case)
    assert (response.scores, response.values) == ({"nearness": 4}, {"distance": 4, "why": "Språket"})
    page = client.get(reverse("response_detail", args=[response.pk]), headers=ENGLISH).content.decode()
    assert ["4 of 10" in page, "Språket" in page, responsible.name in page] == [True] * 3


def test_same_questionnaire_is_gone_on_with_and_not_begun_twice(case, responsible):
    version, on = newest_by_code("distance"), date(2026, 4, 1)
    fields = {"case": case, "version": version, "by": responsible, "on": on}
    first = actions.begin_response(voice=Voice.PARTICIPANT, **fields)
    assert actions.begin_response(voice=Voice.PARTICIPANT, **fields) == first
    assert actions.begin_response(voice=Voice.STAFF, **fields) != first


def test_both_voices_stand_apart(case, responsible):
    wheel(case, responsible, date(2026, 4, 1), 3)
    wheel(case, responsible, date(2026, 4, 1), 8, Voice.STAFF)
    assert [(told.voice, len(told.responses)) for told in queries.told_by(case)] == [
        *((Voice.PARTICIPANT, 1), (Voice.STAFF, 1))
    ]


def test_both_voices_stand_side_by_side_on_the_page(case, responsible, sign_in):
    wheel(case, responsible, date(2026, 4, 1), 3)
    wheel(case, responsible, date(2026, 4, 2), 8, Voice.STAFF)
    (pair,) = queries.side_by_side(queries.told_by(case))
    assert pair.days == [(Voice.PARTICIPANT, date(2026, 4, 1)), (Voice.STAFF, date(2026, 4, 2))]
    assert pair.rows[0] == ("Health", [3, 8])
    page = sign_in(responsible).get(reverse("response_list", args=[case.pk]), headers=ENGLISH).content.decode()
    assert "Life wheel: both voices" in page


def test_wheel_of_two_days_is_drawn_on_the_page_of_the_case(case, responsible, sign_in):
    wheel(case, responsible, date(2026, 4, 1), 3)
    wheel(case, responsible, date(2026, 8, 1), 6)
    page = sign_in(responsible).get(reverse("case_detail", args=[case.pk]), headers=ENGLISH).content.decode()
    assert page.count("<polygon") == 2 * (5 + 2), "five rings and two rounds, for wide pages and for phones"
    assert "1 April 2026" in page
    assert "1 August 2026" in page


def test_sent_answers_are_never_changed(case, responsible):
    response = wheel(case, responsible, date(2026, 4, 1), 3)
    with pytest.raises(Refused, match="can no longer be changed"), transaction.atomic():
        actions.save_answers(response=response, entries={"now": {"value": {}}}, seen=9)
    with pytest.raises(Refused, match="sent already"):
        actions.hand_in(response=response, recipient=None, on=date(2026, 4, 2))


@pytest.mark.parametrize(
    ("code", "said"), [("soc-13", "a frame without texts"), ("labour-need", "not about participants")]
)
def test_what_cannot_be_asked_of_a_participant_is_refused(case, responsible, code, said):
    fields = {"case": case, "voice": Voice.PARTICIPANT, "by": responsible, "on": date(2026, 4, 1)}
    with pytest.raises(Refused, match=said):
        actions.begin_response(version=newest_by_code(code), **fields)


def test_answers_are_seen_by_the_unit_and_pseudonymously_by_the_manager(
    case, responsible, colleague, stranger, manager
):
    response = wheel(case, responsible, date(2026, 4, 1), 3)
    seen = {}
    for name, user in (
        ("responsible", responsible),
        ("colleague", colleague),
        ("stranger", stranger),
        ("manager", manager),
    ):
        with acting_as(user.pk):
            seen[name] = Response.objects.filter(pk=response.pk).count()
    assert seen == {"responsible": 1, "colleague": 0, "stranger": 0, "manager": 1}


def test_consent_opens_answers_only_where_it_names_them(case, responsible, alvsbyn, stranger, sign_in):
    wheel(case, responsible, date(2026, 4, 1), 3)
    address = reverse("response_list", args=[case.pk])
    assert sign_in(stranger).get(address).status_code == 404
    factories.consent_to(alvsbyn, case.person, responsible)
    assert "Life wheel" not in sign_in(stranger).get(address, headers=ENGLISH).content.decode()
    factories.consent_to(alvsbyn, case.person, responsible, categories=[DataCategory.ASSESSMENT], purpose="Mer")
    page = sign_in(stranger).get(address, headers=ENGLISH).content.decode()
    assert ["Life wheel" in page, "Answer now" in page] == [True, False]


def test_answers_with_a_history_only_from_when_they_are_sent(case, responsible):
    response = wheel(case, responsible, date(2026, 4, 1), 3)
    with connection.cursor() as cursor:
        cursor.execute(
            "select pgh_label from questionnaires_responseevent where id = %s order by pgh_id", [response.pk]
        )
        assert [label for (label,) in cursor.fetchall()] == ["insert", "update"]


def test_list_asks_as_many_queries_for_three_answers_as_for_one(case, responsible, sign_in):
    client = sign_in(responsible)
    address = reverse("response_list", args=[case.pk])
    counts = []
    for months in ([4], [5, 6]):
        for month in months:
            wheel(case, responsible, date(2026, month, 1), 3)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1]
