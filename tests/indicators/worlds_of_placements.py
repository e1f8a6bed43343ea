"""Small worlds of the indicators over placements (worlds.py)."""

from datetime import date, timedelta
from decimal import Decimal

from lotsen.employers.models import OccupationSexes
from lotsen.indicators.queries import Figure
from lotsen.placements.actions import begin_placement, keep_employment, plan_placement, stop_placement, visit
from lotsen.placements.enums import EmployedAs, StoppedBy, VisitWay
from lotsen.placements.models import Placement
from lotsen.programmes.enums import IndicatorCode, Sex
from tests import factories
from tests.indicators.worlds import ASKED, DAY, LATER, of


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


def _visited(w, case, began, on):
    """Place somebody, and follow it up on a day, or never."""
    told = {"kind": w.programme.kinds.get(code="praktik"), "without_analysis": "Prov", "on": began}
    placement = begin_placement(case=case, workplace=w.workplace(), **told)
    if on:
        visit(placement=placement, on=on, way=VisitWay.PHONE, by=factories.UserFactory(), today=DAY)
    return placement


@of(IndicatorCode.SHARE_FOLLOWED_UP_IN_TIME)
def share_followed_up_in_time(w):
    began = date(2026, 5, 1)
    in_time, late, never, short, soon = (w.case() for _ in range(5))
    _visited(w, in_time, began, began + timedelta(days=10))
    _visited(w, late, began, began + timedelta(days=11))
    _visited(w, never, began, None)
    w.place(short, w.workplace(), began)
    _visited(w, soon, DAY - timedelta(days=9), None)
    return {in_time: 1, late: 0, never: 0}, Figure(Decimal("33.3"), 1, 3, 0)


def _employed(case, on, **told):
    keep_employment(case=case, from_on=on, employer_name="Prov", employed_as=EmployedAs.TEMPORARY, **told)


@of(IndicatorCode.SHARE_PLACEMENTS_LED_TO_WORK)
def share_placements_led_to_work(w):
    ended = date(2026, 5, 1)
    led, own, late, nowhere, soon = (w.case() for _ in range(5))
    for case, day in ((led, ended), (own, ended), (late, ended), (nowhere, ended), (soon, ASKED + timedelta(days=1))):
        w.place(case, w.workplace(), day)
    _employed(led, ended + timedelta(days=90))
    _employed(own, ended, is_municipal_measure=True)
    _employed(late, ended + timedelta(days=91))
    _employed(soon, DAY)
    return {led: 1, own: 1, late: 0, nowhere: 0}, Figure(Decimal(50), 2, 4, 0)


@of(IndicatorCode.SHARE_PLACEMENTS_LED_TO_LASTING_WORK)
def share_placements_led_to_lasting_work(w):
    ended = date(2026, 5, 1)
    lasts, ends, own, nowhere, soon = (w.case() for _ in range(5))
    later = LATER - timedelta(days=120)
    for case, day in ((lasts, ended), (ends, ended), (own, ended), (nowhere, ended), (soon, later)):
        w.place(case, w.workplace(), day)
    _employed(lasts, ended, until=ended + timedelta(days=30))
    _employed(ends, ended, until=ended + timedelta(days=29))
    _employed(own, ended, is_municipal_measure=True)
    return {lasts: 1, ends: 0, own: 0, nowhere: 0}, Figure(Decimal(25), 1, 4, 0)


@of(IndicatorCode.SHARE_CROSSING_GENDER_LINE)
def share_crossing_gender_line(w):
    OccupationSexes.objects.filter(occupation__in=["5330", "7111"]).delete()
    for year, women, men in ((2015, 1, 9), (2016, 6, 4)):
        OccupationSexes.objects.create(occupation="5330", year=year, women=women, men=men, source="Prov", loaded_on=DAY)
    OccupationSexes.objects.create(occupation="7111", year=2016, women=39, men=61, source="Prov", loaded_on=DAY)
    woman, man = ({"sex": sex, "age": 30} for sex in (Sex.WOMAN, Sex.MAN))
    crosses, stays, even, unknown, later = (w.case(facts=facts) for facts in (woman, man, man, woman, woman))
    for case, day in ((crosses, DAY), (stays, DAY), (even, DAY), (unknown, DAY), (later, LATER)):
        w.place(case, w.workplace(), day)
    for case, code in ((crosses, "7111"), (stays, "7111"), (even, "5330"), (later, "7111")):
        Placement.objects.filter(case=case).update(occupation=code)
    return {crosses: 1, stays: 0, even: 0, unknown: None}, Figure(Decimal("33.3"), 1, 3, 1)
