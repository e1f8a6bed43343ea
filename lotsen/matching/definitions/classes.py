"""Days and hours, against classes and other activities that the participant has a place in."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect


def judge(who: Participant, where: Place) -> str:
    """Look for an hour of the week at which somebody would be at both."""
    if not any(where.times):
        return "unknown"
    clash = any(busy & times for busy, times in zip(who.busy, where.times, strict=True))
    return "clash" if clash else "fits"


FACTOR = Factor(
    code="classes",
    name=_("Classes"),
    weight=5,
    judge=judge,
    of_who=("busy",),
    of_where=("times",),
    findings={
        "fits": Finding(Effect.FOR, _("The times do not clash with a class."), 100),
        "clash": Finding(
            Effect.AGAINST,
            _("The times clash with a class or another activity."),
            -100,
            opens=_("Other hours at the workplace, or another group."),
        ),
        "unknown": Finding(Effect.UNKNOWN, _("The days and hours of the place are not written down.")),
    },
)
