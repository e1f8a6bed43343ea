"""Planning over the pages: a series with its days shown first, rooms that hold one thing at a time, places, results."""

import random
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lotsen.activities.actions import enrol, keep_premises, leave_activity, plan_activity
from lotsen.activities.enums import Rhythm
from lotsen.activities.models import Activity, Enrolment, Session
from lotsen.activities.queries import series
from lotsen.core.refused import Refused
from tests import factories

DAY = date(2026, 4, 1)
#: The series of `filled`, as the page says that it has shown it.
SHOWN = "20260401,20260408,20260415,20260422"


@pytest.fixture
def kind(programme):
    """Return the course of the programme."""
    return programme.kinds.get(code="kurs")


@pytest.fixture
def room(pitea):
    """Return a room on a ground floor."""
    return keep_premises(unit=pitea, name="Lokalen", capacity=10, is_step_free=True, has_lift=False)


@pytest.fixture
def case(programme, pitea, responsible):
    """Return a case of the coach."""
    return factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)


def filled(kind, unit, **more):
    """Return what is written into the form of a series."""
    return {
        "kind": kind.pk,
        "unit": unit.pk,
        "audience": "participants",
        "minutes": "90",
        "at": "9.30",
        "first": "2026-04-01",
        "last": "2026-04-22",
        "rhythm": "weekly",
        **more,
    }


def test_series_is_shown_before_it_is_saved_and_what_is_unticked_is_left_out(client, programme, kind, pitea):
    address = reverse("activity_new", args=[programme.pk])
    page = client.post(address, filled(kind, pitea)).content.decode()
    assert page.count('name="days"') == 4
    assert "Wednesday 15 April 2026" in page
    assert not programme.activities.exists()
    chosen = ["2026-04-01", "2026-04-08", "2026-04-22"]
    client.post(address, filled(kind, pitea, shown=SHOWN, days=chosen))
    sessions = Session.objects.filter(activity__title="Kurs").values_list("on", "at", "minutes")
    assert list(sessions) == [(date.fromisoformat(day), time(9, 30), 90) for day in chosen]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"last": ""}, "Write the last day of the series."),
        ({"last": "2026-03-01"}, "The last day lies before the first."),
        ({"shown": SHOWN}, "Leave at least one day."),
        ({"rhythm": "daily", "first": "2026-04-04", "last": "2026-04-05"}, "No working day lies between"),
        ({"first": "1999-01-01"}, "The project goes on from"),
        ({"shown": SHOWN, "days": ["2026-04-02"]}, "2026-04-02"),
    ],
)
def test_series_that_is_none_is_refused_with_a_sentence(client, programme, kind, pitea, wrong, said):
    answer = client.post(reverse("activity_new", args=[programme.pk]), filled(kind, pitea, **wrong))
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not programme.activities.exists()


def test_series_that_was_changed_is_shown_again(client, programme, kind, pitea):
    sent = filled(kind, pitea, rhythm="fortnightly", shown=SHOWN, days=SHOWN.split(","))
    page = client.post(reverse("activity_new", args=[programme.pk]), sent).content.decode()
    assert page.count('name="days"') == 2
    assert not programme.activities.exists()


@given(first=st.dates(date(2020, 1, 1), date(2030, 1, 1)), days=st.integers(0, 400), rhythm=st.sampled_from(Rhythm))
def test_days_of_a_series_lie_between_first_and_last_in_order(first, days, rhythm):
    last = first + timedelta(days=days)
    found = series(first, last, rhythm)
    assert found == sorted(set(found))
    assert all(first <= day <= last for day in found)
    assert rhythm != Rhythm.DAILY or all(day.weekday() < 5 for day in found)


def test_room_holds_one_session_at_a_time(client, kind, pitea, room):
    told = {"kind": kind, "unit": pitea, "minutes": 60, "days": [DAY], "place": room}
    plan_activity(title="Först", at=time(10), **told)
    plan_activity(title="Efteråt", at=time(11), **told)
    with pytest.raises(Refused, match="Lokalen is taken on 2026-04-01"), transaction.atomic():
        plan_activity(title="Samtidigt", at=time(10, 59), **told)
    assert {row.title for row in Activity.objects.filter(unit=pitea)} == {"Först", "Efteråt"}


