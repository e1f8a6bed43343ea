"""A workshop's board: gathered from a survey, written on together, weighed by votes, and turned into decisions."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.questionnaires import actions, queries
from lotsen.questionnaires.models import Note
from lotsen.questionnaires.queries import newest_by_code
from tests import factories
from tests.questionnaires.conftest import hand_in

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def board(programme):
    return actions.make_board(programme=programme, title="Tillgänglighet", wave=None, on=date(2026, 5, 4))


def test_board_begins_with_what_a_survey_has_gathered(programme, asked, pitea, today):
    wave = factories.WaveFactory(programme=programme, version=newest_by_code("accessibility-equality"))
    for place, (recipient, token) in enumerate(asked(6, pitea, wave)):
        hand_in(recipient, token, strengths="Bra lokaler", threats=f"Hot {place % 2}")
    board = actions.make_board(programme=programme, title="Prov", wave=wave, on=today)
    notes = {(note.quadrant, note.text) for note in board.notes.all()}
    assert notes == {("strengths", "Bra lokaler"), ("threats", "Hot 0"), ("threats", "Hot 1")}


def test_units_write_on_it_together_and_votes_weigh(board, responsible, colleague, sign_in):
    address = reverse("board_detail", args=[board.pk])
    for user, text in ((responsible, "Trånga lokaler"), (colleague, "Lång kö")):
        assert sign_in(user).post(address, {"quadrant": "weaknesses", "text": text}).status_code == 302
    narrow, queue = (board.notes.get(text=text) for text in ("Trånga lokaler", "Lång kö"))
    for user, note in ((responsible, queue), (colleague, queue), (colleague, narrow), (colleague, narrow)):
        sign_in(user).post(reverse("note_vote", args=[note.pk]))
    found = dict(queries.fields_of(board, responsible))["weaknesses"]
    assert [(note.text, note.n, note.is_own) for note in found] == [("Lång kö", 2, True), ("Trånga lokaler", 0, False)]
    # Who has the page open gets the fields alone, every few seconds.
    part = sign_in(colleague).get(address, headers={"HX-Request": "true"}).content.decode()
    assert ["Lång kö" in part, "<html" in part] == [True, False]


def test_stranger_neither_sees_nor_writes(board, stranger, sign_in):
    note = actions.add_note(board=board, quadrant="threats", text="Hot")
    client = sign_in(stranger)
    assert client.get(reverse("board_detail", args=[board.pk])).status_code == 404
    assert client.post(reverse("note_vote", args=[note.pk])).status_code == 404
    with acting_as(stranger.pk):
        assert not Note.objects.filter(board=board).exists()


def test_decision_has_an_owner_and_a_day_and_is_done(board, responsible, sign_in, today):
    client = sign_in(responsible)
    address = reverse("board_detail", args=[board.pk])
    sent = {"text": "Köpa en ramp", "owner": str(responsible.pk), "due_on": today.isoformat()}
    assert client.post(address, sent).status_code == 302
    measure = board.measures.get()
    client.post(reverse("measure_finish", args=[measure.pk]))
    measure.refresh_from_db()
    assert (measure.owner, measure.done_on) == (responsible, today)
    wrong = client.post(address, {**sent, "due_on": "2020-01-01"}, headers=ENGLISH)
    assert (wrong.status_code, "The day has passed already." in wrong.content.decode()) == (422, True)


def test_board_says_no_to_a_name_that_is_taken_and_a_day_that_has_passed(board, programme, responsible, today):
    with pytest.raises(Refused, match="board of this name already"), transaction.atomic():
        actions.make_board(programme=programme, title=board.title, wave=None, on=today)
    with pytest.raises(Refused, match="has passed already"), transaction.atomic():
        actions.decide(board=board, text="x", owner=responsible, due_on=today - timedelta(days=1), on=today)
    assert actions.add_note(board=board, quadrant="threats", text="Hot") == actions.add_note(
        board=board, quadrant="threats", text=" Hot "
    ), "what stands there already is not written twice"
