"""A case with a row in every table that hangs on it, and what is kept beside it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from lotsen.access.models import Unit, User
from lotsen.activities.actions import call_roll, certify_month, enrol, plan_activity
from lotsen.activities.enums import Presence
from lotsen.activities.models import CalendarFeed, Minutes, Task
from lotsen.cases.actions import (
    end_case,
    enter_step,
    enter_whereabouts,
    join_team,
    rate_distance,
    record_follow_up,
)
from lotsen.cases.enums import ContactWay, Occasion, Signed, TeamPart, Whereabouts
from lotsen.cases.models import Case, FollowUpAttempt, FollowUpLink
from lotsen.core import encryption
from lotsen.core.links import digest
from lotsen.employers.enums import Sector
from lotsen.employers.models import (
    Contact,
    ContactPerson,
    Employer,
    EmployerImport,
    ImportRow,
    Workplace,
    WorkplaceAnalysis,
)
from lotsen.filing.models import FileLayout, FileRow, MonthlyFile
from lotsen.funding.models import (
    BudgetLine,
    Contribution,
    Cost,
    Decision,
    Payment,
    RateTable,
    SampleItem,
    StaffTime,
    ThreeR,
    UnitCost,
)
from lotsen.matching.definitions import standard_weights
from lotsen.matching.models import Exposure, FactorWeights, MatchDecision, ShownList
from lotsen.notes.actions import book_appointment, write_note
from lotsen.people.actions import keep_former_number, record_consent
from lotsen.people.enums import DataCategory, GivenHow, IdentityKind
from lotsen.people.models import AgendaItem, Consent, Merging, NamedReader, Person, SharedMeeting
from lotsen.placements.actions import begin_placement, end_placement
from lotsen.placements.models import (
    Assessment,
    Employment,
    Material,
    Opening,
    Placement,
    PlacementLink,
    Signature,
    TrainingOffer,
    TrainingPlace,
    Visit,
)
from lotsen.plans.actions import agree_plan, begin_plan, keep_action, keep_goal, write_own_words
from lotsen.plans.enums import Horizon, Who
from lotsen.profiles.actions import gain_reference, keep_competence, keep_needs
from lotsen.profiles.enums import CompetenceKind, Validation
from lotsen.profiles.models import Wish
from lotsen.programmes.enums import FundPeriod
from lotsen.programmes.models import (
    Programme,
)
from lotsen.questionnaires.actions import begin_response, hand_in, save_answers
from lotsen.questionnaires.enums import Quadrant, Voice
from lotsen.questionnaires.models import Board, Recipient, Wave
from lotsen.questionnaires.queries import newest_by_code
from lotsen.records.actions import lift_hold
from lotsen.records.enums import ErasureState, Kept
from lotsen.records.models import Erasure, ErasureItem, Evidence, LegalHold, LogReview, RetentionRule
from lotsen.referrals.enums import ReferralState
from lotsen.referrals.models import Referral

from .rows import (
    PITEA,
    TOKEN,
    CaseFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    UnitFactory,
    UserFactory,
    staff,
)


class RetentionRuleFactory(DjangoModelFactory):
    """The records of persons are kept for five years, since long ago."""

    class Meta:
        model = RetentionRule

    organisation = factory.SubFactory(OrganisationFactory)
    kind = Kept.PERSON
    years = 5
    ground = "Dokumenthanteringsplan, prov"
    valid_from = factory.Sequence(lambda n: date(2000, 1, 1) + timedelta(days=n))
    decided_by = factory.SubFactory(UserFactory)


class ErasureFactory(DjangoModelFactory):
    """An erasure that was withdrawn."""

    class Meta:
        model = Erasure

    unit = factory.SubFactory(UnitFactory)
    rule = factory.SubFactory(RetentionRuleFactory, organisation=factory.SelfAttribute("..unit.organisation"))
    state = ErasureState.WITHDRAWN
    closed_before = date(2020, 1, 1)
    grace_until = date(2025, 2, 1)
    persons = 1
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = factory.LazyFunction(timezone.now)


def consent_to(unit: Unit, person: Person, by: User, **given: Any) -> Consent:
    """Record a consent that opens a person's data to a unit, in force today. Categories: the plan, unless others."""
    today = timezone.localdate()
    fields = {
        "from_unit": person.unit,
        "to_organisation": unit.organisation,
        "to_unit": unit,
        "categories": [DataCategory.PLAN],
        "valid_from": today,
        "valid_until": today,
        "purpose": "Prov",
        "given_how": GivenHow.SIGNED,
    }
    return record_consent(person=person, by=by, **{**fields, **given})


