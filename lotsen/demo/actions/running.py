"""A project that runs on the day the demo is made: a working day, where every rule of the worklist has its case."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from lotsen.access.enums import Role
from lotsen.access.models import Membership, Organisation, SecrecyDomain, Unit, User
from lotsen.cases import actions as cases
from lotsen.cases.enums import ContactWay, Signed, Whereabouts
from lotsen.cases.models import Case
from lotsen.notes import actions as notes
from lotsen.notes.enums import Came, Interpreter, WaitsFor
from lotsen.people.actions import record_consent
from lotsen.people.enums import GivenHow
from lotsen.placements.models import Opening
from lotsen.plans import actions as plans
from lotsen.plans.enums import Horizon, Who
from lotsen.profiles import actions as profiles
from lotsen.profiles.enums import CompetenceKind, Licence, Validation
from lotsen.programmes.enums import Support
from lotsen.programmes.models import Programme
from lotsen.referrals import actions as referrals
from lotsen.referrals.enums import Priority
from lotsen.referrals.queries import next_case_number

from .groups import meet_in_groups
from .matches import look_at_lists
from .people import PeopleMaker
from .workplaces import keep_in_touch, offer_places, place_people

#: Whose working day it is: the coach whom the sign-in page shows first.
COACH = "coach.pitea@kofa.example"
OFFICER = "referring-officer.arbetsformedlingen@klivet.example"


@dataclass
class Desk:
    """Who makes the stories, on which day, with what."""

    programme: Programme
    unit: Unit
    coach: User
    colleague: User
    other_unit: Unit
    other_coach: User
    referrer: Organisation
    people: PeopleMaker
    today: date
    rng: random.Random = field(default_factory=lambda: random.Random(2026))  # noqa: S311 - made-up people, the same each time
    made: int = 0

    def ago(self, days: int) -> date:
        """Return a day so long ago; ahead, where the number is negative."""
        return self.today - timedelta(days=days)


def run_now(programme: Programme, staff: dict[Unit, User], people: PeopleMaker, today: date) -> None:
    """Make the people of a project that runs today."""
    unit, other = (next(each for each in staff if place in each.name) for place in ("Piteå", "Älvsbyn"))
    referrer = Organisation.objects.get(name="Arbetsförmedlingen Piteå/Älvsbyn")
    coach = User.objects.get(email=COACH)
    coach.competence = "unga, arabiska"
    coach.save(update_fields=["competence"])
    desk = Desk(programme, unit, coach, staff[unit], other, staff[other], referrer, people, today)
    _employ_officer(desk)
    notes.keep_snippet(unit=unit, name="Inför praktik", body="Vi gick igenom arbetstider, resväg och arbetskläder.")
    for story in STORIES:
        story(desk)
    _send_referrals(desk)
    meet_in_groups(programme, unit, coach, today)
    look_at_lists(list(Opening.objects.filter(unit__in=[unit, other])), coach)


def _employ_officer(desk: Desk) -> None:
    """Employ somebody who refers people, at the employment service."""
    domain, _made = SecrecyDomain.objects.get_or_create(code="arbetsformedlingen")
    office = Unit.objects.create(organisation=desk.referrer, name="Arbetsförmedlingen Piteå", secrecy_domain=domain)
    officer = User.objects.create(email=OFFICER, name="Tuva Holm", password=desk.coach.password)
    Membership.objects.create(user=officer, unit=office, role=Role.REFERRING_OFFICER)


def _case(desk: Desk, *, started: int | None, referred: int | None = None, by: User | None = None, **more: Any) -> Case:
    """Make a case, referred some days before its start, with its first step and a plan unless told otherwise."""
    referred = referred if referred is not None else (started or 0) + 10
    sex = "woman" if desk.made % 2 else "man"
    person, age = desk.people.make(desk.rng, desk.unit, sex, (19, 61), desk.ago(referred))
    desk.made += 1
    case = cases.refer_case(
        programme=desk.programme,
        unit=desk.unit,
        person=person,
        on=desk.ago(referred),
        number=next_case_number(desk.programme),
        facts={"sex": sex, "age": age, "born_abroad": desk.made % 3 == 0, "months_without_work": 6 + desk.made},
        referred_by=desk.referrer,
    )
    if started is None:
        return case
    on = desk.ago(started)
    cases.start_participation(
        case=case,
        on=on,
        support=Support.INCOME_SUPPORT,
        responsible=by or desk.coach,
        step=desk.programme.steps.get(code="assessment"),
        distance=desk.rng.randint(1, 5),
    )
    step = desk.programme.steps.get(code=more.get("step", "support"))
    # Those who have come far have climbed a step at a time.
    for place, climbed in enumerate(desk.programme.steps.filter(position__range=(1, step.position))):
        since = desk.ago(more.get("step_since", 20) - place * 10)
        cases.enter_step(case=case, step=climbed, since=max(on, since) + timedelta(days=since <= on))
    if more.get("whereabouts", True):
        cases.enter_whereabouts(
            case=case, whereabouts=Whereabouts.ACTIVITY, since=min(on + timedelta(days=5), desk.today)
        )
    if more.get("plan", True):
        _plan(desk, case, agreed=min(started, more.get("agreed", 15)), revise=more.get("revise", 75))
    return case


def _plan(desk: Desk, case: Case, *, agreed: int, revise: int, **late: Any) -> None:
    """Agree on a plan of two goals; `late` is an action whose day was last week."""
    plan = plans.begin_plan(case=case)
    plans.write_own_words(plan=plan, text="Jag vill ha ett jobb där jag möter människor.", seen="")
    near = plans.keep_goal(plan=plan, text="Jag provar arbete i kök", horizon=Horizon.FIRST_JOB, due_on=desk.ago(-60))
    far = plans.keep_goal(plan=plan, text="Jag blir kock", horizon=Horizon.LONG_TERM, due_on=None)
    ahead: dict[str, Any] = {"due_on": desk.ago(-20), "other": "", "kind": None}
    visit = plans.keep_action(goal=near, text="Studiebesök i ett storkök", who=Who.PARTICIPANT, **ahead)
    plans.keep_action(goal=near, text="Ringa tre arbetsgivare", who=Who.STAFF, **ahead)
    plans.keep_action(goal=far, text="Läsa om yrkesutbildningar", who=Who.PARTICIPANT, **{**ahead, "due_on": None})
    if late:
        plans.keep_action(goal=near, due_on=desk.ago(6), kind=None, **late)
    agreed_on = desk.ago(agreed)
    plans.agree_plan(
        case=case, on=agreed_on, how=Signed.SCREEN, by=desk.coach, revise_on=max(desk.ago(-revise), agreed_on)
    )
    plans.do_action(step=visit, on=desk.ago(min(agreed, 2)))


def _met(desk: Desk, case: Case, *, ago: int, note: str = "", came: Came = Came.PRESENT, at: int = 10) -> None:
    """Let a meeting have been, with a note where there is one."""
    meeting = notes.book_appointment(
        case=case,
        user=desk.coach,
        on=desk.ago(ago),
        at=time(at, desk.made % 60),
        minutes=45,
        kind=desk.programme.kinds.get(code="talk"),
        place="Rum 214",
    )
    notes.record_came(appointment=meeting, came=came, today=desk.today)
    if note:
        _note(desk, case, ago=ago, body=note, appointment=meeting, way=ContactWay.MEETING)


def _note(desk: Desk, case: Case, *, ago: int, body: str, **told: Any) -> None:
    notes.write_note(case=case, by=desk.coach, on=desk.ago(ago), body=body, today=desk.today, **told)


def _ahead(desk: Desk, case: Case, *, days: int, **told: Any) -> None:
    """Book a meeting to come."""
    # Nobody meets two at the same time: the hour follows the number of the case.
    at = told.pop("at", time(8 + desk.made % 8, 0))
    notes.book_appointment(case=case, user=desk.coach, on=desk.ago(-days), at=at, **{"minutes": 45, **told})


def _steady(desk: Desk, **more: Any) -> Case:
    """Make a case where nothing is due but what a story adds: met last week, written about, and met again soon."""
    case = _case(desk, **{"started": 60, **more})
    _met(desk, case, ago=5, note="Vi gick igenom veckan. Hon trivs i köket och vill prova fler uppgifter.")
    _ahead(desk, case, days=2 + desk.made // 8)
    return case


def _ordinary(desk: Desk) -> None:
    case = _steady(desk)
    profiles.keep_needs(
        case=case,
        interpreter="tigrinja",
        is_step_free=True,
        has_lift=False,
        other="",
        hours_per_week=20,
        licence=Licence.LEARNING,
    )
    for kind, name, level in (
        (CompetenceKind.LANGUAGE, "Tigrinja", "modersmål"),
        (CompetenceKind.SFI, "SFI kurs C, studieväg 2", "pågår"),
        (CompetenceKind.INFORMAL, "Matlagning för många", "tio år"),
    ):
        profiles.keep_competence(
            case=case, kind=kind, name=name, level=level, validation=Validation.NONE, validated_on=None, result=""
        )


def _today(desk: Desk) -> None:
    """Three meetings today."""
    for hour, way in ((9, ContactWay.MEETING), (10, ContactWay.PHONE), (14, ContactWay.MEETING)):
        case = _case(desk, started=45)
        _met(desk, case, ago=7, note="Uppföljning av planen.", at=hour)
        _ahead(desk, case, days=0, at=time(hour, 30), way=way, place="Rum 214")


def _came(desk: Desk) -> None:
    case = _steady(desk)
    _ahead(desk, case, days=-1, at=time(8, 15))


def _note_missing(desk: Desk) -> None:
    case = _steady(desk)
    _met(desk, case, ago=3, at=15)


def _no_contact(desk: Desk) -> None:
    case = _case(desk, started=70)
    _met(desk, case, ago=30, note="Vi sågs på språkkaféet.")
    _note(desk, case, ago=9, body="Ringde, inget svar.", way=ContactWay.PHONE, was_reached=False)
    _ahead(desk, case, days=5, at=time(16))


def _no_meeting(desk: Desk) -> None:
    case = _case(desk, started=70)
    _met(desk, case, ago=20, note="Nöjd med veckan.")
    _note(desk, case, ago=6, body="Pratade i telefon om resvägen.", way=ContactWay.PHONE)


def _absent(desk: Desk) -> None:
    case = _steady(desk)
    for ago in (12, 3):
        _met(desk, case, ago=ago, came=Came.ABSENT_INVALID, at=11)


def _in_nothing(desk: Desk) -> None:
    _steady(desk, whereabouts=False)


def _at_the_limit(desk: Desk) -> None:
    _steady(desk, started=25, step="assessment")


def _without_plan(desk: Desk) -> None:
    _steady(desk, started=20, plan=False)


def _to_revise(desk: Desk) -> None:
    _steady(desk, revise=3)


def _late_actions(desk: Desk) -> None:
    for who, text, other in (
        (Who.STAFF, "Ordna busskort", ""),
        (Who.AGENCY, "Besked om sjukpenning", "Försäkringskassan"),
    ):
        case = _steady(desk, plan=False)
        _plan(desk, case, agreed=15, revise=75, text=text, who=who, other=other)


def _waiting(desk: Desk) -> None:
    for waits_for, body in (
        (WaitsFor.PARTICIPANT, "Svar om kursstart i SFI"),
        (WaitsFor.EMPLOYER, "Storköket hör av sig om en provvecka"),
    ):
        case = _steady(desk)
        _note(desk, case, ago=4, body=body, waits_for=waits_for, waits_until=desk.ago(-3))


def _interpreter(desk: Desk) -> None:
    case = _case(desk, started=50)
    _met(desk, case, ago=6, note="Vi bokade tolk till nästa gång.")
    profiles.keep_needs(
        case=case, interpreter="arabiska", is_step_free=False, has_lift=False, other="", hours_per_week=None, licence=""
    )
    _ahead(desk, case, days=6, at=time(16), interpreter=Interpreter.TO_BOOK)


def _consent(desk: Desk) -> None:
    case = _steady(desk)
    if case.person:
        _tell(desk, case, until=-12)


def _tell(desk: Desk, case: Case, *, until: int) -> None:
    if case.person is None:
        return
    record_consent(
        person=case.person,
        from_unit=desk.unit,
        to_organisation=desk.other_unit.organisation,
        to_unit=desk.other_unit,
        categories=[],
        valid_from=desk.ago(100),
        valid_until=desk.ago(until),
        by=desk.coach,
        given_how=GivenHow.SIGNED,
        purpose="Flytt till grannkommunen",
    )


def _reference(desk: Desk) -> None:
    case = _steady(desk)
    profiles.gain_reference(
        case=case, name="Handledare Prov", workplace="Storköket", contact="", gained_on=desk.ago(20)
    )


def _placements(desk: Desk) -> None:
    keep_in_touch(desk)
    offer_places(desk)
    place_people(desk, _steady)


def _transferred(desk: Desk) -> None:
    case = _steady(desk)
    _tell(desk, case, until=-200)
    sent = referrals.offer_transfer(
        case=case,
        programme=desk.programme,
        unit=desk.other_unit,
        reason="Flyttar till Älvsbyn och vill fortsätta där.",
        by=desk.coach,
        on=desk.ago(8),
    )
    referrals.accept_referral(referral=sent, person=None, by=desk.other_coach, on=desk.ago(2))


def _followed_up(desk: Desk) -> None:
    """Three exits: one to follow up now, one tried a month ago, one tried enough."""
    for ended, attempts in ((91, 0), (125, 1), (190, 3)):
        case = _case(desk, started=ended + 120, step_since=ended + 60)
        cases.end_participation(
            case=case,
            on=desk.ago(ended),
            support=Support.OWN_INCOME,
            distance=8,
            destination=desk.programme.destinations.get(code="work"),
            reason=desk.programme.exitreasons.get(code="goal-reached"),
            lacking=["En överenskommen plan"],
            lacking_reason="Började ett jobb innan planen var klar.",
        )
        for n in range(attempts):
            on = desk.ago(ended - 90 - n * 30)
            cases.try_follow_up(case=case, day=90, on=on, way=ContactWay.PHONE, by=desk.coach)


def _not_started(desk: Desk) -> None:
    _case(desk, started=None, referred=6)


def _of_a_colleague(desk: Desk) -> None:
    for _ in range(3):
        _steady(desk, by=desk.colleague)


STORIES: tuple[Callable[[Desk], None], ...] = (
    *(_ordinary, _today, _came, _note_missing, _no_contact, _no_meeting, _absent, _in_nothing, _at_the_limit),
    *(_without_plan, _to_revise, _late_actions, _waiting, _interpreter, _consent, _reference, _placements),
    *(_transferred, _followed_up, _not_started, _of_a_colleague),
)


def _send_referrals(desk: Desk) -> None:
    """Send three referrals: one that goes first, one that has waited too long, one of somebody known already."""
    officer = User.objects.get(email=OFFICER)
    for ago, priority, facts, support in (
        (2, Priority.FIRST, {"has_upper_secondary": False, "born_abroad": True}, Support.INCOME_SUPPORT),
        (13, Priority.ORDINARY, {"months_without_work": 30}, Support.ACTIVITY_GRANT),
        (1, Priority.ORDINARY, {}, ""),
    ):
        number, _birth = desk.people.number(desk.rng, "woman", (20, 28), desk.today)
        referrals.send_referral(
            programme=desk.programme,
            unit=desk.unit,
            from_organisation=desk.referrer,
            on=desk.ago(ago),
            facts=facts,
            identity_number=number,
            given_name=desk.rng.choice(desk.people.names["woman"]),
            family_name=desk.rng.choice(desk.people.names["family"]),
            support=support,
            reason="Vill arbeta med människor. Har provat språkpraktik på en förskola.",
            priority=priority,
            sent_by=officer,
        )
