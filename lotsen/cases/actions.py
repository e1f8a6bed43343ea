"""What happens to a case."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Model, UniqueConstraint
from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core import database
from lotsen.core.links import digest, new_token
from lotsen.core.models import change
from lotsen.core.refused import Refused, action, refusing
from lotsen.people.models import Person
from lotsen.programmes.models import Destination, ExitReason, Programme, ProgrammeUnit, Step

from .enums import TRANSITIONS, CaseState, Closing, ContactWay, Occasion, TeamPart, Whereabouts
from .models import (
    AnonymousParticipant,
    Case,
    CaseTargetGroup,
    FollowUp,
    FollowUpAttempt,
    FollowUpLink,
    OwnRating,
    ResponsibleEntry,
    StepEntry,
    SupportEntry,
    TeamMember,
    WhereaboutsEntry,
)
from .queries import FOLLOW_UP_ANSWERS, facts_of, target_groups_of


@action
def refer_case(
    *,
    programme: Programme,
    unit: Unit,
    person: Person | None,
    on: date,
    number: str,
    facts: Mapping[str, Any],
    referred_by: Organisation | None = None,
) -> Case:
    """A person is referred to a programme. `facts` are what is known at entry, by field name; the rest is unknown."""
    must_take_in(programme, unit, on)
    already = _("This person already has a case in the programme. Open it instead of making another.")
    taken = _("The case number %(number)s is taken.") % {"number": number}
    with (
        refusing("case_once_for_person_in_programme", already),
        refusing("case_number_once_in_programme", taken, "number"),
    ):
        return Case.objects.create(
            programme=programme,
            unit=unit,
            person=person,
            number=number,
            referred_on=on,
            referred_by=referred_by,
            **facts,
        )


def must_take_in(programme: Programme, unit: Unit, on: date) -> None:
    """Refuse a unit that does not take part in the programme, and a day when the programme is over."""
    if not ProgrammeUnit.objects.filter(programme=programme, unit=unit).exists():
        raise Refused(_("%(unit)s does not take part in %(programme)s.") % {"unit": unit, "programme": programme})
    if on > programme.ends_on:
        raise Refused(_("The programme ended on %(day)s. Choose a day before that.") % {"day": programme.ends_on}, "on")


@action
def count_anonymous(*, programme: Programme, unit: Unit, sex: str, year: int) -> AnonymousParticipant:
    """Count somebody who takes part and may not be registered: the sex and the year of the start, and nothing else."""
    if not ProgrammeUnit.objects.filter(programme=programme, unit=unit).exists():
        raise Refused(
            _("%(unit)s does not take part in %(programme)s.") % {"unit": unit, "programme": programme}, "unit"
        )
    first, last = programme.starts_on.year, programme.ends_on.year
    if not first <= year <= last:
        raise Refused(
            _("Choose a year of the project, %(first)s to %(last)s.") % {"first": first, "last": last}, "year"
        )
    return AnonymousParticipant.objects.create(programme=programme, unit=unit, sex=sex, year=year)


@action
def start_case(*, case: Case, on: date, support: str, by: User | None = None) -> None:
    """Participation starts. The target groups are settled by the rules, on the facts of this day."""
    _must_lead(case, "start_case")
    if on < case.referred_on:
        raise Refused(_("The start lies before the referral (%(day)s).") % {"day": case.referred_on}, "on")
    if not case.programme.starts_on <= on <= case.programme.ends_on:
        raise Refused(
            _("The start must lie in the programme's period, %(start)s to %(end)s.")
            % {"start": case.programme.starts_on, "end": case.programme.ends_on},
            "on",
        )
    case.started_on = on
    case.save(update_fields=["started_on"])
    enter_support(case=case, support=support, since=on)
    groups = target_groups_of(case.programme, facts_of(case, support))
    CaseTargetGroup.objects.bulk_create(CaseTargetGroup(case=case, target_group=group) for group in groups)
    if by:
        ResponsibleEntry.objects.create(case=case, since=on, user=by)


@action
def start_participation(
    *, case: Case, on: date, support: str, responsible: User, step: Step | None = None, distance: object = ""
) -> None:
    """Participation starts with what a first talk gives: the first step, and the own sense of distance to work.

    `distance` is 1 to 10, None for one who would rather not say, and an empty text where nobody has asked.
    """
    start_case(case=case, on=on, support=support, by=responsible)
    if step:
        enter_step(case=case, step=step, since=on)
    if distance != "":
        rate_distance(case=case, occasion=Occasion.START, on=on, distance=_as_number(distance))


def _as_number(value: Any) -> int | None:
    return None if value is None else int(value)


@action
def end_participation(*, case: Case, on: date, support: str, distance: object = "", **exit_: Any) -> None:
    """Participation ends with what the funder asks for: the exit, the means of support, the own sense of distance."""
    if distance != "":
        rate_distance(case=case, occasion=Occasion.EXIT, on=on, distance=_as_number(distance))
    end_case(case=case, on=on, **exit_)
    enter_support(case=case, support=support, since=on)


@action
def answer_follow_up(
    *, case: Case, day: int, on: date, answers: Mapping[str, bool | None] | None, support: str = ""
) -> None:
    """Record a follow-up, and the means of support where it was told."""
    record_follow_up(case=case, day=day, on=on, answers=answers)
    if support:
        enter_support(case=case, support=support, since=on)


@action
def end_case(
    *,
    case: Case,
    on: date,
    destination: Destination,
    reason: ExitReason,
    lacking: Collection[str] = (),
    lacking_reason: str = "",
) -> None:
    """The case ends with an exit: where to, and why, from the programme's own lists.

    `lacking` is what an exit asks for and is not there, in words: the areas above know of plan and ratings. It ends
    all the same where somebody says why.
    """
    _must_lead(case, "end_case")
    _must_say_why(lacking, lacking_reason, "lacking_reason")
    if destination.programme_id != case.programme_id or reason.programme_id != case.programme_id:
        raise Refused(_("Choose a destination and a reason from this programme's own lists."))
    told = {"lacking": "\n".join(lacking), "lacking_reason": lacking_reason if lacking else ""}
    _close(case, on, closing=Closing.EXIT, destination=destination, reason=reason, **told)


@action
def reopen_case(*, case: Case, on: date) -> None:
    """The person comes back. The first start stays, and the exit that counts is the one that is still to come.

    Follow-ups of the exit that is undone go, since they tell of days after it (regulation (EU) 1304/2013, annex I:
    one participation however often somebody comes back). The history keeps both.
    """
    _must_lead(case, "reopen_case")
    if case.closed_on and on < case.closed_on:
        raise Refused(_("The case was still open on that day: it closed on %(day)s.") % {"day": case.closed_on}, "on")
    if on > case.programme.ends_on:
        raise Refused(_("The programme ended on %(day)s. Choose a day before that.") % {"day": case.programme.ends_on})
    case.follow_ups.all().delete()
    case.follow_up_attempts.all().delete()
    blank = {"closed_on": None, "closing": "", "destination": None, "reason": None, "lacking": "", "lacking_reason": ""}
    change(case, **blank)
    case.save(update_fields=list(blank))


@action
def transfer_case(*, case: Case, on: date, to: str) -> None:
    """The person moves on, with the case's history, to another unit's care. This is not an exit."""
    _must_lead(case, "transfer_case")
    if not to.strip():
        raise Refused(_("Say who takes over."), "to")
    _close(case, on, closing=Closing.TRANSFER, transferred_to=to.strip())


def _close(case: Case, on: date, **how: Any) -> None:
    if case.started_on and on < case.started_on:
        raise Refused(_("The end lies before the start (%(day)s).") % {"day": case.started_on}, "on")
    change(case, closed_on=on, **how)
    case.save(update_fields=["closed_on", *how])


def _must_lead(case: Case, action: str) -> None:
    """Refuse what the table of transitions does not name."""
    if (case.state, action) not in {(before, name) for before, name, _after in TRANSITIONS}:
        raise Refused(
            _("The case is %(state)s. This cannot be done from there.") % {"state": CaseState(case.state).label.lower()}
        )


def _must_say_why(lacking: Collection[str], reason: str, field: str) -> None:
    if lacking and not reason.strip():
        raise Refused(_("Say why, since this is lacking: %(what)s.") % {"what": "; ".join(lacking)}, field)


@action
def take_responsibility(*, case: Case, user: User, since: date) -> None:
    """A member of staff answers for the case from a day on. Who did before stays in the history."""
    if case.started_on and since < case.started_on:
        raise Refused(_("The day lies before the start (%(day)s).") % {"day": case.started_on}, "since")
    _enter(ResponsibleEntry(case=case, since=since, user=user), "user")


@action
def join_team(*, case: Case, user: User, part: TeamPart, since: date) -> TeamMember:
    """A member of staff works with the case beside the one who answers for it."""
    already = _("%(name)s is in the team already.") % {"name": user.name}
    with refusing("team_member_once", already, "user"):
        return TeamMember.objects.create(case=case, user=user, part=part, since=since)


@action
def leave_team(*, member: TeamMember, until: date) -> None:
    """A member of the team ends the work with the case. Who was there when stays."""
    member.until = max(until, member.since)
    member.save(update_fields=["until"])


@action
def enter_step(*, case: Case, step: Step, since: date, lacking: Collection[str] = (), reason: str = "") -> None:
    """The case comes onto a step of its programme's staircase.

    `lacking` is what the step before asks for and is not there. The case moves all the same where somebody says why.
    """
    _must_say_why(lacking, reason, "reason")
    if step.programme_id != case.programme_id:
        raise Refused(_("The step belongs to another programme."))
    _check_day(case, since)
    told = {"lacking": "\n".join(lacking), "reason": reason if lacking else ""}
    _enter(StepEntry(case=case, since=since, step=step, **told), "step", "lacking", "reason")


@action
def enter_support(*, case: Case, support: str, since: date) -> None:
    """The person's means of support changed. After the exit too: that is what the programme wants to know."""
    _enter(SupportEntry(case=case, since=since, support=support), "support")


