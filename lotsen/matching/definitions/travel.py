"""Whether the workplace can be reached: within the municipality, within the county, or anywhere."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import NOTHING, Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect


def judge(who: Participant, where: Place) -> str:
    """Compare the municipality of the workplace with the one of the participant's unit."""
    if where.municipality == who.home:
        return "here"
    if who.travels is None:
        return "unknown"
    reaches = who.travels == 2 or (who.travels == 1 and where.county == who.county)
    return "reached" if reaches else "too_far"


FACTOR = Factor(
    code="travel",
    name=_("Way to work"),
    weight=10,
    judge=judge,
    findings={
        "here": Finding(Effect.FOR, _("The workplace is in the participant's municipality."), 100),
        "reached": NOTHING,
        "too_far": Finding(
            Effect.BLOCKED,
            _("The workplace is farther away than the participant can travel."),
            opens=_("A way to get there: a bus, a lift, a move."),
        ),
        "unknown": Finding(
            Effect.UNKNOWN,
            _("The workplace is in another municipality; how far the participant can travel is not written down."),
            opens=_("Ask how far the participant can travel."),
        ),
    },
)
