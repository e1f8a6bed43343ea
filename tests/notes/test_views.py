"""Notes with the next meeting on one page; private ones; two clicks for who came; handing over."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lotsen.access.enums import Role
from lotsen.activities.models import Attendance
from lotsen.cases.models import ResponsibleEntry
from lotsen.core.acting import acting_as
from lotsen.core.models import Draft
from lotsen.notes.actions import book_appointment, write_note
from lotsen.notes.models import Appointment, Note, Snippet
from tests import factories


@pytest.fixture
def case(programme, pitea, responsible):
    """Return a case of the coach."""
    return factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)


@pytest.fixture
def client(sign_in, responsible):
    """Return the coach's browser, in English."""
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    return client


def test_note_and_next_meeting_are_one_page(case, client, programme):
    address = reverse("note_new", args=[case.pk])
    kind = programme.kinds.get(code="kurs")
    sent = {
        "on": "idag",
        "body": "Vi pratade om köket.",
        "way": "phone",
        "was_reached": "on",
        "next-on": "imorgon",
        "next-at": "1015",
        "next-kind": kind.pk,
    }
    assert client.post(address, sent).headers["Location"] == reverse("case_detail", args=[case.pk])
    note, meeting = case.notes.get(), case.appointments.get()
    assert (note.body, note.way, note.was_reached) == ("Vi pratade om köket.", "phone", True)
    assert (meeting.on, meeting.at, meeting.minutes, meeting.kind) == (
        timezone.localdate() + timedelta(days=1),
        time(10, 15),
        45,
        kind,
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"body": ""}, "This field is required."),
        ({"on": "2999-01-01"}, "Write a day"),
        ({"on": "imorgon"}, "A note tells of what has been. Choose today or a day before."),
        ({"next-on": "idag"}, "Write the time of the meeting, for example 10.15."),
        ({"next-at": "25.00", "next-on": "idag"}, "Write a time, for example 10.15."),
        ({"waits_for": "agency"}, "Say until when you wait."),
    ],
)
def test_note_that_cannot_be_is_said_and_nothing_is_half_done(case, client, changed, said):
    sent = {"on": "idag", "body": "Det jag skrev.", **changed}
    answer = client.post(reverse("note_new", args=[case.pk]), sent)
    page = answer.content.decode()
    assert (answer.status_code, said in page) == (422, True)
    assert not case.notes.exists()
    assert not case.appointments.exists()
    assert changed.get("body") == "" or "Det jag skrev." in page


def test_draft_is_kept_until_the_note_is_saved_or_dropped(case, client, responsible):
    address = reverse("note_draft", args=[case.pk])
    client.post(address, {"body": "Halvfärdigt"})
    page = client.get(reverse("note_new", args=[case.pk])).content.decode()
    assert "Halvfärdigt" in page
    client.post(address, {"drop": "1"})
    assert not Draft.objects.filter(user=responsible).exists()
    client.post(address, {"body": "Igen"})
    client.post(reverse("note_new", args=[case.pk]), {"on": "idag", "body": "Klart"})
    assert not Draft.objects.filter(user=responsible).exists()


def test_private_note_is_its_writers_alone(case, responsible, pitea, manager, sign_in):
    today = timezone.localdate()
    told = {"case": case, "by": responsible, "on": today, "today": today}
    write_note(body="Zhemligt", is_private=True, **told)
    write_note(body="Zöppet", **told)
    beside = factories.staff(pitea)
    address = reverse("note_list", args=[case.pk])
    read = {}
    for user in (responsible, beside, manager):
        page = sign_in(user).get(address).content.decode()
        read[user] = ("Zhemligt" in page, "Zöppet" in page)
        page = sign_in(user).get(reverse("case_detail", args=[case.pk])).content.decode()
        assert ("Zhemligt" in page, "Zöppet" in page) == read[user]
    assert read == {responsible: (True, True), beside: (False, True), manager: (False, False)}
    with acting_as(beside.pk):
        assert [note.body for note in Note.objects.filter(case=case)] == ["Zöppet"]


def test_note_changed_in_another_window_is_told_and_both_texts_are_there(case, client, responsible):
    today = timezone.localdate()
    note = write_note(case=case, by=responsible, on=today, body="Först", today=today)
    address = reverse("note_edit", args=[note.pk])
    sent = {"on": "idag", "seen": "1", "was_reached": "on"}
    assert client.post(address, {**sent, "body": "Ena fönstret"}).status_code == 302
    answer = client.post(address, {**sent, "body": "Andra fönstret"})
    page = answer.content.decode()
    assert (answer.status_code, "Ena fönstret" in page, "Andra fönstret" in page) == (422, True, True)
    assert Note.objects.get(pk=note.pk).body == "Ena fönstret"


