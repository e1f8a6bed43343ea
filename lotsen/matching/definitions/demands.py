"""Bodily and social demands and tempo, against the most that works for the participant."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import NOTHING, Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect


def judge(who: Participant, where: Place) -> str:
    """Compare each demand for which the participant has named a limit."""
    asked = [(most, demand) for most, demand in zip(who.most, where.demands, strict=True) if most is not None]
    if not asked:
        return "nothing"
    if any(demand is not None and demand > most for most, demand in asked):
        return "too_much"
    return "unknown" if any(demand is None for _most, demand in asked) else "fits"


FACTOR = Factor(
    code="demands",
    name=_("Demands"),
    weight=10,
    judge=judge,
    of_who=("most",),
    of_where=("demands",),
    findings={
        "fits": Finding(Effect.FOR, _("The demands and the tempo are such that work for the participant."), 100),
        "too_much": Finding(
            Effect.AGAINST,
            _("A demand or the tempo is higher than what works for the participant."),
            -100,
            opens=_("An adaptation: other tasks, more breaks, a slower pace."),
        ),
        "unknown": Finding(
            Effect.UNKNOWN,
            _("The demands of the workplace are not written down."),
            opens=_("Make a workplace analysis."),
        ),
        "nothing": NOTHING,
    },
)
