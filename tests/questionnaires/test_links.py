"""Answering by a link: what is saved, what is asked, what is refused, and that nobody can tell who answered what."""

import json

import pytest
from django.db import connection
from django.test import Client

from lotsen.core.acting import acting_as
from lotsen.questionnaires import actions
from lotsen.questionnaires.models import Recipient, Response
from lotsen.questionnaires.queries import newest_by_code
from tests import factories
from tests.questionnaires.conftest import answer, filled

FIRST = {"shown": "methods", "q_methods_motivation": "4", "q_methods_mapping": "2", "q_methods_groups": "1"}


def begun(token):
    """Return a browser that has begun to answer."""
    client = Client()
    client.post(f"/answer/{token}/")
    return client


def of(wave):
    return Response.objects.filter(wave=wave)


def test_employee_answers_by_link_and_is_thanked(wave, asked):
    ((recipient, token),) = asked(1)
    page = answer(token)
    assert "Tack! Dina svar är skickade." in page.content.decode()
    recipient.refresh_from_db()
    assert recipient.answered_on is not None
    (response,) = of(wave)
    assert response.values["methods"] == {"motivation": 3, "mapping": 3, "groups": 3}
    assert response.scores["methods"] == 9


def test_start_says_who_asks_and_that_answers_are_anonymous(wave, asked):
    ((_recipient, token),) = asked(1)
    page = Client().get(f"/answer/{token}/", headers={"Accept-Language": "en"}).content.decode()
    assert wave.programme.name in page
    assert "Nobody sees yours." in page


def test_link_that_nobody_was_sent_opens_nothing(wave, asked):
    asked(1)
    assert Client().get("/answer/aaaa-bbbb-cccc-dddd/").status_code == 404


def test_closed_wave_says_so_and_takes_nothing(wave, asked, today):
    ((_recipient, token),) = asked(1)
    client = begun(token)
    actions.close_wave(wave=wave, on=today)
    assert client.get(f"/answer/{token}/1/").status_code == 410
    assert client.post(f"/answer/{token}/1/", FIRST).status_code == 410
    assert not of(wave).exists(), "what was begun and not sent is nobody's answer"


def test_link_that_was_answered_by_changes_nothing(wave, asked):
    ((_recipient, token),) = asked(1)
    answer(token, step=3)
    for address in (f"/answer/{token}/", f"/answer/{token}/1/", f"/answer/{token}/check/"):
        assert "Thank you" in Client(headers={"Accept-Language": "en"}).post(address, FIRST).content.decode()
    (response,) = of(wave)
    assert response.values["methods"]["motivation"] == 3


def test_answers_are_continued_on_another_device(wave, asked):
    ((_recipient, token),) = asked(1)
    begun(token).post(f"/answer/{token}/1/", FIRST)
    page = Client().get(f"/answer/{token}/1/").content.decode()
    assert 'value="4" id="id_q_methods_motivation_3" checked>' in page


def test_what_must_be_answered_is_asked_for_and_may_be_declined(wave, asked):
    ((_recipient, token),) = asked(1)
    client = begun(token)
    page = client.post(f"/answer/{token}/1/", {"shown": "methods"}, headers={"Accept-Language": "en"})
    assert page.status_code == 422
    assert "Answer, or say that you would rather not." in page.content.decode()
    assert client.post(f"/answer/{token}/1/", {"shown": "methods", "q_methods_declined": "on"}).status_code == 302
    (response,) = of(wave)
    assert (response.values, response.declined) == ({}, {"methods"})


def test_page_that_saves_as_one_goes_says_when_and_keeps_what_could_be_read(wave, asked):
    ((_recipient, token),) = asked(1)
    client = begun(token)
    sent = {**FIRST, "q_methods_groups": "99", "keep": "1"}
    told = json.loads(client.post(f"/answer/{token}/1/", sent).content)
    assert (told["seen"], told["asked"]) == (0, list(told["asked"])), (
        "a row that could not be read leaves the grid as it was"
    )
    told = json.loads(client.post(f"/answer/{token}/1/", {**FIRST, "keep": "1"}).content)
    assert told["seen"] == 1
    assert told["said"].startswith(("Saved", "Sparat"))
    (response,) = of(wave)
    assert response.values == {"methods": {"motivation": 4, "mapping": 2, "groups": 1}}


def test_two_windows_do_not_overwrite_each_other_silently(wave, asked):
    ((_recipient, token),) = asked(1)
    client = begun(token)
    client.post(f"/answer/{token}/1/", {**FIRST, "seen": "0"})
    other = {**FIRST, "q_methods_motivation": "1", "seen": "0"}
    page = client.post(f"/answer/{token}/1/", other, headers={"Accept-Language": "en"})
    assert page.status_code == 422
    assert "Another window has saved" in page.content.decode()
    (response,) = of(wave)
    assert response.values["methods"]["motivation"] == 4
    # Sent once more from the page that shows both, it is meant.
    assert client.post(f"/answer/{token}/1/", {**other, "seen": str(response.revision)}).status_code == 302
    response.refresh_from_db()
    assert response.values["methods"]["motivation"] == 1


