"""Hours a week, against the most that works."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect


def judge(who: Participant, where: Place) -> str:
    """Compare them; who has named no limit can work all hours."""
    if where.hours is None:
        return "unknown"
    return "too_many" if who.hours is not None and where.hours > who.hours else "fits"


FACTOR = Factor(
    code="hours",
    name=_("Hours a week"),
    weight=5,
    judge=judge,
    of_who=("hours",),
    of_where=("hours",),
    findings={
        "fits": Finding(Effect.FOR, _("The hours a week fit."), 100),
        "too_many": Finding(
            Effect.BLOCKED,
            _("The place asks for more hours a week than the participant manages."),
            opens=_("Ask the workplace for fewer hours."),
        ),
        "unknown": Finding(Effect.UNKNOWN, _("The hours of the place are not written down.")),
    },
)
