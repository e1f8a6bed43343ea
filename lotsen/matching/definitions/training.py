"""What the participant is trained for, with papers."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import NOTHING, Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect


def judge(who: Participant, where: Place) -> str:
    """Compare the occupation with what the participant is trained for, and with what is near to it."""
    return {100: "same", 75: "near"}.get(who.trained.get(where.occupation, 0), "nothing")


FACTOR = Factor(
    code="training",
    name=_("Trained for it"),
    weight=15,
    judge=judge,
    of_who=("trained",),
    of_where=("occupation",),
    findings={
        "same": Finding(Effect.FOR, _("The participant is trained for the occupation."), 100),
        "near": Finding(Effect.FOR, _("The participant is trained for a near occupation."), 50),
        "nothing": NOTHING,
    },
)
