"""Whether the workplace can be reached: within the municipality, the county or farther, and in time by bus."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import NOTHING, Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect


def judge(who: Participant, where: Place) -> str:
    """Compare the municipality of the workplace with the one of the participant's unit, then ask the timetable."""
    if where.municipality == who.home:
        return "here"
    if who.travels is not None and who.travels < 2 and (who.travels == 0 or where.county != who.county):
        return "too_far"
    if where.municipality in who.too_long:
        return "too_long"
    if where.municipality in who.in_time:
        return "in_time"
    return "unknown" if who.travels is None else "reached"


FACTOR = Factor(
    code="travel",
    name=_("Way to work"),
    weight=10,
    judge=judge,
    of_who=("home", "county", "travels", "in_time", "too_long"),
    of_where=("municipality", "county"),
    findings={
        "here": Finding(Effect.FOR, _("The workplace is in the participant's municipality."), 100),
        "in_time": Finding(Effect.FOR, _("Bus and train go there in the time that the participant manages."), 50),
        "reached": NOTHING,
        "too_far": Finding(
            Effect.BLOCKED,
            _("The workplace is farther away than the participant can travel."),
            opens=_("A way to get there: a bus, a lift, a move."),
        ),
        "too_long": Finding(
            Effect.BLOCKED,
            _("Bus and train take longer than the participant manages."),
            opens=_("Another way to get there: a lift, a car, hours that suit the bus."),
        ),
        "unknown": Finding(
            Effect.UNKNOWN,
            _("The workplace is in another municipality; how far the participant can travel is not written down."),
            opens=_("Ask how far the participant can travel."),
        ),
    },
)
