"""Activities are planned with their sessions, and who came is written down once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import override

from lotsen.activities.actions import call_roll, plan_activity
from lotsen.activities.enums import Presence
from lotsen.activities.models import Activity, Attendance
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from tests import factories

DAY = date(2026, 4, 1)
PRESENT, VALID, INVALID = Presence.PRESENT, Presence.ABSENT_VALID, Presence.ABSENT_INVALID


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def course(programme):
    """Return a kind of activity of the programme."""
    return programme.kinds.get(code="kurs")


@pytest.fixture
def session(course):
    """Return a session of two hours."""
    (session,) = plan_activity(kind=course, title="Svetskurs", minutes=120, days=[DAY])
    return session


@pytest.fixture
def cases(programme, pitea):
    """Return two cases of the programme."""
    return [factories.CaseFactory(programme=programme, unit=pitea, started=True) for _ in range(2)]


def refusal(act, **given):
    """Return the sentence with which an action refuses."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(**given)
    return str(caught.value)


def roll(session):
    """Return who was written down: case or organisation, how, and for how many minutes."""
    rows = Attendance.objects.filter(session=session).select_related("case", "organisation")
    return sorted((str(row.case or row.organisation), row.presence, row.minutes) for row in rows)


def test_activity_has_a_session_on_each_of_its_days(course, pitea):
    days = [date(2026, 4, 1), date(2026, 4, 8), date(2026, 4, 15)]
    sessions = plan_activity(kind=course, title="Svetskurs", minutes=120, days=days, unit=pitea)
    (activity,) = Activity.objects.filter(programme=course.programme)
    assert (activity.kind, activity.unit, activity.title) == (course, pitea, "Svetskurs")
    assert list(activity.sessions.order_by("on").values_list("on", "minutes")) == [(day, 120) for day in days]
    assert [session.activity for session in sessions] == [activity] * 3


def test_activity_without_a_unit_is_for_the_whole_programme(course):
    plan_activity(kind=course, title="Öppet hus", minutes=60, days=[])
    activity = Activity.objects.get(programme=course.programme)
    assert (activity.unit, activity.sessions.count()) == (None, 0)


@pytest.mark.parametrize(("code", "name"), [("praktik", "Internship"), ("sprak", "Language support")])
def test_activity_of_another_kind_is_refused_and_nothing_is_planned(programme, code, name):
    kind = programme.kinds.get(code=code)
    assert refusal(plan_activity, kind=kind, title="x", minutes=60, days=[DAY]) == f"{name} is not a kind of activity."
    assert Activity.objects.filter(programme=programme).count() == 0


@pytest.mark.parametrize("minutes", [0, 24 * 60 + 1])
def test_session_that_fits_in_no_day_is_refused_by_the_database(course, minutes):
    with pytest.raises(IntegrityError, match='"session_fits_in_a_day"'), transaction.atomic():
        plan_activity(kind=course, title="x", minutes=minutes, days=[DAY])
    assert Activity.objects.filter(programme=course.programme).count() == 0


def test_roll_gives_the_minutes_of_the_session_to_those_who_came(session, cases):
    school = factories.OrganisationFactory(name="Provskolan")
    call_roll(session=session, cases={cases[0]: PRESENT, cases[1]: VALID}, organisations={school: PRESENT})
    assert roll(session) == sorted(
        [(cases[0].number, "present", 120), (cases[1].number, "absent_valid", 0), ("Provskolan", "present", 120)]
    )


def test_roll_called_again_corrects(session, cases):
    call_roll(session=session, cases={cases[0]: PRESENT, cases[1]: INVALID})
    call_roll(session=session, cases={cases[0]: VALID})
    assert roll(session) == [(cases[0].number, "absent_valid", 0)]


def test_roll_called_twice_counts_nobody_twice(session, cases):
    for _ in range(2):
        call_roll(session=session, cases=dict.fromkeys(cases, PRESENT))
    assert roll(session) == sorted((case.number, "present", 120) for case in cases)


def test_roll_of_a_session_leaves_the_others_alone(course, cases):
    first, second = plan_activity(kind=course, title="Svetskurs", minutes=60, days=[DAY, date(2026, 4, 8)])
    call_roll(session=first, cases={cases[0]: PRESENT})
    call_roll(session=second, cases={cases[0]: INVALID})
    assert [roll(session) for session in (first, second)] == [
        [(cases[0].number, "present", 60)],
        [(cases[0].number, "absent_invalid", 0)],
    ]


def test_roll_with_somebody_of_another_programme_is_refused_and_nothing_changes(session, cases):
    call_roll(session=session, cases={cases[0]: PRESENT})
    other = factories.CaseFactory()
    assert refusal(call_roll, session=session, cases={cases[0]: INVALID, other: PRESENT}) == (
        "Somebody on the list does not take part in this programme."
    )
    assert roll(session) == [(cases[0].number, "present", 120)]


def test_roll_of_one_unit_leaves_the_people_of_another_as_they_are(
    programme, session, cases, responsible, colleague, arvidsjaur
):
    theirs = factories.CaseFactory(programme=programme, unit=arvidsjaur, started=True)
    for user, case in ((responsible, cases[0]), (colleague, theirs), (responsible, cases[0])):
        with acting_as(user.pk):
            call_roll(session=session, cases={case: PRESENT})
    assert roll(session) == sorted([(cases[0].number, "present", 120), (theirs.number, "present", 120)])


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("attendance_is_of_one", [{}]),
        ("attendance_is_of_one", [{"case": 0, "organisation": 2}]),
        ("attendance_once_for_case", [{"case": 0}, {"case": 0}]),
        ("attendance_once_for_organisation", [{"organisation": 2}, {"organisation": 2}]),
        ("attendance_presence_is_known", [{"case": 0, "presence": "late", "minutes": 0}]),
        ("attendance_absent_has_no_minutes", [{"case": 0, "presence": "absent_valid", "minutes": 1}]),
    ],
)
def test_database_refuses_an_attendance_that_cannot_be(session, cases, constraint, fields):
    who = [*cases, factories.OrganisationFactory()]
    rows = [
        Attendance(
            session=session,
            **{"presence": "present", "minutes": 60}
            | {name: who[value] if name in {"case", "organisation"} else value for name, value in row.items()},
        )
        for row in fields
    ]
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        Attendance.objects.bulk_create(rows)


def test_session_is_not_forgotten_while_somebody_was_there(session, cases):
    call_roll(session=session, cases={cases[0]: PRESENT})
    with pytest.raises(ProtectedError):
        session.delete()