def whole_case(**given: Any) -> Case:
    """Make a case, ended to work, with a row in every table that hangs on a case. Takes what `CaseFactory` takes."""
    case = CaseFactory(started=True, **{"by": staff(given["unit"]), **given})
    programme, kinds = case.programme, case.programme.kinds
    enter_step(case=case, step=programme.steps.get(code="tillit"), since=date(2026, 3, 1))
    enter_whereabouts(case=case, whereabouts=Whereabouts.ACTIVITY, since=date(2026, 3, 2))
    rate_distance(case=case, occasion=Occasion.START, on=date(2026, 3, 1), distance=3)
    _work_with(case)
    (session,) = plan_activity(kind=kinds.get(code="kurs"), title="Kurs", minutes=120, days=[date(2026, 4, 1)])
    enrol(activity=session.activity, case=case, since=session.on)
    call_roll(session=session, cases={case: Presence.PRESENT})
    certify_month(case=case, month=session.on, how=Signed.PAPER, by=staff(given["unit"]), on=session.on)
    token = str(case.pk) if CalendarFeed.objects.exists() else TOKEN
    CalendarFeed.objects.create(user=staff(given["unit"]), link=digest("calendar", token), made_on=session.on)
    Minutes.objects.create(session=session, agenda="Prov", decisions="Prov")
    Task.objects.create(session=session, what="Prov", who="Prov")
    _count(case)
    employer = Employer.objects.create(name=f"Provbolaget {case.pk}", sector=Sector.values[0])
    workplace = Workplace.objects.create(employer=employer, name="Verkstaden", municipality_id=PITEA)
    _know(workplace, case)
    kind = kinds.get(code="praktik")
    placement = begin_placement(case=case, workplace=workplace, kind=kind, on=date(2026, 5, 1))
    end_placement(placement=placement, on=date(2026, 8, 1))
    _tell_of(placement, staff(given["unit"]))
    _offer(workplace, case)
    work, done = programme.destinations.get(code="arbete"), programme.exitreasons.get(code="klar")
    end_case(case=case, on=date(2026, 9, 1), destination=work, reason=done)
    answers = {"in_work": True, "in_education": False, "in_other_programme": False, "sees_better_chances": True}
    record_follow_up(case=case, day=90, on=date(2026, 11, 30), answers=answers)
    # To a unit that has nothing to do with any test.
    by = UserFactory()
    consent_to(UnitFactory(), case.person, by, from_unit=case.unit)
    NamedReader.objects.create(person=case.person, unit=case.unit, user=by, named_by=by)
    double = PersonFactory(unit=case.unit, identity_number="", family_name=case.person.family_name)
    Person.objects.filter(pk=double.pk).update(merged_into=case.person)
    Merging.objects.create(kept=case.person, gone=double, made_by=by, made_at=timezone.now())
    meeting = SharedMeeting.objects.create(unit=case.unit, title="Prov", on=date(2026, 5, 4), called_by=by)
    AgendaItem.objects.create(meeting=meeting, person=case.person)
    hold = LegalHold.objects.create(unit=case.unit, person=case.person, reason="Prov", placed_by=by)
    lift_hold(hold=hold, by=by, at=timezone.now())
    ErasureItem.objects.create(erasure=ErasureFactory(unit=case.unit), person=case.person)
    _answer(case, by)
    keep_former_number(person=case.person, number="197010632391", kind=IdentityKind.COORDINATION_PROVEN, by=by)
    return case


def _tell_of(placement: Placement, by: User) -> None:
    """Let a placement be signed, followed up and told of, and its workplace hold a link that is answered."""
    day = date(2026, 5, 4)
    Placement.objects.filter(pk=placement.pk).update(shown_since=day, followed_up_on=day)
    Signature.objects.create(placement=placement, party="unit", how="paper", on=day)
    Visit.objects.create(placement=placement, on=day, way="phone", by=by, workplace_says="Prov")
    Assessment.objects.create(placement=placement, voice="supervisor", on=day, went_well="Prov", would="yes")
    token = str(placement.pk) if PlacementLink.objects.exists() else TOKEN
    told = {"purpose": "assessment", "sent_on": timezone.localdate(), "answered_on": day}
    PlacementLink.objects.create(placement=placement, link=digest("placement", token), **told)


