"""Small worlds of the indicators over placements (worlds.py)."""

from datetime import date
from decimal import Decimal

from lotsen.indicators.queries import Figure
from lotsen.placements.actions import begin_placement, plan_placement, stop_placement
from lotsen.placements.enums import StoppedBy
from lotsen.programmes.enums import IndicatorCode
from tests.indicators.worlds import DAY, LATER, of


@of(IndicatorCode.PLACEMENTS_BEGUN)
def placements_begun(w):
    twice, once, later, never = (w.case() for _ in range(4))
    kind = w.programme.kinds.get(code="praktik")
    for case, day in ((twice, date(2026, 5, 1)), (twice, DAY), (once, DAY), (later, LATER)):
        w.place(case, w.workplace(), day)
    plan_placement(case=never, workplace=w.workplace(), kind=kind, from_on=DAY)
    return {twice: 2, once: 1}, Figure(Decimal(3), 2, None, 0)


@of(IndicatorCode.SHARE_PLACEMENTS_COMPLETED)
def share_placements_completed(w):
    completed, stopped, goes_on, later = (w.case() for _ in range(4))
    for case, day in ((completed, DAY), (stopped, date(2026, 5, 1)), (later, LATER)):
        w.place(case, w.workplace(), day)
    told = {"kind": w.programme.kinds.get(code="praktik"), "without_analysis": "Prov", "on": date(2026, 5, 2)}
    early = begin_placement(case=stopped, workplace=w.workplace(), **told)
    begin_placement(case=goes_on, workplace=w.workplace(), **told)
    stop_placement(placement=early, on=DAY, stopped_by=StoppedBy.EMPLOYER, stopped_why="Prov")
    return {completed: 1, stopped: 0}, Figure(Decimal(50), 1, 2, 0)