@action
def enter_whereabouts(*, case: Case, whereabouts: Whereabouts, since: date) -> None:
    """The participant came into an activity, studies, work or an internship, or out of them."""
    _check_day(case, since)
    _enter(WhereaboutsEntry(case=case, since=since, whereabouts=whereabouts), "whereabouts")


@action
def rate_distance(*, case: Case, occasion: Occasion, on: date, distance: int | None) -> None:
    """The participant rates their own distance to work, or would rather not say (None)."""
    _enter(OwnRating(case=case, occasion=occasion, rated_on=on, distance=distance), "rated_on", "distance")


@action
def record_follow_up(*, case: Case, day: int, on: date, answers: Mapping[str, bool | None] | None) -> None:
    """Record what was found out `day` days after the exit. `answers` None means that no answer came."""
    if not case.closed_on:
        raise Refused(_("The case is not closed yet, so there is nothing to follow up."))
    if case.closing != Closing.EXIT:
        raise Refused(_("Only a case that has ended with an exit is followed up."))
    if on < case.closed_on:
        raise Refused(_("The follow-up lies before the end (%(day)s).") % {"day": case.closed_on}, "on")
    if day not in case.programme.follow_up_days:
        days = ", ".join(map(str, case.programme.follow_up_days))
        raise Refused(_("The programme follows up on other days: %(days)s.") % {"days": days})
    row = FollowUp(case=case, day=day, done_on=on, answered=answers is not None, **(answers or {}))
    _enter(row, "done_on", "answered", "in_work", "in_education", "in_other_programme", "sees_better_chances")