def _offer(workplace: Workplace, case: Case) -> None:
    """Write down an opening, a course that the case takes, the work that followed, a wish, and something to read."""
    day, of = date(2026, 4, 20), {"unit": case.unit, "title": "Prov"}
    opening = Opening.objects.create(**of, workplace=workplace, tasks="Prov", offers=["internship"])
    decided = {"decided": "aside", "why": "Prov", "by": staff(case.unit), "on": day, "score": 1, "version": 1}
    MatchDecision.objects.create(case=case, opening=opening, **decided)
    shown = {"at": datetime(2026, 4, 20, 9, tzinfo=UTC), "units": [case.unit_id], "marks": {}, "looked_at": 0}
    ShownList.objects.create(case=case, by=staff(case.unit), version=1, digest="0" * 64, **shown)
    Exposure.objects.create(case=case, opening=opening, rank=1, since=day)
    of_programme = {"by": staff(case.unit), "at": shown["at"], "why": "Prov"}
    FactorWeights.objects.get_or_create(
        programme=case.programme, number=1, defaults={"weights": standard_weights(), **of_programme}
    )
    told = {"kind": "course", "provider": "Prov", "occupation": "5330", "from_on": day}
    offer = TrainingOffer.objects.create(**of, **told)
    TrainingPlace.objects.create(offer=offer, case=case, state="going_on", since=day)
    Employment.objects.create(case=case, employer_name="Prov", employed_as="permanent", from_on=date(2026, 9, 1))
    Wish.objects.create(case=case, words="Prov")
    if not case.programme.materials.filter(title="Prov").exists():
        Material.objects.create(**of, programme=case.programme, body="Prov")


def _know(workplace: Workplace, case: Case) -> None:
    """Write down what a unit knows of a workplace: somebody there, a contact, an analysis."""
    day, of = date(2026, 4, 20), {"employer": workplace.employer, "unit": case.unit}
    person = ContactPerson.objects.create(**of, workplace=workplace, name="Prov", known_since=day)
    Contact.objects.create(**of, programme=case.programme, kind="visit", on=day, person=person, about="Prov")
    told = {"made_on": day, "holds_until": date(2027, 4, 20), "tasks": "Prov"}
    WorkplaceAnalysis.objects.create(workplace=workplace, unit=case.unit, **told)
    told = {"file_name": "prov.csv", "headings": ["Namn"], "samples": ["Prov"], "lines": [["Prov"]], "expected": 1}
    batch = EmployerImport.objects.create(unit=case.unit, by=staff(case.unit), state="checked", **told)
    ImportRow.objects.create(batch=batch, place=2, told={"name": "Prov"}, verdict="refused")


def _count(case: Case) -> None:
    """Report a case in a participant file, and draw its signed month for the self-control of a payment."""
    content = {"name": {"sv": "Prov", "en": "Test"}, "heading": [], "columns": [], "substitutes": {}, "sheet": "Prov"}
    content |= {"file_name": "{month}", "weeks_open": 4, "most_hours": 200, "confirmed": False}
    told = {"fund_period": FundPeriod.ESF_2007, "valid_from": date(1999, 1, 1)}
    layout, _made = FileLayout.objects.get_or_create(**told, defaults={"content": content})
    month = date(2026, 4, 1)
    own = MonthlyFile.objects.filter(programme=case.programme, unit=case.unit, month=month)
    file = MonthlyFile.objects.create(
        programme=case.programme, unit=case.unit, month=month, version=own.count() + 1, layout=layout, state="made"
    )
    row = FileRow(file=file, case=case, position=1, started_on=case.started_on, minutes=120)
    row.number_sealed = encryption.encrypt(case.person.identity_number or "-", row.pk)
    row.number_index = encryption.blind_index(case.person.identity_number or "-")
    row.save()
    payment = case.programme.payments.first() or Payment.objects.create(
        programme=case.programme, first=month, last=month
    )
    SampleItem.objects.create(payment=payment, certified=case.certified_months.get())
    worked(case, staff(case.unit))
    if not case.programme.rate_tables.exists():
        _keep_money(case.programme, month)


def _keep_money(programme: Programme, month: date) -> None:
    """Write a row in every table of a programme's money."""
    table = RateTable.objects.create(programme=programme, since=month, source="Prov", loaded_on=month)
    UnitCost.objects.create(table=table, of="staff", function="Coach", per_hour=100)
    line = BudgetLine.objects.create(programme=programme, name="Prov", year=month.year, amount=100)
    Cost.objects.create(line=line, month=month, amount=50)
    owner = programme.lead_unit.organisation
    Contribution.objects.create(programme=programme, source="cash", organisation=owner, on=month, amount=50)
    Decision.objects.create(programme=programme, on=month, kind="grant", reference="Prov")
    ThreeR.objects.create(programme=programme, reality="Prov")


def worked(case: Case, user: User) -> StaffTime:
    """Write down an hour of a member of staff."""
    told = {"on": date(2026, 4, 7), "minutes": 60, "function": "Coach", "task": "Prov"}
    return StaffTime.objects.create(programme=case.programme, unit=case.unit, user=user, **told)


