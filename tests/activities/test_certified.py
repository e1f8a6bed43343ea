"""Signed hours: what both have signed stays as it is, until somebody opens the month again and says why."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from lotsen.activities.actions import call_roll, certify_month, enrol, plan_activity
from lotsen.activities.enums import Presence
from lotsen.activities.models import Attendance, CertifiedMonth
from lotsen.activities.queries import Mark, month_of
from lotsen.cases.enums import Signed
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.core.text import clock
from lotsen.notes.actions import book_appointment
from tests import factories

DAYS = [date(2026, 4, 7), date(2026, 4, 14), date(2026, 5, 5)]


@pytest.fixture
def case(programme, pitea, responsible):
    """Return a case of the coach."""
    return factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)


@pytest.fixture
def sessions(programme, pitea, case):
    """Return two sessions of April and one of May, all written down: two hours, and half of the second."""
    kind = programme.kinds.get(code="kurs")
    sessions = plan_activity(kind=kind, title="Kurs", unit=pitea, minutes=120, days=DAYS)
    enrol(activity=sessions[0].activity, case=case, since=DAYS[0])
    for session, minutes in zip(sessions, (120, 60, 120), strict=True):
        call_roll(session=session, cases={case: Mark(Presence.PRESENT, minutes)})
    return sessions


def sign(client, case, **told):
    """Sign the hours of April; return the page that follows."""
    address = reverse("hours_sign", args=[case.pk, 2026, 4])
    return client.post(address, {"how": "screen", **told}, follow=True).content.decode()


def test_both_sign_the_hours_of_a_month(client, case, sessions, responsible):
    page = client.get(reverse("hours_month", args=[case.pk, 2026, 4])).content.decode()
    assert [words in page for words in ("2:00", "1:00", "3:00", "of 4:00 planned")] == [True] * 4
    assert "Signed. The attendance of the month stays as it is." in sign(client, case)
    row = case.certified_months.get()
    assert (row.month, row.minutes, row.signed_how, row.signed_by) == (date(2026, 4, 1), 180, "screen", responsible)
    assert "signed already" in sign(client, case)


def test_signed_month_is_locked_and_the_others_are_not(client, case, sessions, responsible):
    sign(client, case)
    answer = client.post(reverse("session_roll", args=[sessions[0].pk]), {f"came_{case.pk}": "absent_invalid"})
    assert (answer.status_code, "Open the month again first" in answer.content.decode()) == (422, True)
    assert case.attendances.get(session=sessions[0]).minutes == 120
    with acting_as(responsible.pk):
        for refused in (
            lambda: Attendance.objects.filter(session=sessions[1]).update(minutes=1),
            lambda: Attendance.objects.filter(session=sessions[1]).delete(),
        ):
            with pytest.raises(IntegrityError, match="month_is_certified"), transaction.atomic():
                refused()
        call_roll(session=sessions[2], cases={case: Presence.ABSENT_VALID})
    assert case.attendances.get(session=sessions[2]).minutes == 0


def test_roll_of_the_others_is_corrected_where_one_has_signed(client, case, sessions, programme, pitea):
    sign(client, case)
    other = factories.CaseFactory(programme=programme, unit=pitea, started=True)
    enrol(activity=sessions[0].activity, case=other, since=DAYS[0])
    sent = {f"came_{case.pk}": "present", f"came_{other.pk}": "absent_valid"}
    assert client.post(reverse("session_roll", args=[sessions[0].pk]), sent).status_code == 302
    assert other.attendances.get().presence == "absent_valid"


def test_month_is_opened_again_with_a_reason_and_what_was_signed_stays(client, case, sessions):
    sign(client, case)
    row = case.certified_months.get()
    address = reverse("hours_reopen", args=[row.pk])
    assert client.post(address, {"why": ""}).status_code == 422
    page = client.post(address, {"why": "Fel dag"}, follow=True).content.decode()
    assert "Fel dag" in page
    client.post(reverse("session_roll", args=[sessions[1].pk]), {f"came_{case.pk}": "present"})
    sign(client, case)
    assert list(case.certified_months.order_by("signed_on", "minutes").values_list("minutes", "reopened_why")) == [
        (180, "Fel dag"),
        (240, ""),
    ]


def test_month_with_a_roll_that_is_not_called_is_not_signed(client, case, sessions):
    Attendance.objects.filter(session=sessions[1]).delete()
    assert "The roll of 2026-04-14 is not called for this participant" in sign(client, case)
    assert "Not written down yet" in client.get(reverse("hours_month", args=[case.pk, 2026, 4])).content.decode()
    assert not case.certified_months.exists()


def test_month_without_anything_or_to_come_is_not_signed(case, responsible):
    told = {"case": case, "how": Signed.PAPER, "by": responsible}
    with pytest.raises(Refused, match="nothing to sign"), transaction.atomic():
        certify_month(month=date(2026, 4, 1), on=date(2026, 5, 1), **told)
    with pytest.raises(Refused, match="has not begun"), transaction.atomic():
        certify_month(month=date(2026, 6, 1), on=date(2026, 5, 1), **told)


def test_month_that_is_none_is_not_found(client, case):
    assert client.get(reverse("hours_month", args=[case.pk, 2026, 13])).status_code == 404
    sent = client.post(reverse("hours_sign", args=[case.pk, 2026, 13]), {"how": "screen"})
    assert sent.status_code == 404


def test_meeting_of_a_signed_month_is_not_cancelled_afterwards(client, case, programme, responsible):
    kind = programme.kinds.get(code="kurs")
    meeting = book_appointment(case=case, user=responsible, on=DAYS[0], at=time(10), minutes=45, kind=kind)
    address = reverse("appointment_came", args=[meeting.pk])
    client.post(address, {"came": "present"})
    sign(client, case)
    page = client.post(address, {"came": "cancelled"}, follow=True).content.decode()
    assert "Open the month again first" in page
    assert case.attendances.get().minutes == 45


@given(day=st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_month_begins_on_its_first_day_and_ends_before_the_next(day):
    first, last = month_of(day)
    assert first <= day <= last
    assert (first.day, (last + timedelta(days=1)).day, first.month) == (1, 1, last.month)


@given(minutes=st.integers(0, 100_000))
def test_hours_are_written_to_the_minute(minutes):
    hours, rest = clock(minutes).split(":")
    assert int(hours) * 60 + int(rest) == minutes
    assert len(rest) == 2


def test_signed_papers_of_several_are_entered_at_once(client, case, sessions, programme, pitea):
    """Who lacks a roll, has signed already or is of another unit is not there to be ticked."""
    others = [factories.CaseFactory(programme=programme, unit=pitea, started=True) for _n in range(3)]
    call_roll(session=sessions[0], cases=dict.fromkeys((case, *others), Presence.PRESENT))
    enrol(activity=sessions[0].activity, case=others[2], since=DAYS[1])
    address = reverse("hours_sign_many", args=[programme.pk, 2026, 4])
    page = client.get(address).content.decode()
    assert [str(each.pk) in page for each in (case, *others)] == [True, True, True, False]
    assert client.post(address, {"how": "paper"}).status_code == 422
    ticked = [str(case.pk), str(others[0].pk)]
    page = client.post(address, {"how": "paper", "cases": ticked}, follow=True).content.decode()
    assert "Signed." in page
    signed = CertifiedMonth.objects.filter(case__programme=programme)
    assert set(signed.values_list("case", "minutes")) == {(case.pk, 180), (others[0].pk, 120)}
    assert client.post(address, {"how": "paper", "cases": [str(others[2].pk)]}).status_code == 422


def test_signed_papers_are_entered_by_who_works_with_the_people(
    sign_in, case, sessions, programme, responsible, colleague, stranger
):
    address = reverse("hours_sign_many", args=[programme.pk, 2026, 4])
    told = {"how": "paper", "cases": [str(case.pk)]}
    statuses = [sign_in(who).post(address, told).status_code for who in (stranger, colleague, responsible)]
    assert statuses == [404, 422, 302]


def test_hours_of_the_portal_count_and_their_difference_is_shown(client, case, sessions, programme):
    type(programme).objects.filter(pk=programme.pk).update(hours_signed="portal")
    assert "in the funder&#x27;s portal" in sign(client, case)
    address = reverse("hours_portal", args=[case.pk, 2026, 4])
    for wrong in ("", "3.75", "tre", "999"):
        assert client.post(address, {"hours": wrong}).status_code == 422
    page = client.post(address, {"hours": "2.30"}, follow=True).content.decode()
    assert "0:30 hours apart" in page
    assert case.certified_months.get().minutes == 150
    many = reverse("hours_sign_many", args=[programme.pk, 2026, 5])
    client.post(many, {"how": "paper", "cases": [str(case.pk)]})
    assert case.certified_months.count() == 1


def test_hours_signed_here_are_not_written_down_from_a_portal(client, case, sessions):
    answer = client.post(reverse("hours_portal", args=[case.pk, 2026, 4]), {"hours": "3"})
    assert (answer.status_code, "signed here" in answer.content.decode()) == (422, True)
