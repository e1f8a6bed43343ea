"""The first day of the place, against the day from which the participant can begin."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import NOTHING, Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect


def judge(who: Participant, where: Place) -> str:
    """Compare the days; what begins at once waits for nobody."""
    if who.ready is None or (where.first is None and where.last is None):
        return "nothing"
    if where.last is not None and who.ready > where.last:
        return "over"
    return "in_time" if where.first is not None and who.ready <= where.first else "later"


FACTOR = Factor(
    code="start",
    name=_("First day"),
    weight=5,
    judge=judge,
    of_who=("ready",),
    of_where=("first", "last"),
    findings={
        "in_time": Finding(Effect.FOR, _("The participant can begin on the first day."), 100),
        "later": Finding(
            Effect.AGAINST,
            _("The participant can begin later than the place is offered from."),
            -50,
            opens=_("Ask whether the workplace can wait."),
        ),
        "over": Finding(Effect.BLOCKED, _("The place ends before the participant can begin.")),
        "nothing": NOTHING,
    },
)