def test_page_that_saves_as_one_goes_does_not_overwrite_another_window_however_often_it_tries(wave, asked):
    ((_recipient, token),) = asked(1)
    client = begun(token)
    client.post(f"/answer/{token}/1/", {**FIRST, "seen": "0"})
    seen = "0"
    for _try in range(3):
        late = {**FIRST, "q_methods_motivation": "1", "seen": seen, "keep": "1"}
        told = json.loads(client.post(f"/answer/{token}/1/", late, headers={"Accept-Language": "en"}).content)
        seen = str(told["seen"])
        assert told["said"] == "Another window has changed these answers. Load the page again."
    (response,) = of(wave)
    assert response.values["methods"]["motivation"] == 4


def test_incomplete_answers_are_not_sent(wave, asked):
    ((recipient, token),) = asked(1)
    client = begun(token)
    client.post(f"/answer/{token}/1/", FIRST)
    client.post(f"/answer/{token}/check/")
    recipient.refresh_from_db()
    assert recipient.answered_on is None
    assert (
        "5 questions are still to be answered."
        in client.get(f"/answer/{token}/check/", headers={"Accept-Language": "en"}).content.decode()
    )


@pytest.mark.parametrize(
    "hostile",
    [
        {"q_methods_motivation": "<script>alert(1)</script>"},
        {"q_methods_motivation": "=cmd|' /C calc'!A0"},
        {"q_methods_motivation": ["1", "2"], "q_methods_mapping": ""},
        {"q_methods_motivation": "1e9"},
        {"seen": "abc"},
        {"shown": "x" * 1000},
    ],
)
def test_hostile_answer_is_refused_or_is_no_answer(wave, asked, hostile):
    ((_recipient, token),) = asked(1)
    page = begun(token).post(f"/answer/{token}/1/", {**FIRST, **hostile})
    assert page.status_code in {302, 422}
    (response,) = of(wave)
    assert set(response.values.get("methods", {}).values()) <= {1, 2, 3, 4, 5}


def test_text_of_a_megabyte_is_refused_and_script_is_shown_as_text(wave, asked):
    ((_recipient, token),) = asked(1)
    client = begun(token)
    last = len(filled())
    big = client.post(f"/answer/{token}/{last}/", {"shown": "most", "q_most": "a" * 1_000_000})
    assert big.status_code == 422
    client.post(f"/answer/{token}/{last}/", {"shown": "most", "q_most": "<script>alert(1)</script>"})
    page = client.get(f"/answer/{token}/check/").content.decode()
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_link_opens_the_own_rows_to_the_database_and_no_others(wave, asked):
    (_one, first), (_two, second) = asked(2)
    for token in (first, second):
        begun(token).post(f"/answer/{token}/1/", FIRST)
    with acting_as(None), connection.cursor() as cursor:
        assert [Recipient.objects.filter(wave=wave).count(), of(wave).count()] == [0, 0]
        cursor.execute("select set_config('lotsen.link', %s, true)", [first])
        assert [Recipient.objects.filter(wave=wave).count(), of(wave).count()] == [1, 1]


def test_nothing_stored_joins_an_anonymous_answer_to_who_was_asked(wave, asked):
    """Neither before nor after it is sent: no value stands in both rows but the wave, the programme and the unit."""
    (first, token), *others = asked(8)
    begun(token).post(f"/answer/{token}/1/", FIRST)

    def stored(model, key):
        with connection.cursor() as cursor:
            cursor.execute(f"select to_jsonb(r) from {model._meta.db_table} r where id = %s", [key])
            row = cursor.fetchone()[0]
        row = json.loads(row) if isinstance(row, str) else row
        public = {"wave_id", "programme_id", "unit_id", "version_id"}
        # The day on which the wave opened is the same for everybody.
        public |= {name for name, value in row.items() if value == wave.opens_on.isoformat()}
        return {
            str(value) for name, value in row.items() if name not in public and value not in (None, "", False, True, [])
        }

    (draft,) = of(wave)
    links = {f"['{link}']" for link in Recipient.objects.get(pk=first.pk).links}
    assert not stored(Response, draft.pk) & (stored(Recipient, first.pk) | links)
    for each, link in [(first, token), *others]:
        answer(link)
        assert not stored(Recipient, each.pk) & {
            text for key in of(wave).values_list("pk", flat=True) for text in stored(Response, key)
        }


def test_sent_answers_are_rewritten_together_so_that_their_order_tells_nothing(wave, asked):
    *most, (_last, token) = asked(6)
    for _recipient, link in most:
        answer(link)
    before = set(of(wave).values_list("pk", flat=True))
    answer(token)
    with connection.cursor() as cursor:
        cursor.execute("select count(distinct xmin::text) from questionnaires_response where wave_id = %s", [wave.pk])
        assert cursor.fetchone()[0] == 1, "one transaction has written them all"
    assert not before & set(of(wave).values_list("pk", flat=True))


