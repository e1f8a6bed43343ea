"""The calendar link: one's own sessions in another program, and nothing of anybody."""

from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from lotsen.activities.actions import keep_premises, make_feed, plan_activity
from lotsen.activities.models import CalendarFeed


@pytest.fixture
def anonymous():
    """Return a calendar program: nobody is signed in there."""
    return Client()


@pytest.fixture
def planned(programme, pitea, responsible):
    """Return the session of a course, whose title says whom it is for, that the coach leads in a room."""
    room = keep_premises(unit=pitea, name="Lokalen", address="Storgatan 1; port B", capacity=10)
    kind = programme.kinds.get(code="kurs")
    told = {"title": "Kurs för Fatima", "minutes": 90, "days": [timezone.localdate()], "unit": pitea, "place": room}
    return plan_activity(kind=kind, at=time(9, 30), led_by=responsible, **told)[0]


def read(client, token: str):
    return client.get(reverse("feed_read", args=[token]))


def test_link_gives_a_calendar_program_the_sessions_one_leads_and_no_title(client, planned, anonymous):
    page = client.post(reverse("feed_keep")).content.decode()
    token = page.split(".ics")[0].split("/calendar/")[-1]
    answer = read(anonymous, token)
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert timezone.localtime(event["DTSTART"].dt).strftime("%H.%M") == "09.30"
    assert (event["DURATION"].dt.total_seconds(), str(event["SUMMARY"])) == (90 * 60, planned.activity.kind.name)
    assert str(event["LOCATION"]) == "Lokalen, Storgatan 1; port B"
    assert str(event["URL"]).endswith(f"/activities/{planned.activity_id}/")
    assert "Fatima" not in answer.content.decode()


def test_cancelled_session_is_told_as_cancelled_and_one_without_time_fills_its_day(
    anonymous, programme, pitea, responsible, planned
):
    planned.cancelled_on = timezone.localdate()
    planned.save()
    kind = programme.kinds.get(code="kurs")
    days = [timezone.localdate()]
    plan_activity(kind=kind, title="Kurs", minutes=60, days=days, unit=pitea, led_by=responsible)
    token = make_feed(user=responsible, on=timezone.localdate())
    events = Calendar.from_ical(read(anonymous, token).content).walk("VEVENT")
    assert sorted(str(event["STATUS"]) for event in events) == ["CANCELLED", "CONFIRMED"]
    assert type(next(event for event in events if event["STATUS"] == "CONFIRMED")["DTSTART"].dt) is date


def test_link_shows_nobody_elses_sessions(anonymous, planned, colleague, stranger):
    for user in (colleague, stranger):
        token = make_feed(user=user, on=timezone.localdate())
        assert not Calendar.from_ical(read(anonymous, token).content).walk("VEVENT")


def test_new_link_ends_the_old_one_and_wrong_ones_look_alike(client, anonymous, planned, responsible):
    old = make_feed(user=responsible, on=timezone.localdate())
    new = make_feed(user=responsible, on=timezone.localdate())
    assert CalendarFeed.objects.get(user=responsible).link != new
    wrong = [read(anonymous, old), read(anonymous, "aaaa-bbbb-cccc-dddd")]
    client.post(reverse("feed_remove"))
    wrong.append(read(anonymous, new))
    assert [answer.status_code for answer in wrong] == [404, 404, 404]


def test_link_of_somebody_who_has_left_opens_nothing(anonymous, planned, responsible):
    token = make_feed(user=responsible, on=timezone.localdate())
    responsible.is_active = False
    responsible.save()
    assert read(anonymous, token).status_code == 404


def test_reading_by_link_asks_as_often_for_many_sessions_as_for_one(anonymous, planned, responsible, programme, pitea):
    token = make_feed(user=responsible, on=timezone.localdate())
    read(anonymous, token)
    counted = len(_asked(anonymous, token))
    kind, days = programme.kinds.get(code="kurs"), [timezone.localdate()]
    for _n in range(5):
        plan_activity(kind=kind, title="Kurs", minutes=60, days=days, unit=pitea, led_by=responsible)
    assert len(_asked(anonymous, token)) == counted


def _asked(client, token: str) -> list[dict[str, str]]:
    with CaptureQueriesContext(connection) as asked:
        read(client, token)
    return asked.captured_queries
