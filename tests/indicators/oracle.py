"""A slow second opinion: what a figure must be, counted in plain Python over a cohort that hypothesis makes up."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from hypothesis import strategies as st

from lotsen.cases.enums import Closing, Whereabouts
from lotsen.cases.models import Case, WhereaboutsEntry
from lotsen.indicators.enums import Measure
from lotsen.indicators.queries import Figure
from lotsen.programmes.enums import Dimension, IndicatorCode, Sex
from lotsen.programmes.models import Programme

FIRST = date(2026, 1, 1)
#: The value of a row that is not in the set.
OUT = object()


@dataclass(frozen=True)
class Life:
    """One case, as it turned out. Days are counted from the first of the programme; None has not happened."""

    sex: str
    age: int | None
    born_abroad: bool | None
    referred: int
    started: int | None
    closed: int | None
    destination: str | None
    first: int | None


@st.composite
def lives(draw):
    """Make up one case. Everything may be missing that can be missing."""
    later = st.one_of(st.none(), st.integers(0, 30))
    referred = draw(st.integers(0, 30))
    wait, stay, find = draw(later), draw(later), draw(later)
    started = None if wait is None else referred + wait
    closed = None if started is None or stay is None else started + stay
    return Life(
        sex=draw(st.sampled_from(["", *Sex.values])),
        age=draw(st.one_of(st.none(), st.integers(16, 70))),
        born_abroad=draw(st.sampled_from([None, True, False])),
        referred=referred,
        started=started,
        closed=closed,
        destination=None if closed is None else draw(st.sampled_from(["arbete", "studier", "annat", "vidare"])),
        first=None if started is None or find is None else started + find,
    )


def live(programme: Programme, cohort: list[Life]) -> None:
    """Write a cohort into the database."""
    destinations = {destination.code: destination for destination in programme.destinations.all()}
    reason = programme.exitreasons.get(code="klar")
    cases = [_case(programme, place, each, destinations, reason) for place, each in enumerate(cohort)]
    Case.objects.bulk_create(cases)
    found = [(case, each.first) for case, each in zip(cases, cohort, strict=True) if each.first is not None]
    WhereaboutsEntry.objects.bulk_create(
        WhereaboutsEntry(case=case, since=_day(first), whereabouts=Whereabouts.ACTIVITY) for case, first in found
    )


def _case(programme, place, each, destinations, reason) -> Case:
    fields = {}
    if each.destination == "vidare":
        fields = {"closing": Closing.TRANSFER, "transferred_to": "En annan enhet"}
    elif each.destination:
        fields = {"closing": Closing.EXIT, "destination": destinations[each.destination], "reason": reason}
    return Case(
        **fields,
        programme=programme,
        unit=programme.lead_unit,
        number=f"PROV-{place}",
        referred_on=_day(each.referred),
        started_on=_day(each.started),
        closed_on=_day(each.closed),
        sex=each.sex,
        age=each.age,
        born_abroad=each.born_abroad,
    )


def _day(place: int | None) -> date | None:
    return None if place is None else FIRST + timedelta(days=place)


def _happened(place: int | None, day: int) -> bool:
    return place is not None and place <= day


def _ended(each: Life, day: int) -> bool:
    return _happened(each.closed, day) and each.destination != "vidare"


def _value(code: str, each: Life, day: int) -> object:
    """Return the value of a case in the set of an indicator, or OUT."""
    closed, started = _happened(each.closed, day), _happened(each.started, day)
    found = {
        IndicatorCode.REFERRED: 1 if _happened(each.referred, day) else OUT,
        IndicatorCode.PARTICIPANTS: 1 if started else OUT,
        IndicatorCode.ACTIVE: 1 if started and not closed else OUT,
        IndicatorCode.SHARE_WOMEN: {"woman": 1, "man": 0}.get(each.sex) if started else OUT,
        IndicatorCode.ENDED: 1 if _ended(each, day) else OUT,
        IndicatorCode.SHARE_ENDED_IN_WORK_OR_STUDIES: int(each.destination != "annat") if _ended(each, day) else OUT,
        IndicatorCode.TRANSFERRED: 1 if closed and each.destination == "vidare" else OUT,
        IndicatorCode.MEDIAN_DAYS_IN_PROGRAMME: each.closed - each.started if closed else OUT,
        IndicatorCode.MEDIAN_DAYS_TO_FIRST_WHEREABOUTS: OUT,
    }
    if started:
        first = each.first - each.started if _happened(each.first, day) else None
        found[IndicatorCode.MEDIAN_DAYS_TO_FIRST_WHEREABOUTS] = first
    return found[code]


#: The indicators that this oracle knows.
KNOWN = [
    *(IndicatorCode.REFERRED, IndicatorCode.PARTICIPANTS, IndicatorCode.ACTIVE, IndicatorCode.SHARE_WOMEN),
    *(IndicatorCode.ENDED, IndicatorCode.SHARE_ENDED_IN_WORK_OR_STUDIES, IndicatorCode.TRANSFERRED),
    *(IndicatorCode.MEDIAN_DAYS_IN_PROGRAMME, IndicatorCode.MEDIAN_DAYS_TO_FIRST_WHEREABOUTS),
]
_OUTCOMES = {"arbete": "work", "studier": "studies", "annat": "other"}
_BANDS = {"16-24": range(16, 25), "25-64": range(25, 65), "65-": range(65, 200)}


def _key(dim: str, each: Life, day: int) -> str:
    """Return the group of a case in a breakdown."""
    if dim == Dimension.AGE:
        return next((band for band, ages in _BANDS.items() if each.age in ages), "unknown")
    if dim == Dimension.BORN_ABROAD:
        return {True: "yes", False: "no", None: "unknown"}[each.born_abroad]
    if dim == Dimension.OUTCOME:
        return _OUTCOMES.get(each.destination, "unknown") if _happened(each.closed, day) else "unknown"
    return each.sex or "unknown"


#: The breakdowns that this oracle knows.
DIMENSIONS = [Dimension.SEX, Dimension.AGE, Dimension.BORN_ABROAD, Dimension.OUTCOME]


def expected(code: str, measure: Measure, cohort: list[Life], day: int) -> dict[tuple[str, str, str], Figure]:
    """Return the figure of the whole, of each group, and of each sex in each group: (dimension, key, sex)."""
    sets: dict[tuple[str, str, str], list[object]] = {("all", "", ""): []}
    for each in cohort:
        value = _value(code, each, day)
        if value is OUT:
            continue
        sets["all", "", ""].append(value)
        # The share of women has no women and men.
        is_by_sex = code != IndicatorCode.SHARE_WOMEN
        for dim in DIMENSIONS if is_by_sex else DIMENSIONS[1:]:
            for sex in ("", each.sex or "unknown") if is_by_sex else ("",):
                sets.setdefault((dim.value, _key(dim, each, day), sex), []).append(value)
    return {where: figure_of(measure, values) for where, values in sets.items()}


def figure_of(measure: Measure, values: list) -> Figure:
    """Return the figure that values make."""
    known = [value for value in values if value is not None]
    unknown = len(values) - len(known)
    if measure == Measure.COUNT:
        return Figure(Decimal(len(values)), len(values), None, 0)
    if measure == Measure.SUM:
        return Figure(_tenths(Decimal(sum(values))), len(values), None, 0)
    if measure == Measure.SHARE:
        yes = sum(known)
        return Figure(_tenths(Decimal(100 * yes) / len(known)) if known else None, yes, len(known), unknown)
    return Figure(_tenths(Decimal(str(median(known)))) if known else None, len(known), None, unknown)


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
