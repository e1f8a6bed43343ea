"""The rules. Each is one function: from the cases in scope and a day to rows that are due, with a reason in words.

What rules ask of cases is read by one statement, whatever the number of cases. What is due is never stored: it is gone
when its cause is gone.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lotsen.activities.models import Activity, Session
from lotsen.cases.enums import CaseState, Whereabouts
from lotsen.cases.models import Case
from lotsen.cases.queries import ATTEMPTS, ATTEMPTS_APART
from lotsen.core.dates import short_day
from lotsen.employers import queries
from lotsen.notes.enums import Interpreter
from lotsen.placements.enums import PlacementState
from lotsen.placements.queries import visit_after
from lotsen.plans.enums import Who
from lotsen.referrals.enums import ReferralState
from lotsen.referrals.models import Referral
from lotsen.referrals.queries import ANSWERED_WITHIN
from lotsen.worklist.enums import Rule

from .scope import Due, Scope

_PLACE = UUID(int=0)
#: A roll that nobody has called is asked for so long: the hours of a quarter are still to be reported.
ROLL_WITHIN = timedelta(days=120)
#: So long after the last contact one gets in touch.
CONTACT_WITHIN = timedelta(days=21)
#: So long after the last meeting the next one is booked.
MEETING_WITHIN = timedelta(days=14)
#: So long after the start a participant is in an activity, studies, work or an internship.
IN_SOMETHING_WITHIN = timedelta(days=30)
#: So long after the start there is a plan; one is told halfway.
PLAN_WITHIN = timedelta(days=30)
#: So many absences without notice within thirty days ask for a talk.
ABSENCES = 2
#: So long before its day a thing is shown.
AHEAD = timedelta(days=7)
CONSENT_AHEAD = timedelta(days=30)
PLACEMENT_AHEAD = timedelta(days=14)
#: The employment service needs some weeks to prolong a decision.
DECISION_AHEAD = timedelta(days=42)
VISIT_AHEAD = timedelta(days=3)
#: So many days after the end of a placement its supervisor is asked, and asked once more.
ASKED_ON = (3, 10)
INTERPRETER_AHEAD = timedelta(days=14)
#: A reference is asked about within so long.
REFERENCE_WITHIN = timedelta(days=14)
#: A case that is taken in starts within so long.
START_WITHIN = timedelta(days=14)
#: Nobody is followed up so long after the day it was due.
FOLLOWED_UP_WITHIN = timedelta(days=400)


@cache
def _pattern(name: str, more: tuple[Any, ...]) -> str:
    return reverse(name, args=[_PLACE, *more])


def _page(name: str, key: UUID | None, *more: Any) -> str:
    """Return the address of a page of one row. Looked up once for each page, not for each row."""
    return _pattern(name, more).replace(str(_PLACE), str(key))


def referrals(scope: Scope) -> Iterator[Due]:
    """Referrals that nobody has answered; late after ten days, so that the referrer is not left in silence."""
    for row in Referral.objects.waiting().filter(unit__in=scope.units):
        link = _page("referral_detail", row.pk)
        what = _("Answer the referral of %(day)s") % {"day": short_day(row.sent_on)}
        yield Due(Rule.REFERRAL, row.sent_on + ANSWERED_WITHIN, what, link, name=row.list_name)


def not_started(scope: Scope) -> Iterator[Due]:
    """Cases that were taken in and have not started."""
    for case in scope.of(CaseState.REFERRED):
        on = scope.cases[case].referred_on + START_WITHIN
        yield Due(Rule.NOT_STARTED, on, _("Meet and start"), _page("case_start", case), case)


def came(scope: Scope) -> Iterator[Due]:
    """Meetings that have been, where nobody has said whether the participant came."""
    for meeting in scope.facts("meeting"):
        if not meeting.word and meeting.on < scope.today:
            what = _("Did the participant come on %(day)s?") % {"day": short_day(meeting.on)}
            link = _page("note_list", meeting.case)
            yield Due(Rule.CAME, meeting.on, what, link, meeting.case, meeting=meeting.row)


def rolls(scope: Scope) -> Iterator[Due]:
    """Sessions that have been, led by whoever looks or by nobody, with people of the own units not written down."""
    if not scope.user:
        return
    led = Q(led_by=scope.user) | Q(led_by=None)
    rows = Session.objects.filter(led, activity__in=Activity.objects.kept_by(scope.user)).without_roll()
    for row in rows.filter(on__gt=scope.today - ROLL_WITHIN, on__lt=scope.today).select_related("activity"):
        what = _("Call the roll of %(day)s") % {"day": short_day(row.on)}
        yield Due(Rule.ROLL, row.on, what, _page("session_roll", row.pk), name=row.activity.title)


def notes(scope: Scope) -> Iterator[Due]:
    """Meetings of the last thirty days that the participant came to, without a note."""
    for meeting in scope.facts("without_note"):
        link = f"{_page('note_new', meeting.case)}?meeting={meeting.row}"
        what = _("Write the note from the meeting of %(day)s") % {"day": short_day(meeting.on)}
        yield Due(Rule.NOTE, meeting.on + timedelta(days=1), what, link, meeting.case)


def no_contact(scope: Scope) -> Iterator[Due]:
    """Participants whom nobody has reached for three weeks."""
    for case in scope.active:
        on = scope.contacts.get(case, scope.started(case)) + CONTACT_WITHIN
        if on <= scope.today:
            yield Due(Rule.NO_CONTACT, on, _("Get in touch"), _page("note_new", case), case)


def no_meeting(scope: Scope) -> Iterator[Due]:
    """Participants without a meeting ahead, two weeks after the last one; not those who are in work or studies."""
    last = {meeting.case: meeting.on for meeting in scope.facts("last_meeting")}
    settled = {case for case, entry in scope.whereabouts.items() if entry in {Whereabouts.WORK, Whereabouts.STUDIES}}
    for case in scope.active:
        before = last.get(case, scope.started(case))
        on = before + MEETING_WITHIN
        if before < scope.today and on <= scope.today and case not in settled:
            yield Due(Rule.NO_MEETING, on, _("Book the next meeting"), _page("appointment_new", case), case)


def absences(scope: Scope) -> Iterator[Due]:
    """Participants who were absent without notice twice within thirty days."""
    found: dict[UUID, list[date]] = {}
    for absence in scope.facts("absent"):
        found.setdefault(absence.case, []).append(absence.on)
    for case, days in found.items():
        if len(days) >= ABSENCES:
            what = _("Talk about the absence: %(n)s times") % {"n": len(days)}
            yield Due(Rule.ABSENCE, max(days) + timedelta(days=3), what, _page("note_new", case), case)


def no_step(scope: Scope) -> Iterator[Due]:
    """Participants who are in no activity, studies, work or internship a month after the start."""
    for case in scope.active:
        on = scope.started(case) + IN_SOMETHING_WITHIN
        if on <= scope.today and scope.whereabouts.get(case, Whereabouts.NONE) == Whereabouts.NONE:
            yield Due(Rule.NO_STEP, on, _("Find a first step together"), _page("plan_detail", case), case)


def limits(scope: Scope) -> Iterator[Due]:
    """Steps whose time limit ends within a week, or has ended."""
    for case in scope.active:
        step, since = scope.steps.get(case, (None, scope.today))
        if step and step.limit:
            on = since + timedelta(weeks=step.limit)
            if on <= scope.today + AHEAD:
                what = _("%(step)s: %(n)s weeks. Move on, or say why not") % {
                    "step": step.name,
                    "n": step.limit,
                }
                yield Due(Rule.LIMIT, on, what, _page("case_step", case), case)


def no_plan(scope: Scope) -> Iterator[Due]:
    """Participants without a plan: told halfway, late a month after the start."""
    planned = {plan.case for plan in scope.facts("plan")}
    for case in scope.active:
        on = scope.started(case) + PLAN_WITHIN
        if case not in planned and scope.started(case) + PLAN_WITHIN / 2 <= scope.today:
            yield Due(Rule.NO_PLAN, on, _("Make the plan together"), _page("plan_detail", case), case)


def plans_to_revise(scope: Scope) -> Iterator[Due]:
    """Plans that are to be gone through again within a week, or were."""
    for plan in scope.facts("revise"):
        if plan.on <= scope.today + AHEAD:
            what = _("Go through the plan together")
            yield Due(Rule.REVISE, plan.on, what, _page("plan_detail", plan.case), plan.case)


#: Whose turn it is, by who does an action of the plan.
_TURNS = {
    Who.STAFF: Rule.ACTION,
    Who.PARTICIPANT: Rule.PARTICIPANT,
    Who.EMPLOYER: Rule.EMPLOYER,
    Who.AGENCY: Rule.AGENCY,
}


def actions(scope: Scope) -> Iterator[Due]:
    """Agreed actions of the plan that holds, whose day has come and that are not done."""
    for each in scope.facts("action"):
        yield Due(_TURNS[Who(each.word)], each.on, each.more, _page("plan_detail", each.case), each.case)


def interpreters(scope: Scope) -> Iterator[Due]:
    """Meetings of the next two weeks whose interpreter is not booked."""
    for meeting in scope.facts("meeting"):
        is_ahead = scope.today <= meeting.on <= scope.today + INTERPRETER_AHEAD
        if is_ahead and not meeting.word and meeting.more == Interpreter.TO_BOOK:
            what = _("Book the interpreter for %(day)s") % {"day": short_day(meeting.on)}
            on = meeting.on - timedelta(days=3)
            yield Due(Rule.INTERPRETER, on, what, _page("appointment_change", meeting.row), meeting.case)


def consents(scope: Scope) -> Iterator[Due]:
    """Consents in force that end within a month."""
    for consent in scope.facts("consent"):
        if consent.on <= scope.today + CONSENT_AHEAD:
            what = _("Ask again about %(organisation)s") % {"organisation": consent.more}
            yield Due(Rule.CONSENT, consent.on, what, _page("person_detail", consent.row), consent.case)


def references(scope: Scope) -> Iterator[Due]:
    """References whose use nobody has allowed yet."""
    for reference in scope.facts("reference"):
        what = _("Ask both about the reference from %(name)s") % {"name": reference.more}
        on = reference.on + REFERENCE_WITHIN
        yield Due(Rule.REFERENCE, on, what, _page("profile_detail", reference.case), reference.case)


def placements(scope: Scope) -> Iterator[Due]:
    """Placements that end within two weeks, and subsidies whose decision ends within six: what comes after?"""
    for placement in scope.facts("placement"):
        if placement.on <= scope.today + PLACEMENT_AHEAD:
            what = _("Settle what comes after %(workplace)s") % {"workplace": placement.more}
            yield Due(Rule.PLACEMENT, placement.on, what, _page("placement_detail", placement.row), placement.case)
    for decision in scope.facts("decision"):
        if decision.on <= scope.today + DECISION_AHEAD:
            what = _("The decision on the subsidy ends: %(workplace)s") % {"workplace": decision.more}
            yield Due(Rule.PLACEMENT, decision.on, what, _page("placement_detail", decision.row), decision.case)


def to_begin(scope: Scope) -> Iterator[Due]:
    """Placements that begin within a week and are not signed by all; and those whose first day has come."""
    for placement in scope.facts("to_begin"):
        is_signed = placement.word == PlacementState.AGREED
        if placement.on <= scope.today or (placement.on <= scope.today + AHEAD and not is_signed):
            words = _("Has it begun at %(workplace)s?") if is_signed else _("Have the agreement signed: %(workplace)s")
            link = _page("placement_detail", placement.row)
            yield Due(Rule.TO_BEGIN, placement.on, words % {"workplace": placement.more}, link, placement.case)


def clashes(scope: Scope) -> Iterator[Due]:
    """Placements on whose days and hours the participant has a place in a class or another activity too."""
    for clash in scope.facts("clash"):
        what = _("%(activity)s is at the same time as the placement") % {"activity": clash.more}
        yield Due(Rule.CLASH, clash.on, what, _page("placement_detail", clash.row), clash.case)


def visits(scope: Scope) -> Iterator[Due]:
    """Placements to follow up: on the days of their kind, else after three, ten and thirty; and then each month."""
    for placement in scope.facts("visit"):
        count, _colon, days = placement.word.partition(":")
        on = visit_after(placement.on, int(count), [int(day) for day in days.split(",") if day])
        if on <= scope.today + VISIT_AHEAD:
            what = _("Follow up at %(workplace)s") % {"workplace": placement.more}
            yield Due(Rule.VISIT, on, what, _page("placement_detail", placement.row), placement.case)


def not_told(scope: Scope) -> Iterator[Due]:
    """Placements that are over, of which the supervisor has said nothing: asked on day three and on day ten."""
    for placement in scope.facts("not_told"):
        days = [day for day in ASKED_ON if placement.on + timedelta(days=day) <= scope.today]
        if days:
            on = placement.on + timedelta(days=days[-1])
            what = _("Ask how it went at %(workplace)s") % {"workplace": placement.more}
            yield Due(Rule.NOT_TOLD, on, what, _page("placement_detail", placement.row), placement.case)


def to_contact(scope: Scope) -> Iterator[Due]:
    """Employers with whom the user has said to be in touch again, while nobody of the project has been since."""
    if not scope.user:
        return
    for contact in queries.to_contact(scope.user, scope.today + AHEAD):
        what = contact.next_what or _("Be in touch again")
        link = _page("employer_detail", contact.employer_id)
        yield Due(Rule.TO_CONTACT, contact.next_on or scope.today, what, link, name=contact.employer.name)


def transfers(scope: Scope) -> Iterator[Due]:
    """Transfers that the receiver has answered, of cases that are still open here."""
    for sent in scope.facts("transfer"):
        taken = sent.word == ReferralState.ACCEPTED
        words = _("%(unit)s has taken over: close here") if taken else _("%(unit)s has declined: read why")
        link = _page("case_transfer", sent.case) if taken else _page("referral_detail", sent.row)
        yield Due(Rule.TRANSFER, sent.on, words % {"unit": sent.more}, link, sent.case)


def follow_ups(scope: Scope) -> Iterator[Due]:
    """Follow-ups by the programme's days; after an attempt in vain again thirty days later, and in the end no more."""
    done = {(fact.case, int(fact.word)) for fact in scope.facts("followed")}
    tried = {(fact.case, int(fact.word)): (int(fact.more), fact.on) for fact in scope.facts("attempts")}
    for case in scope.of(CaseState.ENDED):
        for day in scope.cases[case].programme.follow_up_days:
            if (case, day) not in done:
                yield from _follow_up(scope.cases[case], day, scope.today, *tried.get((case, day), (0, None)))