def test_one_click_says_who_came_and_counts_the_hours(case, client, programme, responsible):
    today = timezone.localdate()
    kind = programme.kinds.get(code="kurs")
    meeting = book_appointment(case=case, user=responsible, on=today, at=time(0, 5), kind=kind, minutes=60)
    address = reverse("appointment_came", args=[meeting.pk])
    for came, minutes in (("present", 60), ("absent_invalid", 0), ("present", 60)):
        answer = client.post(address, {"came": came, "back": reverse("my_day")})
        assert answer.headers["Location"] == reverse("my_day")
        row = Attendance.objects.get(case=case)
        assert (row.presence, row.minutes, row.session.minutes) == (came, minutes, 60)
    client.post(address, {"came": "cancelled"})
    assert not Attendance.objects.filter(case=case).exists()


def test_button_leads_to_no_other_site(case, client, responsible):
    meeting = book_appointment(case=case, user=responsible, on=timezone.localdate(), at=time(0, 5))
    address = reverse("appointment_came", args=[meeting.pk])
    answer = client.post(address, {"came": "present", "back": "https://elsewhere.example/"})
    assert answer.headers["Location"] == reverse("case_detail", args=[case.pk])


def test_nobody_meets_two_at_the_same_time(case, client, responsible, programme, pitea):
    other = factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)
    tomorrow = timezone.localdate() + timedelta(days=1)
    book_appointment(case=other, user=responsible, on=tomorrow, at=time(10), minutes=60)
    sent = {"on": "imorgon", "at": "10.30", "minutes": "45", "way": "meeting"}
    answer = client.post(reverse("appointment_new", args=[case.pk]), sent)
    assert f"{responsible.name} meets somebody else then, until 11.00." in answer.content.decode()
    assert client.post(reverse("appointment_new", args=[case.pk]), {**sent, "at": "11"}).status_code == 302


def test_cases_of_a_leaving_colleague_are_handed_over_in_one_go(case, programme, pitea, responsible, sign_in):
    stays = factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)
    goes = factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)
    leader, heir = factories.staff(pitea, Role.UNIT_MANAGER), factories.staff(pitea)
    client = sign_in(leader)
    address = reverse("hand_over", args=[pitea.pk, responsible.pk])
    assert client.get(address).content.decode().count('name="cases"') == 3
    sent = {"to": heir.pk, "since": "idag", "note": "Ring på måndag.", "cases": [case.pk, goes.pk]}
    assert client.post(address, sent).status_code == 302
    now = {row.case_id: row.user_id for row in ResponsibleEntry.objects.order_by("since").filter(case__unit=pitea)}
    assert now == {case.pk: heir.pk, goes.pk: heir.pk, stays.pk: responsible.pk}
    assert [case.responsibleentrys.count(), case.notes.get().body] == [2, "Ring på måndag."]


def test_snippet_is_the_units_own(client, pitea, colleague, sign_in):
    client.post(reverse("snippet_list"), {"unit": pitea.pk, "name": "Hej", "body": "Vi sågs på kaféet."})
    snippet = Snippet.objects.get(unit=pitea)
    assert "Vi sågs på kaféet." not in sign_in(colleague).get(reverse("snippet_list")).content.decode()
    client.post(reverse("snippet_drop", args=[snippet.pk]))
    assert not Snippet.objects.filter(unit=pitea).exists()


def test_meeting_that_has_been_is_not_moved(case, client, responsible):
    meeting = book_appointment(case=case, user=responsible, on=timezone.localdate(), at=time(0, 5))
    client.post(reverse("appointment_came", args=[meeting.pk]), {"came": "present"})
    sent = {"on": "imorgon", "at": "9", "minutes": "30", "way": "phone"}
    answer = client.post(reverse("appointment_change", args=[meeting.pk]), sent)
    assert "The meeting has been. Book a new one." in answer.content.decode()
    assert Appointment.objects.get(pk=meeting.pk).on == timezone.localdate()


def test_meeting_of_tomorrow_has_no_outcome_yet(case, client, responsible):
    meeting = book_appointment(case=case, user=responsible, on=date(2120, 1, 1), at=time(9))
    page = client.post(reverse("appointment_came", args=[meeting.pk]), {"came": "present"}, follow=True)
    assert "The meeting has not been yet." in page.content.decode()
    assert Appointment.objects.get(pk=meeting.pk).came == ""
