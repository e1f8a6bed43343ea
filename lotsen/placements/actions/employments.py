"""The work that followed."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lotsen.cases.models import Case
from lotsen.core.models import change
from lotsen.core.refused import Refused, action, refusing
from lotsen.placements.models import Employment, Placement


@action
def keep_employment(
    *,
    case: Case,
    from_on: date,
    placement: Placement | None = None,
    employment: Employment | None = None,
    **told: Any,
) -> Employment:
    """Write down where a participant was employed, or change it.

    What follows upon a placement at the same employer points to its workplace. `told`: employer_name, employed_as,
    extent, occupation, until, subsidy, is_municipal_measure.
    """
    if case.started_on and from_on < case.started_on:
        raise Refused(_("The employment begins before the participation."), "from_on")
    row = employment or Employment(case=case, placement=placement)
    change(row, from_on=from_on, **told)
    if placement and placement.workplace.employer.name == row.employer_name:
        row.workplace = placement.workplace
    with refusing("employment_begins_once_a_day", _("Another employment begins on this day."), "from_on"):
        row.save()
    return row
