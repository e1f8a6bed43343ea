"""The rules. Each is one function: from the cases in scope and a day to rows that are due, with a reason in words.

A rule asks a number of queries that does not grow with the cases. What is due is never stored: it is gone when its
cause is gone.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lotsen.activities.enums import Presence
from lotsen.cases.enums import CaseState, Closing, Whereabouts
from lotsen.cases.models import Case, FollowUp, FollowUpAttempt
from lotsen.cases.queries import ATTEMPTS, ATTEMPTS_APART
from lotsen.core.dates import short_day
from lotsen.notes.enums import Came, Interpreter
from lotsen.notes.models import Note
from lotsen.people.models import Consent
from lotsen.placements.models import Placement
from lotsen.plans.enums import Who
from lotsen.plans.models import PlanAction
from lotsen.profiles.models import Reference
from lotsen.referrals.enums import ReferralState
from lotsen.referrals.models import Referral
from lotsen.referrals.queries import ANSWERED_WITHIN
from lotsen.worklist.enums import Rule

from .scope import NOTED_WITHIN, Due, Scope

_PLACE = UUID(int=0)
#: So long after the last contact one gets in touch.
CONTACT_WITHIN = timedelta(days=21)
#: So long after the last meeting the next one is booked.
MEETING_WITHIN = timedelta(days=14)
#: So long after the start a participant is in an activity, studies, work or an internship.
IN_SOMETHING_WITHIN = timedelta(days=30)
#: So long after the start there is a plan; one is told halfway.
PLAN_WITHIN = timedelta(days=30)
#: So many absences without notice within so long ask for a talk.
ABSENCES, ABSENT_WITHIN = 2, timedelta(days=30)
#: So long before its day a thing is shown.
AHEAD = timedelta(days=7)
CONSENT_AHEAD = timedelta(days=30)
PLACEMENT_AHEAD = timedelta(days=14)
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
    for row in scope.meetings:
        if row.came or row.on >= scope.today:
            continue
        what = _("Did the participant come on %(day)s?") % {"day": short_day(row.on)}
        yield Due(Rule.CAME, row.on, what, _page("note_list", row.case_id), row.case_id, meeting=row.pk)


def notes(scope: Scope) -> Iterator[Due]:
    """Meetings of the last thirty days that the participant came to, without a note."""
    for row in scope.meetings:
        if row.came != Came.PRESENT or row.pk in scope.written or row.on <= scope.today - NOTED_WITHIN:
            continue
        link = f"{_page('note_new', row.case_id)}?meeting={row.pk}"
        what = _("Write the note from the meeting of %(day)s") % {"day": short_day(row.on)}
        yield Due(Rule.NOTE, row.on + timedelta(days=1), what, link, row.case_id)


def no_contact(scope: Scope) -> Iterator[Due]:
    """Participants whom nobody has reached for three weeks."""
    for case in scope.active:
        on = scope.contacts.get(case, scope.started(case)) + CONTACT_WITHIN
        if on <= scope.today:
            yield Due(Rule.NO_CONTACT, on, _("Get in touch"), _page("note_new", case), case)


def no_meeting(scope: Scope) -> Iterator[Due]:
    """Participants without a meeting ahead, two weeks after the last one; not those who are in work or studies."""
    last = {row.case_id: row.on for row in scope.meetings}
    settled = {case for case, entry in scope.whereabouts.items() if entry in {Whereabouts.WORK, Whereabouts.STUDIES}}
    for case in scope.active:
        before = last.get(case, scope.started(case))
        on = before + MEETING_WITHIN
        if before < scope.today and on <= scope.today and case not in settled:
            yield Due(Rule.NO_MEETING, on, _("Book the next meeting"), _page("appointment_new", case), case)


def absences(scope: Scope) -> Iterator[Due]:
    """Participants who were absent without notice twice within thirty days."""
    since = scope.today - ABSENT_WITHIN
    days = [
        # Meetings of a kind of activity have their attendance there.
        *((row.case_id, row.on) for row in scope.meetings if row.came == Came.ABSENT_INVALID and not row.session_id),
        *((case, on) for case, presence, on in scope.attendances if presence == Presence.ABSENT_INVALID),
    ]
    found: dict[UUID, tuple[int, date]] = {}
    for case, on in days:
        if on > since:
            before, day = found.get(case, (0, on))
            found[case] = before + 1, max(day, on)
    for case, (n, on) in found.items():
        if n >= ABSENCES:
            what = _("Talk about the absence: %(n)s times") % {"n": n}
            yield Due(Rule.ABSENCE, on + timedelta(days=3), what, _page("note_new", case), case)


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
    for case in scope.active:
        on = scope.started(case) + PLAN_WITHIN
        if case not in scope.plans and scope.started(case) + PLAN_WITHIN / 2 <= scope.today:
            yield Due(Rule.NO_PLAN, on, _("Make the plan together"), _page("plan_detail", case), case)


def plans_to_revise(scope: Scope) -> Iterator[Due]:
    """Plans that are to be gone through again within a week, or were."""
    for case, plan in scope.plans.items():
        if plan.revise_on and plan.revise_on <= scope.today + AHEAD:
            what = _("Go through the plan together")
            yield Due(Rule.REVISE, plan.revise_on, what, _page("plan_detail", case), case)


#: Whose turn it is, by who does an action of the plan.
_TURNS = {
    Who.STAFF: Rule.ACTION,
    Who.PARTICIPANT: Rule.PARTICIPANT,
    Who.EMPLOYER: Rule.EMPLOYER,
    Who.AGENCY: Rule.AGENCY,
}


def actions(scope: Scope) -> Iterator[Due]:
    """Agreed actions of the plan that holds, whose day has come and that are not done."""
    cases = {plan.pk: case for case, plan in scope.plans.items()}
    rows = PlanAction.objects.filter(goal__plan__in=cases, done_on=None, due_on__lte=scope.today)
    for row in rows.select_related("goal"):
        case = cases[row.goal.plan_id]
        yield Due(_TURNS[Who(row.who)], row.due_on or scope.today, row.text, _page("plan_detail", case), case)


def interpreters(scope: Scope) -> Iterator[Due]:
    """Meetings of the next two weeks whose interpreter is not booked."""
    for row in scope.meetings:
        is_ahead = scope.today <= row.on <= scope.today + INTERPRETER_AHEAD
        if row.came or row.interpreter != Interpreter.TO_BOOK or not is_ahead:
            continue
        what = _("Book the interpreter for %(day)s") % {"day": short_day(row.on)}
        on = row.on - timedelta(days=3)
        yield Due(Rule.INTERPRETER, on, what, _page("appointment_change", row.pk), row.case_id)


def consents(scope: Scope) -> Iterator[Due]:
    """Consents in force that end within a month."""
    by_person = {case.person_id: case.pk for case in scope.cases.values() if not case.closing and case.person_id}
    rows = Consent.objects.in_force(scope.today).filter(
        person__in=by_person, from_unit__in=scope.units, valid_until__lte=scope.today + CONSENT_AHEAD
    )
    for row in rows.select_related("to_organisation"):
        what = _("Ask again about %(organisation)s") % {"organisation": row.to_organisation.name}
        yield Due(Rule.CONSENT, row.valid_until, what, _page("person_detail", row.person_id), by_person[row.person_id])


def references(scope: Scope) -> Iterator[Due]:
    """References whose use nobody has allowed yet."""
    for row in Reference.objects.filter(case__in=scope.active, confirmed_on=None):
        what = _("Ask both about the reference from %(name)s") % {"name": row.workplace or row.name}
        on = row.gained_on + REFERENCE_WITHIN
        yield Due(Rule.REFERENCE, on, what, _page("profile_detail", row.case_id), row.case_id)


def placements(scope: Scope) -> Iterator[Due]:
    """Placements that end within two weeks: what comes after?"""
    rows = Placement.objects.filter(case__in=scope.active, ended_on__range=(scope.today, scope.today + PLACEMENT_AHEAD))
    for row in rows.select_related("workplace"):
        what = _("Settle what comes after %(workplace)s") % {"workplace": row.workplace.name}
        yield Due(Rule.PLACEMENT, row.ended_on or scope.today, what, _page("case_detail", row.case_id), row.case_id)


def transfers(scope: Scope) -> Iterator[Due]:
    """Transfers that the receiver has answered, of cases that are still open here."""
    rows = Referral.objects.filter(from_case__in=scope.active).exclude(
        state__in=[ReferralState.WAITING, ReferralState.WITHDRAWN]
    )
    for row in rows.select_related("unit"):
        taken = row.state == ReferralState.ACCEPTED
        words = _("%(unit)s has taken over: close here") if taken else _("%(unit)s has declined: read why")
        link = _page("case_transfer", row.from_case_id) if taken else _page("referral_detail", row.pk)
        on = row.decided_on or scope.today
        yield Due(Rule.TRANSFER, on, words % {"unit": row.unit.name}, link, row.from_case_id)


def follow_ups(scope: Scope) -> Iterator[Due]:
    """Follow-ups by the programme's days; after an attempt in vain again thirty days later, and in the end no more."""
    closed = [case for case in scope.cases.values() if case.closing == Closing.EXIT and case.closed_on]
    keys = [case.pk for case in closed]
    done = set(FollowUp.objects.filter(case__in=keys).values_list("case", "day"))
    tried = {
        (case, day): (n, last)
        for case, day, n, last in FollowUpAttempt.objects.filter(case__in=keys)
        .values_list("case", "day")
        .annotate(Count("pk"), Max("on"))
        .order_by()
    }
    for case in closed:
        for day in case.programme.follow_up_days:
            if (case.pk, day) not in done:
                yield from _follow_up(case, day, scope.today, *tried.get((case.pk, day), (0, None)))


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
    rows = Note.objects.filter(Q(case__in=scope.active), settled_on=None).exclude(waits_for="")
    for row in rows:
        first_line = row.body.strip().splitlines()[0][:80]
        yield Due(
            Rule(row.waits_for),
            row.waits_until or scope.today,
            first_line,
            _page("note_list", row.case_id),
            row.case_id,
        )


RULES: tuple[Callable[[Scope], Iterator[Due]], ...] = (
    *(referrals, not_started, came, notes, no_contact, no_meeting, absences, no_step, limits, no_plan),
    *(plans_to_revise, actions, interpreters, consents, references, placements, transfers, follow_ups, waiting),
)
