"""Supervision that can be given, against what the participant needs."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import NOTHING, Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect


def judge(who: Participant, where: Place) -> str:
    """Compare them; who needs little is supervised enough anywhere."""
    if not who.supervision:
        return "nothing"
    if where.supervision is None:
        return "unknown"
    return "enough" if where.supervision >= who.supervision else "lacking"


FACTOR = Factor(
    code="supervision",
    name=_("Supervision"),
    weight=10,
    judge=judge,
    of_who=("supervision",),
    of_where=("supervision",),
    findings={
        "enough": Finding(Effect.FOR, _("The workplace can supervise as much as the participant needs."), 100),
        "lacking": Finding(
            Effect.AGAINST,
            _("The workplace can supervise less than the participant needs."),
            -100,
            opens=_("A trained supervisor, or a language supporter beside."),
        ),
        "unknown": Finding(
            Effect.UNKNOWN,
            _("How much the workplace can supervise is not written down."),
            opens=_("Ask the workplace about supervision."),
        ),
        "nothing": NOTHING,
    },
)
