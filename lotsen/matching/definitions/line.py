"""Crossing the gender line of an occupation, where the participant wishes to. Nobody's sex is asked for."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import NOTHING, Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect
from lotsen.placements.queries import FEW


def judge(who: Participant, where: Place) -> str:
    """Ask only where the participant wishes to try."""
    if not who.line:
        return "nothing"
    if where.women is None:
        return "unknown"
    share = where.women if who.line == "few_women" else 1 - where.women
    return "crosses" if share < FEW else "nothing"


FACTOR = Factor(
    code="line",
    name=_("Over the gender line"),
    weight=5,
    judge=judge,
    of_who=("line",),
    of_where=("women",),
    findings={
        "crosses": Finding(
            Effect.FOR, _("The occupation is one that the participant wishes to try over the gender line."), 100
        ),
        "unknown": Finding(Effect.UNKNOWN, _("How women and men are spread over the occupation is not known.")),
        "nothing": NOTHING,
    },
)