def _work_with(case: Case) -> None:
    """Write what a coach writes: a plan and the draft of its next version, a note of a meeting, a profile, a team."""
    by, day = staff(case.unit), date(2026, 3, 15)
    for is_draft in (False, True):
        plan = begin_plan(case=case)
        write_own_words(plan=plan, text="Jag vill arbeta.", seen="Jag vill arbeta." if is_draft else "")
        goal = plan.goals.first() or keep_goal(plan=plan, text="Jag provar", horizon=Horizon.FIRST_JOB, due_on=None)
        if not goal.actions.exists():
            keep_action(goal=goal, text="Ringa", who=Who.STAFF, other="", kind=None, due_on=None)
        if not is_draft:
            agree_plan(case=case, on=day)
    meeting = book_appointment(case=case, user=by, on=day, at=time(10))
    write_note(case=case, by=by, on=day, body="Vi möttes.", today=day, appointment=meeting)
    keep_needs(case=case, interpreter="arabiska")
    told = {"kind": CompetenceKind.INFORMAL, "name": "Svetsa", "validation": Validation.NONE}
    keep_competence(case=case, validated_on=None, **told)
    gain_reference(case=case, name="Prov Handledare", gained_on=day)
    join_team(case=case, user=by, part=TeamPart.MATCHER, since=day)
    FollowUpAttempt.objects.create(case=case, day=90, on=day, way=ContactWay.PHONE, by=by)
    # A link leads to one case: that of the first.
    token = str(case.pk) if FollowUpLink.objects.exists() else TOKEN
    FollowUpLink.objects.create(case=case, day=90, link=digest("follow_up", token), sent_on=timezone.localdate())
    ReferralFactory(
        programme=case.programme,
        unit=case.unit,
        state=ReferralState.ACCEPTED,
        case=case,
        decided_on=day,
        given_name="",
        family_name="",
    )


class ReferralFactory(DjangoModelFactory):
    """A referral from an organisation of its own, that waits."""

    class Meta:
        model = Referral

    programme = factory.SubFactory(ProgrammeFactory)
    unit = factory.SelfAttribute("programme.lead_unit")
    from_organisation = factory.SubFactory(OrganisationFactory)
    sent_on = date(2026, 2, 1)
    given_name = "Prov"
    family_name = "Anvisad"
    reason = "Vill arbeta."


def _answer(case: Case, by: User) -> None:
    """Answer the questionnaire on distance for a case, begin it once more, and ask the person in a survey."""
    version, today = newest_by_code("distance"), timezone.localdate()
    begun = {"case": case, "version": version, "voice": Voice.PARTICIPANT, "by": by}
    response = begin_response(on=date(2026, 3, 2), **begun)
    save_answers(response=response, entries={"distance": {"value": 4}}, seen=0)
    hand_in(response=response, recipient=None, on=date(2026, 3, 2))
    begin_response(on=date(2026, 6, 1), **begun)
    wave = WaveFactory(programme=case.programme, opens_on=today, closes_on=today)
    fields = {"programme": case.programme, "unit": case.unit, "case": case}
    Recipient.objects.create(wave=wave, links=[digest("recipient", TOKEN)], **fields)


class WaveFactory(DjangoModelFactory):
    """An anonymous survey of staff, open for ever."""

    class Meta:
        model = Wave

    programme = factory.SubFactory(ProgrammeFactory)
    version = factory.LazyFunction(lambda: newest_by_code("development-needs"))
    title = factory.Sequence(lambda n: f"Omgång {n}")
    opens_on = date(2020, 1, 1)
    closes_on = date(2120, 1, 1)


def board_of(programme: Programme) -> Board:
    """Make a workshop's board with a note and something decided."""
    board = Board.objects.create(programme=programme, title="Prov", made_on=date(2026, 5, 4))
    board.notes.create(quadrant=Quadrant.STRENGTHS, text="Prov")
    board.measures.create(text="Prov", owner=UserFactory(), due_on=date(2026, 6, 1))
    return board


def kept_apart(case: Case) -> None:
    """Make what is kept of a case beside its person: evidence for a funder, and a reviewed reading."""
    day = date(2026, 1, 1)
    review = LogReview.objects.create(
        organisation=case.unit.organisation,
        since=day,
        until=day,
        readings=1,
        begun_by=UserFactory(),
        begun_at=timezone.now(),
    )
    review.reviewed.create(reading_id=uuid4(), pattern="sample")
    fields = {"name": "Prov", "case_number": "1", "started_on": day, "keep_until": day, "identity_kind": "none"}
    Evidence.objects.create(unit=case.unit, programme=case.programme, **fields)
