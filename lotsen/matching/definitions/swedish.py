"""Swedish against what the workplace asks for; a level less will do where somebody supports the language there."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect


def judge(who: Participant, where: Place) -> str:
    """Compare the levels, in the order of the Council of Europe."""
    if where.swedish == 0:
        return "enough"
    if who.swedish is None or where.swedish is None:
        return "unknown"
    lacks = where.swedish - who.swedish
    if lacks <= 0:
        return "enough"
    return "supported" if where.takes_language_support and lacks <= 2 else "lacking"


FACTOR = Factor(
    code="swedish",
    name=_("Swedish"),
    weight=15,
    judge=judge,
    of_who=("swedish",),
    of_where=("swedish", "takes_language_support"),
    findings={
        "enough": Finding(Effect.FOR, _("The Swedish is enough for the workplace."), 100),
        "supported": Finding(Effect.FOR, _("The Swedish is enough with language support at the workplace."), 40),
        "lacking": Finding(
            Effect.BLOCKED,
            _("The workplace asks for more Swedish, and has no language support."),
            opens=_("A course of Swedish, or language support at the workplace."),
        ),
        "unknown": Finding(
            Effect.UNKNOWN,
            _("The level of Swedish of the participant, or of the place, is not written down."),
            opens=_("Write down the level under needs, or ask the workplace."),
        ),
    },
)
