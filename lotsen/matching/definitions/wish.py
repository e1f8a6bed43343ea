"""What the participant wants to work with, in the own words, and the occupation that it comes to."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect


def judge(who: Participant, where: Place) -> str:
    """Compare the occupation with the wishes, and with what is near to them."""
    if not who.wished or not where.occupation:
        return "unknown"
    return {100: "same", 75: "near", 25: "far"}.get(who.wished.get(where.occupation, 0), "other")


FACTOR = Factor(
    code="wish",
    name=_("Own wish"),
    weight=30,
    judge=judge,
    of_who=("wished",),
    of_where=("occupation",),
    findings={
        "same": Finding(Effect.FOR, _("It is what the participant wants to work with."), 100),
        "near": Finding(Effect.FOR, _("It is near to what the participant wants to work with."), 60),
        "far": Finding(Effect.FOR, _("It has something of what the participant wants to work with."), 25),
        "other": Finding(Effect.AGAINST, _("The participant wants to work with something else."), -30),
        "unknown": Finding(
            Effect.UNKNOWN,
            _("The wish of the participant, or the occupation of the place, is not written down."),
            opens=_("Ask what the participant wants to work with."),
        ),
    },
)
