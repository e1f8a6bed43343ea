"""What people decide about matches."""

from datetime import date

from django.utils.translation import gettext as _

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core.models import change
from lotsen.core.refused import Refused, action
from lotsen.placements.models import Opening

from .definitions import VERSION
from .enums import Decided
from .models import MatchDecision


@action
def decide(
    *, case: Case, opening: Opening, decided: Decided, by: User, on: date, score: float, rank: int | None, why: str = ""
) -> MatchDecision:
    """Choose a place for a participant, or put it aside with the reason. The last word holds."""
    if decided == Decided.ASIDE and not why:
        raise Refused(_("Write why, so that the next one who looks knows."), "why")
    row = case.match_decisions.filter(opening=opening).first() or MatchDecision(case=case, opening=opening)
    change(row, decided=decided, by=by, on=on, why=why, score=round(score), rank=rank, version=VERSION)
    row.save()
    return row


@action
def take_back(*, decision: MatchDecision) -> None:
    """Let a place stand in the list again."""
    decision.delete()
