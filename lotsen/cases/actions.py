"""What happens to a case."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model, UniqueConstraint
from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core.refused import Refused, action, refusing
from lotsen.people.models import Person
from lotsen.programmes.models import Destination, ExitReason, Programme, ProgrammeUnit, Step

from .enums import TRANSITIONS, CaseState, Closing, Occasion, Whereabouts
from .models import (
    AnonymousParticipant,
    Case,
    CaseTargetGroup,
    FollowUp,
    OwnRating,
    ResponsibleEntry,
    StepEntry,
    SupportEntry,
    WhereaboutsEntry,
)
from .queries import facts_of, target_groups_of


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
    if not ProgrammeUnit.objects.filter(programme=programme, unit=unit).exists():
        raise Refused(_("%(unit)s does not take part in %(programme)s.") % {"unit": unit, "programme": programme})
    if on > programme.ends_on:
        raise Refused(_("The programme ended on %(day)s. Choose a day before that.") % {"day": programme.ends_on}, "on")
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
def end_case(*, case: Case, on: date, destination: Destination, reason: ExitReason) -> None:
    """The case ends with an exit: where to, and why, from the programme's own lists."""
    _must_lead(case, "end_case")
    if destination.programme_id != case.programme_id or reason.programme_id != case.programme_id:
        raise Refused(_("Choose a destination and a reason from this programme's own lists."))
    _close(case, on, closing=Closing.EXIT, destination=destination, reason=reason)


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
    for name, value in {"closed_on": on, **how}.items():
        setattr(case, name, value)
    case.save(update_fields=["closed_on", *how])


def _must_lead(case: Case, action: str) -> None:
    """Refuse what the table of transitions does not name."""
    if (case.state, action) not in {(before, name) for before, name, _after in TRANSITIONS}:
        raise Refused(
            _("The case is %(state)s. This cannot be done from there.") % {"state": CaseState(case.state).label.lower()}
        )


@action
def enter_step(*, case: Case, step: Step, since: date) -> None:
    """The case comes onto a step of its programme's staircase."""
    if step.programme_id != case.programme_id:
        raise Refused(_("The step belongs to another programme."))
    _check_day(case, since)
    _enter(StepEntry(case=case, since=since, step=step), "step")


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