def test_two_bookings_clash_exactly_when_they_meet_in_a_room(kind, pitea, room):
    rooms = [room, keep_premises(unit=pitea, name="Salen")]
    (first,) = plan_activity(kind=kind, title="x", unit=pitea, minutes=60, days=[DAY])
    lots = random.Random(2026)
    for _example in range(60):
        begins, takes, where = (
            [lots.randint(0, 23 * 60 + 59) for _ in "ab"],
            [lots.randint(1, 600) for _ in "ab"],
            [lots.choice(rooms) for _ in "ab"],
        )
        # Minutes since the midnight before the first of two days: what begins late lies in the next day too.
        on = [lots.choice([0, 1]) for _ in "ab"]
        taken = [set(range(on[n] * 1440 + begins[n], on[n] * 1440 + begins[n] + takes[n])) for n in (0, 1)]
        meets = where[0] == where[1] and not taken[0].isdisjoint(taken[1])
        booked = [
            Session(
                activity=first.activity,
                on=DAY + timedelta(days=on[n]),
                at=time(begins[n] // 60, begins[n] % 60),
                minutes=takes[n],
                place=where[n],
            )
            for n in (0, 1)
        ]
        booked[0].save()
        if meets:
            with pytest.raises(IntegrityError, match="session_place_is_free"), transaction.atomic():
                booked[1].save()
        else:
            booked[1].save()
        first.activity.sessions.exclude(pk=first.pk).delete()


@pytest.mark.parametrize(
    ("at", "clashes"), [(time(8, 59), False), (time(9), True), (time(10, 59), True), (time(11), False)]
)
def test_database_refuses_what_overlaps_in_a_room(kind, pitea, room, at, clashes):
    (first,) = plan_activity(kind=kind, title="x", unit=pitea, minutes=60, days=[DAY], place=room, at=time(10))
    other = Session(activity=first.activity, on=DAY, at=at, minutes=61 if at < time(10) else 30, place=room)
    if clashes:
        with pytest.raises(IntegrityError, match="session_place_is_free"), transaction.atomic():
            other.save()
    else:
        other.save()
    Session(activity=first.activity, on=DAY + timedelta(days=1), at=time(10), minutes=60, place=room).save()


def test_cancelled_session_leaves_its_room(client, kind, pitea, room):
    told = {"kind": kind, "unit": pitea, "minutes": 60, "days": [DAY], "place": room, "at": time(10)}
    (session,) = plan_activity(title="Först", **told)
    client.post(reverse("session_cancel", args=[session.pk]))
    plan_activity(title="Sedan", **told)
    page = client.get(reverse("activity_detail", args=[session.activity_id])).content.decode()
    assert "Cancelled" in page


def test_session_is_moved_until_its_roll_is_called(client, kind, pitea, room):
    (session,) = plan_activity(kind=kind, title="x", unit=pitea, minutes=60, days=[DAY])
    address = reverse("session_change", args=[session.pk])
    client.post(address, {"on": "2026-04-02", "at": "13", "minutes": "90", "place": room.pk})
    session.refresh_from_db()
    assert (session.on, session.at, session.minutes, session.place) == (date(2026, 4, 2), time(13), 90, room)
    Session.objects.update(called_on=DAY)
    answer = client.post(address, {"on": "2026-04-03", "minutes": "90"})
    assert "The roll of this session is called" in answer.content.decode()


def test_place_without_a_time_is_asked_for_one(client, kind, pitea, room):
    (session,) = plan_activity(kind=kind, title="x", unit=pitea, minutes=60, days=[DAY])
    sent = {"on": "2026-04-02", "at": "", "minutes": "90", "place": room.pk}
    answer = client.post(reverse("session_change", args=[session.pk]), sent)
    assert "Write when it begins" in answer.content.decode()


@pytest.fixture
def full(programme, pitea, responsible, kind):
    """Return an activity of two places, and three participants."""
    told = {"programme": programme, "unit": pitea, "started": True, "by": responsible}
    cases = [factories.CaseFactory(**told) for _ in range(3)]
    (session,) = plan_activity(
        kind=kind, title="Liten", unit=pitea, minutes=60, days=[timezone.localdate()], capacity=2
    )
    return session.activity, cases


def test_who_comes_after_the_last_place_waits_and_gets_the_first_that_is_left(full, client):
    activity, cases = full
    address = reverse("activity_enrol", args=[activity.pk])
    sent = {"cases": [case.pk for case in cases], "since": "idag"}
    page = client.post(address, sent, follow=True).content.decode()
    assert "All places are taken: 1 waits." in page
    (waiting,) = activity.enrolments.filter(waits=True)
    left = activity.enrolments.filter(waits=False).first()
    client.post(reverse("enrolment_leave", args=[left.pk]))
    waiting.refresh_from_db()
    assert (waiting.waits, waiting.since) == (False, timezone.localdate() + timedelta(days=1))
    assert Enrolment.objects.get(pk=left.pk).until == timezone.localdate()


def test_who_waited_and_goes_leaves_the_places_as_they_are(full):
    activity, cases = full
    rows = [enrol(activity=activity, case=case, since=DAY) for case in cases]
    leave_activity(enrolment=rows[2], on=DAY)
    assert [row.waits for row in activity.enrolments.all()] == [False, False]


def test_database_takes_no_more_than_there_are_places(full):
    activity, cases = full
    for case in cases[:2]:
        enrol(activity=activity, case=case, since=DAY)
    with pytest.raises(IntegrityError, match="takes no more than it has places"), transaction.atomic():
        Enrolment.objects.create(activity=activity, case=cases[2], since=DAY)


def test_nobody_is_signed_up_twice_or_from_another_programme(full):
    activity, cases = full
    enrol(activity=activity, case=cases[0], since=DAY)
    with pytest.raises(Refused, match="on the list already"), transaction.atomic():
        enrol(activity=activity, case=cases[0], since=DAY)
    with pytest.raises(Refused, match="does not take part"), transaction.atomic():
        enrol(activity=activity, case=factories.CaseFactory(started=True), since=DAY)


def test_page_warns_where_the_place_does_not_meet_a_need(client, kind, pitea, case):
    from lotsen.profiles.actions import keep_needs

    cellar = keep_premises(unit=pitea, name="Källaren", is_step_free=False, has_lift=None)
    day = timezone.localdate() + timedelta(days=3)
    (session,) = plan_activity(kind=kind, title="x", unit=pitea, minutes=60, days=[day], place=cellar, at=time(9))
    enrol(activity=session.activity, case=case, since=DAY)
    keep_needs(case=case, is_step_free=True, has_lift=True)
    page = client.get(reverse("activity_detail", args=[session.activity_id])).content.decode()
    assert f"{case.title} needs premises without steps." in page
    assert f"{case.title} needs a lift." in page


def test_result_says_whether_the_purpose_was_met(client, kind, pitea):
    (session,) = plan_activity(kind=kind, title="x", unit=pitea, minutes=60, days=[DAY], purpose="Lära sig orden.")
    address = reverse("activity_result", args=[session.activity_id])
    client.post(address, {"result": "partly", "result_why": "Hälften klarade provet.", "reached": "12"})
    row = Activity.objects.get(pk=session.activity_id)
    assert (row.result, row.result_why, row.reached) == ("partly", "Hälften klarade provet.", 12)
    assert "Hälften klarade provet." in client.get(reverse("activity_detail", args=[row.pk])).content.decode()


def test_room_is_written_down_changed_and_named_once(client, pitea):
    address = reverse("premises_keep")
    client.post(address, {"unit": pitea.pk, "name": "Salen", "has_lift": "true"})
    room = pitea.premises.get()
    assert (room.name, room.has_lift, room.is_step_free) == ("Salen", True, None)
    client.post(address, {"unit": pitea.pk, "name": "Salen", "capacity": "8", "premises": room.pk})
    room.refresh_from_db()
    assert room.capacity == 8
    answer = client.post(address, {"unit": pitea.pk, "name": "Salen"})
    assert "has a room of that name already" in answer.content.decode()


def test_calendar_shows_the_week_of_the_own_units(client, sign_in, stranger, kind, pitea, room, responsible):
    told = {"kind": kind, "unit": pitea, "minutes": 60, "at": time(10)}
    plan_activity(title="Måndagsgruppen", days=[date(2026, 4, 6)], place=room, led_by=responsible, **told)
    plan_activity(title="Fredagsgruppen", days=[date(2026, 4, 10)], **told)
    address = reverse("calendar")
    page = client.get(address, {"week": "2026-04-08"}).content.decode()
    assert [name in page for name in ("Week 15", "Måndagsgruppen", "Fredagsgruppen")] == [True] * 3
    for narrowed in ({"mine": "on"}, {"place": room.pk}):
        page = client.get(address, {"week": "2026-04-08", **narrowed}).content.decode()
        assert ["Måndagsgruppen" in page, "Fredagsgruppen" in page] == [True, False]
    assert "Måndagsgruppen" not in client.get(address, {"week": "2026-04-13"}).content.decode()
    page = client.get(address, {"week": "2026-04-20", "month": "on"}).content.decode()
    assert [name in page for name in ("April 2026", "Måndagsgruppen", "Fredagsgruppen")] == [True] * 3
    assert "Måndagsgruppen" not in client.get(address, {"week": "2026-05-01", "month": "on"}).content.decode()
    assert "Måndagsgruppen" not in sign_in(stranger).get(address, {"week": "2026-04-08"}).content.decode()


def test_room_limits_the_places_of_an_activity(kind, pitea, room):
    told = {"kind": kind, "unit": pitea, "minutes": 60, "days": [DAY], "place": room, "at": time(10)}
    with pytest.raises(Refused, match="Lokalen has 10 places, and the activity 11"), transaction.atomic():
        plan_activity(title="Stor", capacity=11, **told)
    (session,) = plan_activity(title="Utan", **told)
    assert session.activity.capacity == 10
