"""What is done with placements."""

from datetime import date

from django.utils.translation import gettext as _

from lotsen.cases.models import Case
from lotsen.core.refused import Refused, action, refusing
from lotsen.employers.models import Workplace
from lotsen.programmes.enums import Category
from lotsen.programmes.models import Kind

from .models import Placement


@action
def begin_placement(*, case: Case, workplace: Workplace, kind: Kind, on: date) -> Placement:
    """A participant begins at a workplace. On any step: the staircase is a way, not a gate."""
    if kind.category != Category.PLACEMENT or kind.programme_id != case.programme_id:
        raise Refused(_("%(kind)s is not a kind of placement in this programme.") % {"kind": kind})
    if not case.started_on or on < case.started_on:
        raise Refused(_("The placement begins before the participation."), "on")
    if case.closed_on and on > case.closed_on:
        raise Refused(_("The case is closed (%(day)s).") % {"day": case.closed_on}, "on")
    twice = _("Another placement began on this day. Choose another day.")
    with refusing("placement_begins_once_a_day", twice, "on"):
        return Placement.objects.create(case=case, workplace=workplace, kind=kind, began_on=on)


@action
def end_placement(*, placement: Placement, on: date) -> None:
    """A placement ends. It cannot end before it began."""
    if on < placement.began_on:
        raise Refused(_("The end lies before the beginning."), "on")
    placement.ended_on = on
    placement.save(update_fields=["ended_on"])
