"""The roll over its page, and the hours that come of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lotsen.activities.actions import call_roll, enrol, plan_activity
from lotsen.activities.enums import Presence
from lotsen.activities.models import Session
from lotsen.activities.queries import Mark, with_hours
from lotsen.cases.models import Case
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.worklist.enums import Rule
from lotsen.worklist.queries import worklist_of
from tests import factories

DAY = timezone.localdate() - timedelta(days=3)


@pytest.fixture
def cases(programme, pitea, responsible):
    """Return two cases of the coach."""
    told = {"programme": programme, "unit": pitea, "started": True, "by": responsible}
    return [factories.CaseFactory(**told) for _ in range(2)]


@pytest.fixture
def session(programme, pitea, cases):
    """Return a session of two hours that has been, with both in it."""
    kind = programme.kinds.get(code="kurs")
    (session,) = plan_activity(kind=kind, title="Kurs", unit=pitea, minutes=120, days=[DAY])
    for case in cases:
        enrol(activity=session.activity, case=case, since=DAY)
    return session


def sent(cases, *marks, **more):
    """Return what the form sends: for each case whether it came, minutes and reason."""
    found = dict(more)
    for case, (came, minutes, reason) in zip(cases, marks, strict=True):
        found |= {f"came_{case.pk}": came, f"minutes_{case.pk}": minutes, f"reason_{case.pk}": reason}
    return found


def rows(session):
    """Return what is written down, in the order of the numbers."""
    found = session.attendances.order_by("case__number")
    return list(found.values_list("presence", "minutes", "reason"))


def test_roll_writes_down_who_came_for_how_long_and_why_not(client, session, cases):
    address = reverse("session_roll", args=[session.pk])
    assert all(case.person.list_name in client.get(address).content.decode() for case in cases)
    client.post(address, sent(cases, ("present", "90", ""), ("absent_valid", "", "Läkarbesök")))
    assert rows(session) == [("present", 90, ""), ("absent_valid", 0, "Läkarbesök")]
    session.refresh_from_db()
    assert session.called_on == timezone.localdate()


def test_roll_is_corrected_and_the_history_keeps_both(client, session, cases):
    address = reverse("session_roll", args=[session.pk])
    for came in ("absent_invalid", "present"):
        client.post(address, sent(cases, (came, "", ""), ("present", "", "")))
    assert rows(session) == [("present", 120, ""), ("present", 120, "")]
    first = session.attendances.get(case=cases[0])
    assert list(first.events.order_by("pgh_id").values_list("presence", flat=True)) == ["absent_invalid", "present"]


def test_roll_asks_about_everybody(client, session, cases):
    answer = client.post(reverse("session_roll", args=[session.pk]), {f"came_{cases[0].pk}": "present"})
    page = answer.content.decode()
    assert (answer.status_code, f"Say whether {cases[1].person.list_name} came." in page) == (422, True)
    assert rows(session) == []


def test_roll_sent_twice_by_the_script_counts_once_and_gets_no_page(client, session, cases):
    told = sent(cases, ("present", "", ""), ("present", "", ""), submission="5f0f6e0a-1111-4222-8333-444455556666")
    address = reverse("session_roll", args=[session.pk])
    answers = [client.post(address, told, headers={"Lotsen-Queue": "1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [204, 204]
    assert rows(session) == [("present", 120, "")] * 2


def test_roll_is_not_called_before_its_day(client, session, cases):
    Session.objects.filter(pk=session.pk).update(on=timezone.localdate() + timedelta(days=1))
    answer = client.post(
        reverse("session_roll", args=[session.pk]), sent(cases, ("present", "", ""), ("present", "", ""))
    )
    assert answer.status_code == 422
    assert rows(session) == []


def test_nobody_was_there_longer_than_the_session(session, cases):
    with pytest.raises(Refused, match="120 minutes"):
        call_roll(session=session, cases={cases[0]: Mark(Presence.PRESENT, 121)})


def test_roll_of_a_unit_shows_its_own_people_alone(session, cases, programme, arvidsjaur, colleague, stranger, sign_in):
    theirs = factories.CaseFactory(programme=programme, unit=arvidsjaur, started=True)
    session.activity.unit = None
    session.activity.save()
    enrol(activity=session.activity, case=theirs, since=DAY)
    address = reverse("session_roll", args=[session.pk])
    page = sign_in(colleague).get(address).content.decode()
    assert theirs.person.list_name in page
    assert not any(case.person.list_name in page for case in cases)
    assert sign_in(stranger).get(address).status_code == 404


def test_roll_that_nobody_has_called_is_due_until_it_is(session, cases, responsible, colleague):
    def due(user):
        with acting_as(user.pk):
            return [row.due.what for row in worklist_of(user, timezone.localdate()).rows if row.due.rule == Rule.ROLL]

    assert len(due(responsible)) == 1
    assert due(colleague) == []
    call_roll(session=session, cases={cases[0]: Presence.PRESENT})
    assert len(due(responsible)) == 1, "one is not written down"
    call_roll(session=session, cases=dict.fromkeys(cases, Presence.PRESENT))
    assert due(responsible) == []


def test_hours_of_a_month_are_those_of_its_rolls(client, programme, pitea, session, cases):
    first = date(2026, 4, 1)
    kind = programme.kinds.get(code="kurs")
    days = [first, date(2026, 4, 30), date(2026, 5, 1)]
    april, last, may = plan_activity(kind=kind, title="Serie", unit=pitea, minutes=90, days=days)
    call_roll(session=april, cases={cases[0]: Mark(Presence.PRESENT, 60), cases[1]: Presence.ABSENT_VALID})
    call_roll(session=last, cases={cases[0]: Presence.PRESENT, cases[1]: Presence.ABSENT_INVALID})
    call_roll(session=may, cases=dict.fromkeys(cases, Presence.PRESENT))
    found = with_hours(Case.objects.all(), first, date(2026, 4, 30)).order_by("number")
    assert [(c.planned, c.present, c.valid, c.invalid, c.times) for c in found] == [
        (180, 150, 0, 0, 2),
        (180, 0, 90, 90, 0),
    ]
    page = client.get(reverse("hours_list", args=[programme.pk]), {"month": "2026-04"}).content.decode()
    assert [words in page for words in ("April 2026", "3:00", "2:30", "1:30")] == [True] * 4
    file = client.get(reverse("hours_list", args=[programme.pk]), {"month": "2026-04", "export": "csv"})
    assert ";150" in file.content.decode()


def test_pages_ask_as_many_queries_for_many_as_for_one(client, programme, pitea, responsible, session, cases):
    told = {"programme": programme, "unit": pitea, "started": True, "by": responsible}
    pages = [
        reverse("session_roll", args=[session.pk]),
        reverse("activity_detail", args=[session.activity_id]),
        reverse("hours_list", args=[programme.pk]),
        reverse("activity_list", args=[programme.pk]),
    ]
    asked = []
    for _round in range(2):
        call_roll(
            session=session,
            cases=dict.fromkeys(Case.objects.filter(enrolments__activity=session.activity), Presence.PRESENT),
        )
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            asked.append(len(queries))
        for _more in range(3):
            enrol(activity=session.activity, case=factories.CaseFactory(**told), since=DAY)
    # The first page of a session writes when it began.
    assert asked[1:4] == asked[5:8]
    assert asked[4] <= asked[0]
