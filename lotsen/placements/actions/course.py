"""The course of a placement: planned, begun, paused, ended. Each refuses what the table of states does not have."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lotsen.cases.models import Case
from lotsen.core.models import change
from lotsen.core.refused import Refused, action, refusing
from lotsen.employers.models import Workplace
from lotsen.employers.queries import analysis_of
from lotsen.placements import queries
from lotsen.placements.enums import PlacementState, StoppedBy
from lotsen.placements.models import Placement
from lotsen.programmes.enums import Category
from lotsen.programmes.models import Kind


def check_state(placement: Placement, name: str) -> None:
    """Refuse an action that does not follow upon the state of the placement."""
    if not queries.may(placement, name):
        raise Refused(
            _("The placement is: %(state)s. That cannot be done now.") % {"state": placement.get_state_display()}
        )


def save(placement: Placement) -> None:
    """Write a placement, with the database's refusals in words."""
    overlap = _("The participant has another placement at that time. End it first, or choose other days.")
    lacking = _("No workplace analysis holds on the first day. Make one, or write why it begins without.")
    twice = _("Another placement began on this day. Choose another day.")
    full = _("The last place of the opening was taken in the meantime. Choose another one.")
    on = "on" if placement.began_on else "from_on"
    with (
        refusing("opening_has_places", full),
        refusing("placements_are_apart", overlap, on),
        refusing("placement_has_analysis", lacking, "without_analysis"),
        refusing("placement_begins_once_a_day", twice, on),
    ):
        placement.save()


@action
def plan_placement(*, case: Case, workplace: Workplace, kind: Kind, from_on: date, **told: Any) -> Placement:
    """Plan a placement of one of the programme's kinds, within the time of the case.

    `told` are its other fields, as the opening that it fills, until, tasks, supervisor, subsidy.
    """
    _check_kind(case, kind)
    _check_day(case, from_on, "from_on")
    if (opening := told.get("opening")) and opening.closed_on:
        raise Refused(_("The opening was closed on %(day)s. Choose another one.") % {"day": opening.closed_on})
    placement = Placement(case=case, workplace=workplace, kind=kind, from_on=from_on, **told)
    save(placement)
    return placement


@action
def change_plan(*, placement: Placement, **told: Any) -> None:
    """Change what is planned or agreed. What was signed for other days or tasks is signed anew.

    While it goes on, only what comes can be changed: until when, hours, tasks, supervisor.
    """
    if placement.is_over or placement.state == PlacementState.NOT_STARTED:
        raise Refused(_("The placement is over. What was agreed stays as it was."))
    if not placement.is_ahead:
        told.pop("from_on", None)
    before = {name: getattr(placement, name) for name in told}
    change(placement, **told)
    if placement.is_ahead and "from_on" in told:
        _check_day(placement.case, told["from_on"], "from_on")
        if before != told and placement.signatures.exists():
            placement.signatures.all().delete()
            placement.state = PlacementState.PLANNED
    save(placement)


@action
def start_placement(*, placement: Placement, on: date, without_analysis: str = "") -> None:
    """The participant has begun. Refused without a workplace analysis that holds, unless it is said why."""
    check_state(placement, "start_placement")
    _check_day(placement.case, on, "on")
    if placement.until and on > placement.until:
        raise Refused(_("The day lies after the last day that was agreed."), "on")
    _begin(placement, on, without_analysis)


@action
def begin_placement(
    *, case: Case, workplace: Workplace, kind: Kind, on: date, without_analysis: str = "", **told: Any
) -> Placement:
    """A participant begins at a workplace without having been planned here: it is written down afterwards.

    On any step: the staircase is a way, not a gate.
    """
    _check_kind(case, kind)
    _check_day(case, on, "on")
    placement = Placement(case=case, workplace=workplace, kind=kind, from_on=on, **told)
    _begin(placement, on, without_analysis)
    return placement


def _begin(placement: Placement, on: date, without_analysis: str) -> None:
    found = analysis_of(placement.workplace, on)
    change(placement, state=PlacementState.RUNNING, began_on=on, analysis=found)
    placement.without_analysis = "" if found else without_analysis
    save(placement)


@action
def pause_placement(*, placement: Placement) -> None:
    """The placement rests for a while: illness, a course, a holiday of the workplace."""
    check_state(placement, "pause_placement")
    placement.state = PlacementState.PAUSED
    save(placement)


@action
def resume_placement(*, placement: Placement) -> None:
    """The placement goes on."""
    check_state(placement, "resume_placement")
    placement.state = PlacementState.RUNNING
    save(placement)


@action
def complete_placement(*, placement: Placement, on: date) -> None:
    """The placement has been to its end."""
    check_state(placement, "complete_placement")
    _end(placement, on, PlacementState.COMPLETED)


@action
def stop_placement(*, placement: Placement, on: date, stopped_by: StoppedBy, stopped_why: str) -> None:
    """The placement ends before its time: on whose wish, and why."""
    check_state(placement, "stop_placement")
    change(placement, stopped_by=stopped_by, stopped_why=stopped_why)
    _end(placement, on, PlacementState.ENDED_EARLY)


@action
def call_off(*, placement: Placement, stopped_by: StoppedBy, stopped_why: str) -> None:
    """The placement never begins: on whose wish, and why."""
    check_state(placement, "call_off")
    change(placement, state=PlacementState.NOT_STARTED, stopped_by=stopped_by, stopped_why=stopped_why)
    save(placement)


def end_placement(*, placement: Placement, on: date) -> None:
    """Complete a placement, whether it was paused or not."""
    if placement.state == PlacementState.PAUSED:
        resume_placement(placement=placement)
    complete_placement(placement=placement, on=on)


def _end(placement: Placement, on: date, state: PlacementState) -> None:
    if placement.began_on and on < placement.began_on:
        raise Refused(_("The end lies before the beginning."), "on")
    change(placement, state=state, ended_on=on)
    save(placement)


def _check_kind(case: Case, kind: Kind) -> None:
    if kind.category != Category.PLACEMENT or kind.programme_id != case.programme_id:
        raise Refused(_("%(kind)s is not a kind of placement in this programme.") % {"kind": kind})


def _check_day(case: Case, on: date, field: str) -> None:
    if not case.started_on or on < case.started_on:
        raise Refused(_("The placement begins before the participation."), field)
    if case.closed_on and on > case.closed_on:
        raise Refused(_("The case is closed (%(day)s).") % {"day": case.closed_on}, field)
