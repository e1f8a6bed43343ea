"""What the participant can, with papers or without: skills of the occupation, by the taxonomy of JobTech."""

from django.utils.translation import gettext_lazy as _

from lotsen.matching.definitions import NOTHING, Factor, Finding, Participant, Place
from lotsen.matching.enums import Effect

#: So many skills of an occupation are several.
SEVERAL = 3


def judge(who: Participant, where: Place) -> str:
    """Count the skills that belong to the occupation."""
    has = who.skills.get(where.occupation, 0)
    return "several" if has >= SEVERAL else "some" if has else "nothing"


FACTOR = Factor(
    code="skills",
    name=_("Skills"),
    weight=15,
    judge=judge,
    of_who=("skills",),
    of_where=("occupation",),
    findings={
        "several": Finding(Effect.FOR, _("The participant has several of the skills of the occupation."), 100),
        "some": Finding(Effect.FOR, _("The participant has a skill of the occupation."), 50),
        "nothing": NOTHING,
    },
)
