"""What people decide about matches, and how a programme weighs the factors."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core.models import change
from lotsen.core.refused import Refused, action, refusing
from lotsen.placements.models import Opening
from lotsen.programmes.models import Programme

from . import queries
from .definitions import VERSION, Weights, all_factors
from .enums import Decided
from .models import Exposure, FactorWeights, MatchDecision, ShownList
from .queries import ForOpening, ForParticipant


@dataclass(frozen=True)
class Standing:
    """Where a place stood in the list of a participant when somebody decided about it, and why."""

    rank: int | None
    score: int
    findings: dict[str, str]
    weighing: int


@action
def decide(
    *, case: Case, opening: Opening, decided: Decided, by: User, on: date, standing: Standing, why: str = ""
) -> MatchDecision:
    """Choose a place for a participant, or put it aside with the reason. The last word holds."""
    if decided == Decided.ASIDE and not why:
        raise Refused(_("Write why, so that the next one who looks knows."), "why")
    row = case.match_decisions.filter(opening=opening).first() or MatchDecision(case=case, opening=opening)
    change(row, decided=decided, by=by, on=on, why=why, version=VERSION, **asdict(standing))
    row.save()
    return row


@action
def take_back(*, decision: MatchDecision) -> None:
    """Let a place stand in the list again."""
    decision.delete()


@action
def weigh(*, programme: Programme, weights: Weights, why: str, by: User, at: datetime) -> FactorWeights:
    """Weigh the factors of a programme anew, from a moment on. What was weighed before stays to be read."""
    soft = {factor.code for factor in all_factors() if factor.is_soft}
    if set(weights) != soft or not all(0 <= weight <= 100 for weight in weights.values()) or not any(weights.values()):
        raise Refused(_("Give each factor a weight from 0 to 100, and at least one of them more than 0."))
    last = programme.factor_weights.order_by("-number").first()
    row = FactorWeights(programme=programme, number=last.number + 1 if last else 1, weights=dict(weights))
    change(row, why=why, by=by, at=at)
    meanwhile = _("Somebody else has weighed the factors in the meantime. Load the page anew and look.")
    with refusing("factor_weights_once", meanwhile):
        row.save()
    return row


@action
def keep_shown(
    *,
    by: User,
    asked: Mapping[str, str],
    shown: ForParticipant | ForOpening,
    case: Case | None = None,
    opening: Opening | None = None,
) -> None:
    """Keep that a list was shown, so that it can be made again; not twice where it is the same as the last one.

    Who stood in the list of an open place is kept with the best place there: to see whether all alike are shown.
    """
    units = list(by.own_units)
    if not units:
        return
    same = ShownList.objects.filter(case=case, opening=opening, by=by, asked=dict(asked), version=VERSION)
    last = same.only("digest").first()
    if last is None or last.digest != shown.digest:
        told = {"asked": dict(asked), "marks": queries.marks(), "looked_at": shown.looked_at, "digest": shown.digest}
        of: dict[str, Any] = {"case": case, "opening": opening, "by": by, "at": timezone.now(), "units": units}
        of["fellows"] = list(queries.fellow_units())
        ShownList.objects.create(**of, version=VERSION, **told)
    if opening and isinstance(shown, ForOpening) and opening.is_open(timezone.localdate()):
        _expose(opening, [match.key for match in shown.people.possible])


def _expose(opening: Opening, cases: Sequence[UUID]) -> None:
    today = timezone.localdate()
    rows = {row.case_id: row for row in Exposure.objects.filter(opening=opening, case__in=cases)}
    ranks = {case: rank for rank, case in enumerate(cases, start=1)}
    Exposure.objects.bulk_create(
        [
            Exposure(case_id=case, opening=opening, rank=rank, since=today)
            for case, rank in ranks.items()
            if case not in rows
        ],
        ignore_conflicts=True,
    )
    higher = [row for case, row in rows.items() if ranks[case] < row.rank]
    for row in higher:
        row.rank = ranks[row.case_id]
    Exposure.objects.bulk_update(higher, ["rank"])
