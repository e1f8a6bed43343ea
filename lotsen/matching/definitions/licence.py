"""A driving licence, where the place asks for one."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import NOTHING, Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect


def judge(who: Participant, where: Place) -> str:
    """Ask only where it is needed."""
    if where.licence is None:
        return "asks"
    if not where.licence:
        return "nothing"
    return "unknown" if who.licence is None else "held" if who.licence else "lacking"


FACTOR = Factor(
    code="licence",
    name=_("Driving licence"),
    weight=5,
    judge=judge,
    of_who=("licence",),
    of_where=("licence",),
    findings={
        "held": Finding(Effect.FOR, _("The participant has the driving licence that the place asks for."), 100),
        "lacking": Finding(
            Effect.BLOCKED,
            _("The place asks for a driving licence that the participant does not have."),
            opens=_("A driving licence, or tasks without driving."),
        ),
        "unknown": Finding(
            Effect.UNKNOWN,
            _("The place asks for a driving licence; whether the participant has one is not written down."),
            opens=_("Ask about the driving licence."),
        ),
        "asks": Finding(Effect.UNKNOWN, _("Whether the place asks for a driving licence is not written down.")),
        "nothing": NOTHING,
    },
)
