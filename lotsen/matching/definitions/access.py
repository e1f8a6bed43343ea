"""Whether the premises are as the participant needs them."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import NOTHING, Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect


def judge(who: Participant, where: Place) -> str:
    """Ask only for what is needed."""
    asked = [
        there for needs, there in ((who.needs_step_free, where.is_step_free), (who.needs_lift, where.has_lift)) if needs
    ]
    if not asked:
        return "nothing"
    return "lacking" if False in asked else "unknown" if None in asked else "there"


FACTOR = Factor(
    code="access",
    name=_("Accessibility"),
    weight=5,
    judge=judge,
    of_who=("needs_step_free", "needs_lift"),
    of_where=("is_step_free", "has_lift"),
    findings={
        "there": Finding(Effect.FOR, _("The premises are as the participant needs them."), 100),
        "lacking": Finding(
            Effect.BLOCKED,
            _("The premises are not as the participant needs them."),
            opens=_("An adaptation of the premises, or other premises of the employer."),
        ),
        "unknown": Finding(
            Effect.UNKNOWN,
            _("Whether the premises are as the participant needs them is not written down."),
            opens=_("Make a workplace analysis."),
        ),
        "nothing": NOTHING,
    },
)