def test_history_keeps_no_line_of_an_anonymous_answer_and_no_link(wave, asked):
    ((recipient, token),) = asked(1)
    answer(token)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from questionnaires_responseevent where wave_id = %s", [wave.pk])
        assert cursor.fetchone()[0] == 0
        cursor.execute("select count(*) from pghistory_context where metadata::text like %s", [f"%{token}%"])
        assert cursor.fetchone()[0] == 0
        cursor.execute("select count(*) from questionnaires_recipientevent where id = %s", [recipient.pk])
        assert cursor.fetchone()[0] > 1


def test_small_unit_is_not_told_on_an_anonymous_answer(wave, asked, arvidsjaur):
    ((_recipient, token),) = asked(1, arvidsjaur)
    answer(token)
    assert [response.unit for response in of(wave)] == [None]


def test_database_refuses_an_anonymous_answer_with_a_name(wave, pitea, asked):
    from django.db import IntegrityError, transaction

    ((recipient, _token),) = asked(1)
    fields = {
        "version": wave.version,
        "programme": wave.programme,
        "wave": wave,
        "voice": "staff",
        "is_anonymous": True,
    }
    with pytest.raises(IntegrityError, match="response_anonymous_tells_nobody"), transaction.atomic():
        Response.objects.create(recipient=recipient, began_on=None, **fields)


def test_employer_answers_the_need_of_labour_on_a_phone(programme, today):
    wave = factories.WaveFactory(
        programme=programme, version=newest_by_code("labour-need"), is_anonymous=False, title="Behov"
    )
    from lotsen.employers.models import Employer

    employer = Employer.objects.create(name="Provbolaget", sector="private")
    actions.ask(wave=wave, whom=[actions.Asked(name=employer.name, employer=employer)])
    ((_recipient, token),) = actions.write_letters(wave=wave, on=today)
    client = begun(token)
    client.post(f"/answer/{token}/1/", {"shown": ["industry", "employees"], "q_industry": "01", "q_employees": "12"})
    # The answer opens two more questions, which are shown before one goes on.
    reply = client.post(f"/answer/{token}/2/", {"shown": "recruits", "q_recruits": "y"})
    assert reply.url.startswith(f"/answer/{token}/2/")
    needs = {"q_needed_1": "5321", "q_needed_1_2018": "2", "q_hard": ["few", "language"]}
    reply = client.post(
        f"/answer/{token}/2/", {"shown": ["recruits", "needed", "hard"], "q_recruits": "y", "seen": "9", **needs}
    )
    assert reply.url.startswith(f"/answer/{token}/3/")
    client.post(f"/answer/{token}/3/", {"shown": ["internship", "contact"], "q_internship": "y", "q_contact": "n"})
    client.post(f"/answer/{token}/check/")
    (response,) = of(wave)
    assert response.completed_on == today
    assert response.recipient.employer == employer
    assert response.values == {
        "industry": "01",
        "employees": 12,
        "recruits": "y",
        "internship": "y",
        "contact": "n",
        "needed": [{"occupation": "5321", "2018": 2}],
        "hard": ["few", "language"],
    }


def test_anybody_takes_part_by_an_open_link_while_the_wave_is_open(wave, today, manager, sign_in):
    page = sign_in(manager).post(f"/surveys/{wave.pk}/link/").content.decode()
    token = page.split("/join/")[1].split("/")[0]
    own = [Client().post(f"/join/{token}/").url.split("/")[2] for _person in range(2)]
    assert len(set(own)) == 2
    for link in own:
        assert "Tack!" in answer(link).content.decode()
    assert [response.is_anonymous for response in of(wave)] == [True, True]
    assert Client().post("/join/aaaa-bbbb-cccc-dddd/").status_code == 404
    # Another link ends the first one, and a closed wave both.
    another = actions.open_to_all(wave=wave, on=today)
    assert actions.join(token=token, on=today) is None
    assert actions.join(token=another, on=today) is not None
    actions.close_wave(wave=wave, on=today)
    assert actions.join(token=another, on=today) is None


def test_answer_to_what_is_no_longer_asked_is_not_sent(programme, today):
    wave = factories.WaveFactory(
        programme=programme, version=newest_by_code("labour-need"), is_anonymous=False, title="Behov"
    )
    actions.ask(wave=wave, whom=[actions.Asked(name="Provbolaget")])
    ((recipient, token),) = actions.write_letters(wave=wave, on=today)
    response = actions.begin_by_link(recipient=recipient, token=token, on=today)
    given = {"industry": "01", "employees": 1, "recruits": "y", "hard": ["few"], "internship": "n", "contact": "n"}
    actions.save_answers(response=response, entries={code: {"value": value} for code, value in given.items()}, seen=0)
    actions.save_answers(response=response, entries={"recruits": {"value": "n"}}, seen=9)
    actions.hand_in(response=response, recipient=recipient, on=today)
    response.refresh_from_db()
    assert "hard" not in response.values
