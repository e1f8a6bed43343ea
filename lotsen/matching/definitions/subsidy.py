"""Whether the law allows what the place offers, where it offers a subsidised employment and nothing else.

Age, time since arrival and reduced work ability are asked for by these laws (placements/data/subsidies.yaml). So the
answer can stand in the way, but it moves no score: nobody ranks higher for it.
"""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import NOTHING, Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect


def judge(who: Participant, where: Place) -> str:
    """Ask only where nothing else is offered."""
    if where.only_subsidised is None:
        return "nothing"
    is_allowed = who.subsidised[where.only_subsidised]
    return "unknown" if is_allowed is None else "nothing" if is_allowed else "not_allowed"


FACTOR = Factor(
    code="subsidy",
    name=_("Subsidised employment"),
    weight=0,
    judge=judge,
    of_who=("subsidised",),
    of_where=("only_subsidised",),
    findings={
        "not_allowed": Finding(
            Effect.BLOCKED,
            _("The place is a subsidised employment, and the rules for these do not allow one now."),
            opens=_("Another form of employment or an internship, or a later day."),
        ),
        "unknown": Finding(
            Effect.UNKNOWN,
            _("The place is a subsidised employment; whether the rules allow one is not known."),
            opens=_("Ask the employment service."),
        ),
        "nothing": NOTHING,
    },
)
