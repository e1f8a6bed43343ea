"""Each rule alone: what is due and why, what ends it, and who is not meant."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from lotsen.access.models import User
from lotsen.activities.actions import enrol, plan_activity
from lotsen.cases import actions as cases
from lotsen.cases.enums import ContactWay, Whereabouts
from lotsen.cases.models import Case
from lotsen.core.acting import acting_as
from lotsen.employers.enums import Sector
from lotsen.employers.models import Employer, Workplace
from lotsen.notes import actions as notes
from lotsen.notes.enums import Came, Interpreter, WaitsFor
from lotsen.people.models import Consent
from lotsen.placements.actions import begin_placement, change_plan, plan_placement
from lotsen.plans import actions as plans
from lotsen.plans.enums import Horizon, Who
from lotsen.profiles import actions as profiles
from lotsen.referrals.enums import ReferralState
from lotsen.referrals.models import Referral
from lotsen.worklist.enums import Rule
from lotsen.worklist.queries import due_in, scope_of, worklist_of
from tests import factories

STARTED = date(2026, 3, 1)
TODAY = date(2026, 4, 20)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def case(programme, pitea, responsible) -> Case:
    """Return a case that started fifty days ago, and about which nothing else is known."""
    return factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)


@pytest.fixture
def due(case, pitea) -> Callable[..., list[tuple[date, str]]]:
    """Give a function that says when and what is due by a rule on a day."""

    def found(rule: Rule, today: date = TODAY) -> list[tuple[date, str]]:
        fresh = Case.objects.select_related("person", "programme").get(pk=case.pk)
        return [(each.on, each.what) for each in due_in(scope_of([fresh], [pitea.pk], today)) if each.rule == rule]

    return found


def met(case: Case, on: date, came: Came = Came.PRESENT, *, note: bool = True, hour: int = 9):
    """Let a meeting have been."""
    by = User.objects.get(pk=case.responsibleentrys.get().user_id)
    meeting = notes.book_appointment(case=case, user=by, on=on, at=time(hour))
    notes.record_came(appointment=meeting, came=came, today=TODAY)
    if note:
        told = {"way": ContactWay.MEETING, "appointment": meeting}
        notes.write_note(case=case, by=by, on=on, body="Vi sågs.", today=TODAY, **told)
    return meeting


def test_referral_is_due_ten_days_after_it_was_sent(due, programme, pitea, arvidsjaur):
    sent = factories.ReferralFactory(programme=programme, unit=pitea, sent_on=date(2026, 4, 12))
    factories.ReferralFactory(programme=programme, unit=arvidsjaur)
    assert due(Rule.REFERRAL) == [(date(2026, 4, 22), "Answer the referral of 12 Apr")]
    Referral.objects.filter(pk=sent.pk).update(state=ReferralState.WITHDRAWN, decided_on=TODAY)
    assert due(Rule.REFERRAL) == []


def test_case_that_has_not_started_is_due_two_weeks_after_the_referral(programme, pitea):
    case = factories.CaseFactory(programme=programme, unit=pitea)
    (due,) = due_in(scope_of([case], [], TODAY))
    assert (due.rule, due.on, due.what) == (Rule.NOT_STARTED, date(2026, 2, 15), "Meet and start")


def test_meeting_without_outcome_is_asked_for_from_the_day_after(due, case, responsible):
    on = TODAY - DAY
    meeting = notes.book_appointment(case=case, user=responsible, on=on, at=time(9))
    assert due(Rule.CAME, on) == []
    assert due(Rule.CAME) == [(on, "Did the participant come on 19 Apr?")]
    notes.record_came(appointment=meeting, came=Came.ABSENT_VALID, today=TODAY)
    assert due(Rule.CAME) == []


def test_note_is_missed_the_day_after_a_meeting(due, case, responsible):
    meeting = met(case, TODAY - 3 * DAY, note=False)
    assert due(Rule.NOTE) == [(TODAY - 2 * DAY, "Write the note from the meeting of 17 Apr")]
    notes.write_note(case=case, by=responsible, on=meeting.on, body="Så var det.", today=TODAY, appointment=meeting)
    assert due(Rule.NOTE) == []


def test_no_contact_for_three_weeks_is_seen(due, case, responsible):
    assert due(Rule.NO_CONTACT) == [(STARTED + timedelta(days=21), "Get in touch")]
    told = {"case": case, "by": responsible, "today": TODAY, "way": ContactWay.PHONE}
    notes.write_note(on=TODAY - 5 * DAY, body="Inget svar.", was_reached=False, **told)
    assert due(Rule.NO_CONTACT) == [(STARTED + timedelta(days=21), "Get in touch")]
    notes.write_note(on=TODAY - 21 * DAY, body="Vi pratade.", **told)
    assert due(Rule.NO_CONTACT) == [(TODAY, "Get in touch")]
    notes.write_note(on=TODAY - 20 * DAY, body="Igen.", **told)
    assert due(Rule.NO_CONTACT) == []


def test_next_meeting_is_missed_two_weeks_after_the_last(due, case, responsible):
    met(case, TODAY - 14 * DAY)
    assert due(Rule.NO_MEETING) == [(TODAY, "Book the next meeting")]
    notes.book_appointment(case=case, user=responsible, on=TODAY + DAY, at=time(9))
    assert due(Rule.NO_MEETING) == []


@pytest.mark.parametrize(("where", "n"), [(Whereabouts.WORK, 0), (Whereabouts.STUDIES, 0), (Whereabouts.ACTIVITY, 1)])
def test_who_is_in_work_or_studies_needs_no_next_meeting(due, case, where, n):
    cases.enter_whereabouts(case=case, whereabouts=where, since=STARTED)
    assert len(due(Rule.NO_MEETING)) == n


def test_two_absences_without_notice_ask_for_a_talk(due, case):
    met(case, TODAY - 20 * DAY, Came.ABSENT_INVALID, note=False)
    met(case, TODAY - 40 * DAY, Came.ABSENT_INVALID, note=False)
    met(case, TODAY - 5 * DAY, Came.ABSENT_VALID, note=False)
    assert due(Rule.ABSENCE) == []
    met(case, TODAY - 2 * DAY, Came.ABSENT_INVALID, note=False)
    assert due(Rule.ABSENCE) == [(TODAY + DAY, "Talk about the absence: 2 times")]


def test_who_is_in_nothing_a_month_after_the_start_is_seen(due, case):
    assert due(Rule.NO_STEP, STARTED + timedelta(days=29)) == []
    assert due(Rule.NO_STEP) == [(STARTED + timedelta(days=30), "Find a first step together")]
    cases.enter_whereabouts(case=case, whereabouts=Whereabouts.ACTIVITY, since=TODAY)
    assert due(Rule.NO_STEP) == []


def test_limit_of_a_step_is_seen_a_week_ahead(due, case, programme):
    cases.enter_step(case=case, step=programme.steps.get(code="tillit"), since=date(2026, 4, 1))
    assert due(Rule.LIMIT, date(2026, 4, 21)) == []
    assert due(Rule.LIMIT, date(2026, 4, 22)) == [(date(2026, 4, 29), "Trust: 4 weeks. Move on, or say why not")]
    cases.enter_step(case=case, step=programme.steps.get(code="matchning"), since=date(2026, 4, 22))
    assert due(Rule.LIMIT, date(2026, 4, 29)) == []


def test_plan_is_missed_from_halfway(due, case):
    assert due(Rule.NO_PLAN, STARTED + timedelta(days=14)) == []
    assert due(Rule.NO_PLAN, STARTED + timedelta(days=15)) == [(STARTED + timedelta(days=30), "Make the plan together")]
    plans.begin_plan(case=case)
    assert len(due(Rule.NO_PLAN)) == 1
    plans.agree_plan(case=case, on=TODAY)
    assert due(Rule.NO_PLAN) == []


def test_plan_is_gone_through_again_on_its_day(due, case):
    plans.agree_plan(case=case, on=STARTED, revise_on=TODAY + 7 * DAY)
    assert due(Rule.REVISE, TODAY - DAY) == []
    assert due(Rule.REVISE) == [(TODAY + 7 * DAY, "Go through the plan together")]
    plans.agree_plan(case=case, on=TODAY, revise_on=TODAY + 90 * DAY)
    assert due(Rule.REVISE) == []


@pytest.mark.parametrize(
    ("who", "rule"),
    [
        (Who.STAFF, Rule.ACTION),
        (Who.PARTICIPANT, Rule.PARTICIPANT),
        (Who.EMPLOYER, Rule.EMPLOYER),
        (Who.AGENCY, Rule.AGENCY),
    ],
)
def test_late_action_of_the_plan_is_whose_turn_it_is(due, case, who, rule):
    plan = plans.begin_plan(case=case)
    goal = plans.keep_goal(plan=plan, text="Jag provar", horizon=Horizon.FIRST_JOB, due_on=None)
    told = {"text": "Ringa", "who": who, "other": "Någon", "kind": None}
    step = plans.keep_action(goal=goal, due_on=TODAY, **told)
    plans.keep_action(goal=goal, due_on=TODAY + DAY, **told)
    assert due(rule) == []
    plans.agree_plan(case=case, on=STARTED)
    assert due(rule) == [(TODAY, "Ringa")]
    plans.do_action(step=step, on=TODAY)
    assert due(rule) == []


def test_interpreter_is_booked_three_days_before(due, case, responsible):
    told = {"case": case, "user": responsible, "at": time(9), "interpreter": Interpreter.TO_BOOK}
    meeting = notes.book_appointment(on=TODAY + 14 * DAY, **told)
    notes.book_appointment(on=TODAY + 15 * DAY, **told)
    assert due(Rule.INTERPRETER) == [(TODAY + 11 * DAY, "Book the interpreter for 4 May")]
    notes.change_appointment(appointment=meeting, interpreter=Interpreter.BOOKED)
    assert due(Rule.INTERPRETER) == []


def test_consent_that_ends_is_seen_a_month_ahead(due, case, responsible):
    to = factories.UnitFactory()
    days = {"valid_from": STARTED, "valid_until": TODAY + 30 * DAY}
    factories.consent_to(to, case.person, responsible, from_unit=case.unit, **days)
    assert due(Rule.CONSENT, TODAY - DAY) == []
    assert due(Rule.CONSENT) == [(TODAY + 30 * DAY, f"Ask again about {to.organisation.name}")]
    Consent.objects.filter(person=case.person).update(withdrawn_at=timezone.now(), withdrawn_by=responsible)
    assert due(Rule.CONSENT) == []


def test_reference_is_asked_about_until_both_allow_it(due, case):
    gained = profiles.gain_reference(case=case, name="Prov", workplace="Köket", gained_on=TODAY)
    assert due(Rule.REFERENCE) == [(TODAY + 14 * DAY, "Ask both about the reference from Köket")]
    profiles.confirm_reference(reference=gained, on=TODAY)
    assert due(Rule.REFERENCE) == []


def test_placement_that_ends_is_seen_two_weeks_ahead(due, case, programme):
    employer = Employer.objects.create(name="Provbolaget", sector=Sector.values[0])
    workplace = Workplace.objects.create(employer=employer, name="Köket", municipality_id=factories.PITEA)
    kind = programme.kinds.get(code="praktik")
    told = {"case": case, "workplace": workplace, "kind": kind, "without_analysis": "Prov"}
    placement = begin_placement(**told, on=STARTED)
    assert due(Rule.PLACEMENT) == []
    change_plan(placement=placement, until=TODAY + 14 * DAY)
    assert due(Rule.PLACEMENT, TODAY - DAY) == []
    assert due(Rule.PLACEMENT) == [(TODAY + 14 * DAY, "Settle what comes after Köket")]


def test_decision_of_a_subsidy_that_ends_is_seen_six_weeks_ahead(due, case, programme):
    employer = Employer.objects.create(name="Provbolaget", sector=Sector.values[0])
    workplace = Workplace.objects.create(employer=employer, name="Köket", municipality_id=factories.PITEA)
    kind = programme.kinds.get(code="praktik")
    told = {"case": case, "workplace": workplace, "kind": kind, "without_analysis": "Prov"}
    begin_placement(**told, on=STARTED, subsidy="new-start", subsidy_until=TODAY + 42 * DAY)
    assert due(Rule.PLACEMENT, TODAY - DAY) == []
    assert due(Rule.PLACEMENT) == [(TODAY + 42 * DAY, "The decision on the subsidy ends: Köket")]


def test_class_at_the_hours_of_a_placement_is_seen_and_one_beside_them_is_not(due, case, programme, pitea):
    employer = Employer.objects.create(name="Provbolaget", sector=Sector.values[0])
    workplace = Workplace.objects.create(employer=employer, name="Köket", municipality_id=factories.PITEA)
    day = TODAY + 7 * DAY
    placement = plan_placement(
        case=case,
        workplace=workplace,
        kind=programme.kinds.get(code="praktik"),
        from_on=TODAY + 3 * DAY,
        weekdays=[day.isoweekday()],
        day_from=time(9),
        day_to=time(14),
    )

    def learn(title, on, at, minutes=90):
        told = {"kind": programme.kinds.get(code="kurs"), "unit": pitea, "at": at, "minutes": minutes}
        (session,) = plan_activity(title=title, days=[on], **told)
        enrol(activity=session.activity, case=case, since=TODAY)
        return session

    learn("Before", day, time(7, 30))
    learn("After", day, time(14))
    learn("Another day", day + DAY, time(10))
    assert due(Rule.CLASH) == []
    session = learn("Swedish", day, time(13))
    assert due(Rule.CLASH) == [(day, "Swedish is at the same time as the placement")]
    change_plan(placement=placement, day_to=time(13))
    assert due(Rule.CLASH) == []
    change_plan(placement=placement, day_to=time(14))
    session.cancelled_on = TODAY
    session.save()
    assert due(Rule.CLASH) == []


def test_answered_transfer_asks_to_close_or_to_read_why(due, case, programme, arvidsjaur):
    told = {"programme": programme, "unit": arvidsjaur, "from_case": case, "sent_on": TODAY}
    sent = factories.ReferralFactory(**told)
    assert due(Rule.TRANSFER) == []
    Referral.objects.filter(pk=sent.pk).update(state=ReferralState.DECLINED, decided_on=TODAY, answer="Fullt")
    assert due(Rule.TRANSFER) == [(TODAY, f"{arvidsjaur.name} has declined: read why")]


def test_follow_up_comes_back_after_an_attempt_and_stops_after_three(due, case, responsible, programme):
    closed = date(2026, 4, 1)
    told = {"destination": programme.destinations.first(), "reason": programme.exitreasons.first()}
    cases.end_case(case=case, on=closed, **told)
    first = closed + timedelta(days=90)
    assert due(Rule.FOLLOW_UP, first - 8 * DAY) == []
    assert due(Rule.FOLLOW_UP, first - 7 * DAY) == [(first, "Follow up on day 90")]
    attempt = {"case": case, "day": 90, "way": ContactWay.PHONE, "by": responsible}
    cases.try_follow_up(on=first, **attempt)
    assert due(Rule.FOLLOW_UP, first + 22 * DAY) == []
    assert due(Rule.FOLLOW_UP, first + 23 * DAY) == [(first + 30 * DAY, "Try again: attempt 2")]
    for days in (30, 60):
        cases.try_follow_up(on=first + timedelta(days=days), **attempt)
    assert due(Rule.FOLLOW_UP, first + 61 * DAY) == [(first, "Tried 3 times: say that nobody answered")]
    cases.record_follow_up(case=case, day=90, on=first + 61 * DAY, answers=None)
    assert due(Rule.FOLLOW_UP, first + 61 * DAY) == []


def test_note_waits_for_whom_it_says_until_it_is_settled(due, case, responsible):
    told = {"waits_for": WaitsFor.AGENCY, "waits_until": TODAY + DAY}
    note = notes.write_note(case=case, by=responsible, on=TODAY, body="Besked\nrad två", today=TODAY, **told)
    assert due(Rule.AGENCY) == [(TODAY + DAY, "Besked")]
    notes.settle_note(note=note, on=TODAY)
    assert due(Rule.AGENCY) == []


def test_each_rule_has_its_case_in_the_demo(db):
    """As of the day on which the demo was made: its youngest referral came the day before."""
    coach = User.objects.get(email="coach.pitea@kofa.example")
    made = Referral.objects.latest("sent_on").sent_on + DAY
    with acting_as(coach.pk):
        counts = worklist_of(coach, made).counts
    assert {rule for rule in Rule if not counts[rule]} == set()


def test_rules_ask_as_many_queries_for_three_cases_as_for_one(programme, pitea, responsible):
    told = {"programme": programme, "unit": pitea, "started": True, "by": responsible}
    made = [factories.CaseFactory(**told) for _ in range(3)]
    for case in made:
        met(case, TODAY - 3 * DAY, note=False, hour=8 + made.index(case))
    asked = []
    for few in (made[:1], made):
        fresh = list(Case.objects.filter(pk__in=[case.pk for case in few]))
        with CaptureQueriesContext(connection) as queries:
            assert due_in(scope_of(fresh, [pitea.pk], TODAY))
        asked.append(len(queries))
    assert asked[0] == asked[1]
