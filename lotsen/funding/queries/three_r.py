"""The 3R sheet: who is there, and who gets hours, money and time, women and men.

The method asks for representation (how many), resources (what they get) and reality (why). The first two are counted
here; the third is the programme's own text (JämStöds praktika, SOU 2007:15).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from lotsen.activities.enums import Presence
from lotsen.activities.models import Attendance
from lotsen.cases.models import Case, StepEntry
from lotsen.core import database
from lotsen.placements.models import Placement
from lotsen.programmes.enums import Outcome, Sex
from lotsen.programmes.models import Programme

from .budget import share


@dataclass(frozen=True)
class Pair:
    """One line of the sheet: how much women and men have of something, in people, minutes or öre."""

    name: str
    women: int
    men: int

    @property
    def women_share(self) -> Any:
        """The women's part of both, in per cent; none of nothing."""
        return share(self.women, self.women + self.men)


@dataclass(frozen=True)
class Sheet:
    """The computed part of the 3R sheet. Who has no known sex stands in none of its lines, and is counted apart."""

    people: list[Pair]
    steps: list[Pair]
    kinds: list[Pair]
    placements: list[Pair]
    minutes: list[Pair]
    contact: list[Pair]
    money: Pair
    started: Pair
    unknown: int


def three_r(programme: Programme, today: date) -> Sheet:
    """Count the 3R sheet of a programme, over the cases that the acting user sees."""
    cases = Case.objects.filter(programme=programme)
    worked = Q(closing="exit", destination__outcome__in=[Outcome.WORK, Outcome.STUDIES])
    counts: dict[str, Any] = {
        row["sex"]: row
        for row in cases.order_by()
        .values("sex")
        .annotate(
            referred=Count("id"),
            started=Count("id", filter=Q(started_on__isnull=False)),
            ended=Count("id", filter=Q(closing="exit")),
            worked=Count("id", filter=worked),
        )
    }
    started = _pair(_("Started"), counts, "started")
    present = Attendance.objects.filter(case__programme=programme, presence=Presence.PRESENT).order_by()
    by_kind: list[Any] = list(
        present.values("session__activity__kind", "case__sex").annotate(
            people=Count("case", distinct=True), minutes=Sum("minutes")
        )
    )
    names = {kind.pk: kind.name for kind in programme.kinds.all()}
    steps: Any = StepEntry.objects.filter(case__programme=programme).order_by().values("step", "case__sex")
    placed: Any = Placement.objects.filter(case__programme=programme).order_by().values("kind", "case__sex")
    return Sheet(
        people=[
            _pair(_("Referred"), counts, "referred"),
            started,
            _pair(_("Ended"), counts, "ended"),
            _pair(_("Ended in work or studies"), counts, "worked"),
        ],
        steps=_pairs(
            steps.annotate(n=Count("case", distinct=True)),
            "step",
            "n",
            {step.pk: step.name for step in programme.steps.all()},
        ),
        kinds=_pairs(by_kind, "session__activity__kind", "people", names),
        placements=_pairs(placed.annotate(n=Count("case", distinct=True)), "kind", "n", names),
        minutes=_pairs(by_kind, "session__activity__kind", "minutes", names),
        contact=_contact(programme),
        money=_money(programme, today),
        started=started,
        unknown=counts.get("", {}).get("started", 0),
    )


def _pair(name: str, rows: dict[str, Any], key: str) -> Pair:
    women, men = (rows.get(sex, {}).get(key) or 0 for sex in (Sex.WOMAN, Sex.MAN))
    return Pair(name, women, men)


def _pairs(rows: Iterable[dict[str, Any]], by: str, value: str, names: dict[Any, str]) -> list[Pair]:
    """Return a pair for each of the programme's own kinds that has something, in the programme's order."""
    found: dict[Any, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(row[by], {})[row["case__sex"]] = {"n": row[value]}
    return [_pair(name, found[key], "n") for key, name in names.items() if key in found]


def _contact(programme: Programme) -> list[Pair]:
    """Return the minutes of talks that took place, and how many notes were written; who reads neither sees the sums."""
    rows = database.rows("lotsen_contact_by_sex", programme.pk)
    found = {sex: {"minutes": minutes, "notes": notes} for sex, minutes, notes in rows}
    return [_pair(_("Minutes of talks"), found, "minutes"), _pair(_("Notes"), found, "notes")]


def _money(programme: Programme, today: date) -> Pair:
    """Return what the signed hours of women and men are worth; hours without a unit cost are worth nothing here."""
    first, last = programme.starts_on.replace(day=1), min(today, programme.ends_on).replace(day=1)
    rows = database.rows("lotsen_ledger_by_sex", programme.pk, first, last)
    return _pair(_("Co-financing by support"), {sex: {"n": amount} for sex, amount in rows}, "n")