@action
def try_follow_up(*, case: Case, day: int, on: date, way: ContactWay, by: User) -> None:
    """Somebody tried to reach the person for a follow-up, in vain. No answer is no answer, never a no."""
    if not case.closed_on or on < case.closed_on:
        raise Refused(_("The case is not closed yet, so there is nothing to follow up."), "on")
    FollowUpAttempt.objects.create(case=case, day=day, on=on, way=way, by=by)


@action
def give_follow_up_link(*, case: Case, day: int, on: date, by: User) -> str:
    """Return the token of a link by which the person answers a follow-up. It counts as an attempt, by message."""
    if case.follow_ups.filter(day=day, answered=True).exists():
        raise Refused(_("The follow-up is answered already."))
    try_follow_up(case=case, day=day, on=on, way=ContactWay.MESSAGE, by=by)
    token = new_token()
    FollowUpLink.objects.create(case=case, day=day, link=digest("follow_up", token), sent_on=on)
    return token


@action
def answer_by_link(*, answers: Mapping[str, bool | None]) -> None:
    """Write down what the person answers by the link that the request has opened."""
    if not database.call("lotsen_answer_follow_up", *(answers[name] for name in FOLLOW_UP_ANSWERS)):
        raise Refused(_("This link takes no more answers."))


def _enter(row: Model, *fields: str) -> None:
    """Write a row, or correct the one that stands there for the same case and day, in one statement."""
    (key,) = (c.fields for c in row._meta.constraints if isinstance(c, UniqueConstraint))
    type(row)._default_manager.bulk_create(
        [row], update_conflicts=True, unique_fields=list(key), update_fields=list(fields)
    )


def _check_day(case: Case, day: date) -> None:
    """Refuse a day outside the case's own time."""
    if not case.started_on or day < case.started_on or (case.closed_on and day > case.closed_on):
        raise Refused(_("The day lies outside the time of the case."), "since")