def _follow_up(case: Case, day: int, today: date, attempts: int, last: date | None) -> Iterator[Due]:
    first = (case.closed_on or today) + timedelta(days=day)
    on = last + ATTEMPTS_APART if last and attempts < ATTEMPTS else first
    if on <= today + AHEAD and today <= first + FOLLOWED_UP_WITHIN:
        what = _("Follow up on day %(day)s") % {"day": day}
        if attempts >= ATTEMPTS:
            what = _("Tried %(n)s times: say that nobody answered") % {"n": attempts}
        elif attempts:
            what = _("Try again: attempt %(n)s") % {"n": attempts + 1}
        yield Due(Rule.FOLLOW_UP, on, what, _page("follow_up", case.pk, day), case.pk)


def waiting(scope: Scope) -> Iterator[Due]:
    """Notes that wait for somebody else: the participant, an employer, an agency."""
    for note in scope.facts("waiting"):
        first_line = note.more.strip().splitlines()[0][:80]
        yield Due(Rule(note.word), note.on, first_line, _page("note_list", note.case), note.case)


RULES: tuple[Callable[[Scope], Iterator[Due]], ...] = (
    *(referrals, not_started, came, rolls, notes, no_contact, no_meeting, absences, no_step, limits, no_plan),
    *(plans_to_revise, actions, interpreters, consents, references, placements, to_begin, clashes, visits),
    *(not_told, to_contact),
    *(transfers, follow_ups, waiting),
)
