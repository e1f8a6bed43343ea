"""Meetings of the programme's groups: agenda, presence by organisation, decisions, and what somebody shall do."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lotsen.access.models import Organisation
from lotsen.activities.actions import call_roll, plan_activity, plan_meeting
from lotsen.activities.enums import Audience, Presence
from lotsen.activities.models import Activity, Attendance, Minutes, Session, Task
from lotsen.indicators.queries import calculate, definition_of
from lotsen.programmes.enums import PartnerRole
from lotsen.programmes.models import Partner
from tests import factories


@pytest.fixture
def partners(programme) -> list[Organisation]:
    """Return three partners of the programme."""
    found = [factories.OrganisationFactory() for _n in range(3)]
    for place, who in enumerate(found):
        Partner.objects.create(programme=programme, organisation=who, roles=[PartnerRole.PARTNER], position=place + 1)
    return found


@pytest.fixture
def meeting(programme):
    """Return a meeting of the steering group that has been."""
    kind = programme.kinds.get(code="styrgrupp")
    return plan_meeting(kind=kind, on=date(2026, 5, 6), at=None, minutes=90, agenda="Budget")


@pytest.fixture
def manages(sign_in, manager):
    """Return the programme manager's browser, in English."""
    client = sign_in(manager)
    client.cookies["django_language"] = "en"
    return client


def test_manager_plans_a_meeting_of_a_group(manages, programme, manager):
    kind = programme.kinds.get(code="styrgrupp")
    address = reverse("group_list", args=[programme.pk])
    ahead = timezone.localdate() + timedelta(days=7)
    told = {"kind": kind.pk, "on": ahead.isoformat(), "at": "13", "minutes": "120", "agenda": "Läget"}
    page = manages.post(address, told, follow=True).content.decode()
    assert "Who came is written down when the meeting has been." in page
    assert "Läget" in page
    manages.post(address, {**told, "submission": ""})
    # The group is one activity, each meeting a session of it.
    activity = Activity.objects.get(programme=programme, kind=kind)
    assert (activity.audience, activity.sessions.count()) == (Audience.PARTNERS, 2)
    assert manages.post(address, {"kind": kind.pk}).status_code == 422


def test_presence_is_kept_by_organisation_and_moves_the_share_of_active_partners(manages, programme, meeting, partners):
    address = reverse("group_meeting", args=[meeting.pk])
    said = {f"came_{partners[0].pk}": "present", f"came_{partners[1].pk}": "absent_valid"}
    page = manages.post(address, {**said, "agenda": "Budget", "decisions": "Köp kaffe"}, follow=True)
    assert "The meeting is written down." in page.content.decode()
    rows = Attendance.objects.filter(session=meeting).values_list("organisation", "presence", "minutes")
    assert set(rows) == {(partners[0].pk, "present", 90), (partners[1].pk, "absent_valid", 0)}
    share = calculate(programme, definition_of("share_partners_active"), date(2026, 6, 1)).total
    assert share.numerator == 1
    listed = manages.get(reverse("group_list", args=[programme.pk])).content.decode()
    assert "1 of 2 partners came" in listed
    # Written anew, the meeting says what is said now.
    manages.post(address, {f"came_{partners[2].pk}": "present", "agenda": "", "decisions": "Köp te"})
    assert list(meeting.attendances.values_list("organisation", flat=True)) == [partners[2].pk]
    assert Minutes.objects.get(session=meeting).decisions == "Köp te"


def test_meeting_to_come_takes_no_presence(manages, programme, partners):
    kind = programme.kinds.get(code="styrgrupp")
    ahead = plan_meeting(kind=kind, on=timezone.localdate() + timedelta(days=1), at=None, minutes=60)
    manages.post(reverse("group_meeting", args=[ahead.pk]), {f"came_{partners[0].pk}": "present"})
    assert not ahead.attendances.exists()


def test_tasks_stand_until_they_are_done(manages, programme, meeting):
    address = reverse("task_give", args=[meeting.pk])
    assert manages.post(address, {"what": "Ring"}).status_code == 422
    manages.post(address, {"what": "Ring Arbetsförmedlingen", "who": "Maja", "due_on": "2026-05-20"})
    listed = reverse("group_list", args=[programme.pk])
    page = manages.get(listed).content.decode()
    assert "Ring Arbetsförmedlingen" in page
    assert "late" in page
    task = Task.objects.get(session=meeting)
    manages.post(reverse("task_finish", args=[task.pk]))
    assert "Ring Arbetsförmedlingen" not in manages.get(listed).content.decode()
    manages.post(reverse("task_finish", args=[task.pk]))
    assert Task.objects.get(pk=task.pk).done_on is None


def test_roll_of_participants_leaves_the_partners_and_the_other_way(programme, pitea, partners):
    """A training for both: whoever calls the roll of the one takes nothing from the other."""
    case = factories.CaseFactory(programme=programme, unit=pitea, started=True)
    kind = programme.kinds.get(code="kurs")
    (session,) = plan_activity(kind=kind, title="Jämställdhet", minutes=60, days=[date(2026, 4, 8)], unit=pitea)
    call_roll(session=session, organisations={partners[0]: Presence.PRESENT})
    call_roll(session=session, cases={case: Presence.PRESENT})
    call_roll(session=session, organisations={partners[1]: Presence.PRESENT})
    rows = set(session.attendances.values_list("case", "organisation"))
    assert rows == {(case.pk, None), (None, partners[1].pk)}
    call_roll(session=session, cases={})
    assert set(session.attendances.values_list("case", "organisation")) == {(None, partners[1].pk)}


def test_groups_are_kept_by_those_in_the_programme(sign_in, meeting, responsible, colleague, stranger, evaluator):
    address = reverse("group_meeting", args=[meeting.pk])
    statuses = [sign_in(who).get(address).status_code for who in (responsible, colleague, stranger, evaluator)]
    assert statuses == [200, 200, 404, 403]
    assert Session.objects.filter(pk=meeting.pk).exists()
