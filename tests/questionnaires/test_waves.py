"""Waves: who is asked and how often, how many have answered, what is shown to whom, and what has changed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from lotsen.access.enums import Role
from lotsen.access.models import User
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.employers.actions import log_contact, register_workplace
from lotsen.questionnaires import actions, queries
from lotsen.questionnaires.models import Change, Response
from lotsen.questionnaires.queries import newest_by_code
from tests import factories
from tests.questionnaires.conftest import hand_in

BASE = "https://lotsen.exempel.se/answer/"


def cells(wave, code="methods"):
    """Return how many gave which score: of all, and of each unit told apart."""
    found = queries.result(wave)
    key = (f"={code}", "")
    return {
        "all": dict(found.whole[key].counts) if key in found.whole else {},
        **{found.names[unit]: dict(each[key].counts) for unit, each in found.units.items()},
    }


def answered(asked, unit, many, step=3, of=None):
    for recipient, token in asked(many, unit, of):
        hand_in(recipient, token, step)


def test_rates_are_told_by_unit_to_the_manager_and_the_units_manager(wave, asked, pitea, arvidsjaur, manager):
    answered(asked, pitea, 2)
    asked(1, pitea)
    asked(2, arvidsjaur)
    for user in (manager, factories.staff(pitea, Role.UNIT_MANAGER)):
        with acting_as(user.pk):
            whole, units = queries.rates(wave)
        assert (whole.answered, whole.asked, whole.share) == (2, 5, 40)
        assert {rate.unit: (rate.answered, rate.asked) for rate in units} == {
            pitea.name: (2, 3),
            arvidsjaur.name: (0, 2),
        }


def test_stranger_is_told_nothing_by_the_functions_of_the_database(wave, asked, pitea, stranger):
    answered(asked, pitea, 6)
    with acting_as(stranger.pk):
        assert queries.rates(wave)[0].asked == 0
        assert queries.result(wave).whole == {}
        assert queries.texts(wave) == []


def test_manager_reads_no_anonymous_answer_and_sees_their_counts(wave, asked, pitea, manager):
    answered(asked, pitea, 6, step=2)
    with acting_as(manager.pk):
        assert not Response.objects.filter(wave=wave).exists()
        assert cells(wave) == {"all": {6.0: 6}, pitea.name: {6.0: 6}}


def test_nothing_is_shown_of_a_group_that_is_too_small(wave, asked, pitea):
    answered(asked, pitea, 4)
    assert cells(wave) == {"all": {}}


def test_small_unit_is_counted_in_and_not_told_apart_and_neither_is_the_one_it_could_be_reckoned_from(
    wave, asked, pitea, arvidsjaur, alvsbyn
):
    answered(asked, pitea, 7)
    answered(asked, arvidsjaur, 6)
    # Five are asked, so the unit is known, and three answer.
    for recipient, token in asked(5, alvsbyn)[:3]:
        hand_in(recipient, token)
    found = cells(wave)
    assert found["all"] == {9.0: 16}
    assert set(found) == {"all", pitea.name}, "the smaller of the two others hides the three"


def test_two_small_units_hide_each_other(wave, asked, pitea, arvidsjaur, alvsbyn):
    answered(asked, pitea, 7)
    for unit in (arvidsjaur, alvsbyn):
        for recipient, token in asked(5, unit)[:3]:
            hand_in(recipient, token)
    assert set(cells(wave)) == {"all", pitea.name}


def test_free_texts_are_gathered_without_their_units(wave, asked, pitea):
    recipients = asked(6, pitea)
    for place, (recipient, token) in enumerate(recipients):
        hand_in(recipient, token, most=f"Mer tid {place}")
    ((question, said),) = queries.texts(wave)
    assert question.code == "most"
    assert sorted(said) == [f"Mer tid {place}" for place in range(6)]


def test_links_are_sent_once_and_reminders_stop_when_answered(wave, asked, pitea, manager, today):
    whom = [
        actions.Asked(name="Kim", email="kim@exempel.se", unit=pitea),
        actions.Asked(name="Alex", email="alex@exempel.se"),
    ]
    assert actions.ask(wave=wave, whom=whom) == 2
    assert actions.ask(wave=wave, whom=whom) == 0, "who is asked already is not asked twice"
    sent = {"wave_id": str(wave.pk), "user_id": str(manager.pk), "base": BASE, "language": "en"}
    for _again in range(2):
        actions.deliver_links(on=today.isoformat(), is_reminder=False, **sent)
    assert [message.to for message in mail.outbox] == [["alex@exempel.se"], ["kim@exempel.se"]]
    token = mail.outbox[1].body.split(BASE)[1].split("/")[0]
    assert "Your answers are anonymous" in mail.outbox[1].body
    assert queries.waiting_for_link(wave, today, is_reminder=True).count() == 0
    later = today + timedelta(days=8)
    hand_in(wave.recipients.get(email="kim@exempel.se"), token)
    actions.deliver_links(on=later.isoformat(), is_reminder=True, **sent)
    assert [message.to for message in mail.outbox[2:]] == [["alex@exempel.se"]]
    assert "We have not got your answers" in mail.outbox[2].body
    # Reminded today, so not again.
    assert queries.waiting_for_link(wave, later, is_reminder=True).count() == 0


def test_link_that_was_sent_first_still_opens_after_the_reminder(wave, asked, today):
    ((recipient, first),) = asked(1)
    second = actions.give_link(recipient=recipient, on=today)
    hand_in(recipient, first)
    recipient.refresh_from_db()
    assert recipient.answered_on == today
    assert "Thank you" in Client().get(f"/answer/{second}/", headers={"Accept-Language": "en"}).content.decode()
    assert Response.objects.filter(wave=wave, completed_on__isnull=False).count() == 1


def follow(wave, **given):
    return factories.WaveFactory(programme=wave.programme, follows=wave, **given)


def test_closing_writes_down_what_has_changed(wave, asked, pitea, today):
    answered(asked, pitea, 12, step=4)
    second = follow(wave)
    answered(asked, pitea, 10, step=2, of=second)
    actions.close_wave(wave=second, on=today)
    changes = Change.objects.filter(wave=second)
    assert {change.area for change in changes} == {
        "methods",
        "illness",
        "cooperation",
        "equality",
        "accessibility",
        "assignment",
    }
    assert {(change.before, change.after, change.effect, change.is_better, change.is_paired) for change in changes} == {
        (12, 10, 1.0, True, False)
    }


def test_named_waves_are_compared_person_by_person(programme, pitea, today):
    version = newest_by_code("employer-attitudes")
    first = factories.WaveFactory(programme=programme, version=version, is_anonymous=False)
    second = follow(first, version=version, is_anonymous=False)
    for wave, step in ((first, 2), (second, 4)):
        whom = [actions.Asked(name=f"Bolag {n}", email=f"bolag{n}@exempel.se") for n in range(6)]
        actions.ask(wave=wave, whom=whom)
        for recipient in wave.recipients.all():
            token = actions.give_link(recipient=recipient, on=today)
            response = actions.begin_by_link(recipient=recipient, token=token, on=today)
            rows = dict.fromkeys(("disability", "newcomers", "long", "young"), step)
            entries = {"would": {"value": rows}, "support": {"value": 3}}
            actions.save_answers(response=response, entries=entries, seen=0)
            actions.hand_in(response=response, recipient=recipient, on=today)
    found = {change.score.code: change for change in queries.changes(second)}
    assert (found["openness"].difference.is_paired, found["openness"].difference.effect) == (True, -1.0)
    assert found["openness"].is_better is True, "higher is better here"
    assert found["knowledge"].is_better is None


def test_wave_says_no_to_what_cannot_be(wave, programme, today):
    made = {"programme": programme, "version": wave.version, "opens_on": today, "closes_on": today}
    for change, field in (
        ({"title": wave.title}, "title"),
        ({"title": "Ny", "closes_on": today - timedelta(days=1)}, "closes_on"),
        ({"title": "Ny", "version": newest_by_code("soc-13")}, "version"),
        ({"title": "Ny", "version": newest_by_code("accessibility-equality"), "follows": wave}, "follows"),
    ):
        with pytest.raises(Refused) as refused, transaction.atomic():
            actions.open_wave(**{**made, **change})
        assert refused.value.field == field
    actions.close_wave(wave=wave, on=today)
    with pytest.raises(Refused, match="closed already"), transaction.atomic():
        actions.close_wave(wave=wave, on=today)
    with pytest.raises(Refused, match="not open today"), transaction.atomic():
        actions.send_links(wave=wave, by=User(), on=today, base=BASE)


def test_wave_that_is_not_open_gives_neither_letters_nor_a_link_and_says_why(wave, manager, sign_in, today):
    actions.close_wave(wave=wave, on=today)
    client = sign_in(manager)
    for page in ("wave_letters", "wave_open_link"):
        answered = client.post(reverse(page, args=[wave.pk]), follow=True, headers={"Accept-Language": "en"})
        assert "The wave is not open today, so nothing is sent." in answered.content.decode()


def test_list_says_which_waves_are_open_today(wave, programme, manager, sign_in, today):
    factories.WaveFactory(programme=programme, opens_on=today + timedelta(days=1))
    actions.close_wave(wave=factories.WaveFactory(programme=programme), on=today)
    page = sign_in(manager).get(reverse("wave_list", args=[programme.pk]), headers={"Accept-Language": "en"})
    text = page.content.decode()
    assert [text.count(f">{state}<") for state in ("Open", "Not open today", "Closed")] == [1, 1, 1]


def test_wave_is_followed_by_one_other_at_most(wave, programme, today):
    follow(wave)
    fields = {"programme": programme, "version": wave.version, "opens_on": today, "closes_on": today}
    with pytest.raises(Refused, match="Another wave follows that one") as refused, transaction.atomic():
        actions.open_wave(title="Ny", follows=wave, **fields)
    assert refused.value.field == "follows"


def test_version_that_is_in_use_never_changes(wave):
    wave.version.definition = {}
    with pytest.raises(IntegrityError, match="a version that is in use never changes"), transaction.atomic():
        wave.version.save()


def test_questionnaire_that_has_changed_becomes_a_new_version(db, today):
    version = newest_by_code("distance")
    asked = queries.definition_of(version)
    assert actions.load_questionnaire(definition=asked, organisation=None, on=today) == version
    changed = asked.model_copy(update={"intro": {"sv": "Hej", "en": "Hello"}})
    newer = actions.load_questionnaire(definition=changed, organisation=None, on=today)
    assert (newer.number, newer.questionnaire) == (version.number + 1, version.questionnaire)
    assert newest_by_code("distance") == newer


def test_manager_makes_a_wave_in_the_browser_and_asks(programme, pitea, manager, sign_in, today):
    client = sign_in(manager)
    sent = {
        "version": str(newest_by_code("development-needs").pk),
        "title": "Våren",
        "is_anonymous": "on",
        "opens_on": today.isoformat(),
        "closes_on": today.isoformat(),
        "goal": "75",
        "smallest_group": "5",
    }
    made = client.post(reverse("wave_new", args=[programme.pk]), sent)
    page = client.get(made.url, headers={"Accept-Language": "en"}).content.decode()
    assert "Say first whom the wave asks." in page
    wave = programme.waves.get(title="Våren")
    ask = reverse("wave_ask", args=[wave.pk])
    wrong = client.post(
        ask, {"audience": "addresses", "addresses": "kim@exempel.se\nkim lind"}, headers={"Accept-Language": "en"}
    )
    assert (wrong.status_code, "Line 2 is no e-mail address: kim lind" in wrong.content.decode()) == (422, True)
    lines = "Kim Lind, kim@exempel.se\nalex@exempel.se\n\nBo Ek <bo@exempel.se>"
    client.post(ask, {"audience": "addresses", "addresses": lines, "unit": str(pitea.pk)})
    assert [(each.name, each.email) for each in wave.recipients.order_by("email")] == [
        *(("", "alex@exempel.se"), ("Bo Ek", "bo@exempel.se"), ("Kim Lind", "kim@exempel.se"))
    ]
    page = client.get(made.url, headers={"Accept-Language": "en"}).content.decode()
    assert "Send 3 links" in page


def test_page_of_a_wave_asks_as_many_queries_for_many_answers_as_for_few(
    wave, asked, pitea, manager, sign_in, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(manager)
    address = reverse("wave_detail", args=[wave.pk])
    counts = []
    for many in (6, 3):
        answered(asked, pitea, many)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_unit_manager_sees_the_wave_and_cannot_run_it(wave, asked, pitea, sign_in):
    answered(asked, pitea, 6)
    client = sign_in(factories.staff(pitea, Role.UNIT_MANAGER))
    page = client.get(reverse("wave_detail", args=[wave.pk]), headers={"Accept-Language": "en"}).content.decode()
    assert ["By area and unit" in page, "Close the wave" in page] == [True, False]
    assert client.post(reverse("wave_close", args=[wave.pk])).status_code == 403


def test_staff_of_the_units_and_employers_met_are_asked_at_once(
    wave, programme, pitea, arvidsjaur, responsible, colleague
):
    factories.staff(pitea, Role.AUDITOR)
    staff = actions.audience(wave, "staff", None, [])
    assert {(each.email, each.unit) for each in staff} == {(responsible.email, pitea), (colleague.email, arvidsjaur)}
    assert [each.email for each in actions.audience(wave, "staff", arvidsjaur, [])] == [colleague.email]
    for name, unit in (("Provbolag A", pitea), ("Provbolag B", arvidsjaur)):
        workplace = register_workplace(
            employer_name=name, sector="private", name="Verkstaden", municipality=unit.municipality
        )
        fields = {"programme": programme, "unit": unit, "kind": "visit", "on": programme.starts_on}
        log_contact(employer=workplace.employer, **fields)
    assert [each.name for each in actions.audience(wave, "employers", None, [])] == ["Provbolag A", "Provbolag B"]
    assert [each.name for each in actions.audience(wave, "employers", arvidsjaur, [])] == ["Provbolag B"]


def test_open_wave_reminds_by_the_clock_those_who_have_not_answered(wave, asked, manager, today):
    (recipient, token), _other = asked(2)
    later = today + timedelta(days=8)
    assert actions.remind_by_clock(on=later) == 0, "nothing was sent yet, so nothing is known of where links lead"
    actions.send_links(wave=wave, by=manager, on=today, base=BASE)
    assert actions.remind_by_clock(on=later) == 2
    hand_in(recipient, token)
    assert actions.remind_by_clock(on=later) == 1
    queued = ProcrastinateJob.objects.filter(task_name="questionnaires.deliver_links", args__wave_id=str(wave.pk))
    said = [(job.args["base"], job.args["user_id"], job.args["is_reminder"]) for job in queued]
    assert said == [(BASE, str(manager.pk), True)] * 2
    wave.refresh_from_db()
    wave.reminds = False
    wave.save()
    assert actions.remind_by_clock(on=later) == 0


def test_participants_are_asked_by_the_number_of_their_case(wave, programme, pitea, arvidsjaur):
    young = factories.CaseFactory(programme=programme, unit=pitea, started=True, number="NU-1")
    factories.CaseFactory(
        programme=programme, unit=arvidsjaur, started=True, number="NU-2", facts={"sex": "man", "age": 40}
    )
    factories.CaseFactory(programme=programme, unit=pitea, ended=True)
    factories.CaseFactory(programme=programme, unit=pitea)
    everybody = actions.audience(wave, "participants", None)
    assert [(each.name, each.unit) for each in everybody] == [("NU-1", pitea), ("NU-2", arvidsjaur)]
    group = programme.targetgroups.get(code="unga")
    assert [each.case for each in actions.audience(wave, "participants", None, group=group)] == [young]
    assert [each.name for each in actions.audience(wave, "participants", arvidsjaur)] == ["NU-2"]


def test_file_of_a_wave_holds_counts_and_texts_that_never_run(wave, asked, pitea, manager, sign_in):
    for place, (recipient, token) in enumerate(asked(6, pitea)):
        hand_in(recipient, token, step=4, most="=1+1" if place else "Mer tid")
    client = sign_in(manager)
    text = client.get(reverse("wave_file", args=[wave.pk, "csv"]), headers={"Accept-Language": "en"}).content.decode()
    lines = text.lstrip("\ufeff").splitlines()
    assert lines[0] == "Unit;Question;Row;Answer;Number"
    assert "All;How great is your need to develop?;Motivational talks;4;6" in lines
    assert f"{pitea.name};How great is your need to develop?;Motivational talks;4;6" in lines
    assert "All;What would mean most to your work?;;'=1+1;1" in lines
    assert client.get(reverse("wave_file", args=[wave.pk, "xlsx"])).content.startswith(b"PK")
