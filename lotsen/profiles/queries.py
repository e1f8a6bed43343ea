"""The skills that the employment service has a key for (data/README.md); wishes beside what is needed."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from lotsen.cases.models import Case
from lotsen.core.text import search_key
from lotsen.placements.models import Opening, TrainingOffer
from lotsen.placements.queries import Line, needed, sex_line

from .models import Wish

#: As many as a list under a field shows.
SHOWN = 20


@cache
def _skills() -> dict[str, tuple[str, str]]:
    """Return key and name of each skill, by its name as it is searched for."""
    with (Path(__file__).parent / "data" / "skills.csv").open(encoding="utf-8", newline="") as file:
        return {search_key(row["label_sv"]): (row["concept_id"], row["label_sv"]) for row in csv.DictReader(file)}


def skill_key(name: str) -> str:
    """Return the key of a skill by its name, whatever its capitals; empty for what has none."""
    return _skills().get(search_key(name), ("", ""))[0]


def skills_like(text: str) -> list[str]:
    """Return the names of skills with a text in them: first those that begin with it, then the shorter ones."""
    sought = search_key(text)
    if len(sought) < 2:
        return []
    found = [(not key.startswith(sought), len(key), name) for key, (_key, name) in _skills().items() if sought in key]
    return [name for _later, _length, name in sorted(found)[:SHOWN]]


@dataclass(frozen=True)
class Wished:
    """A wish, beside what employers need of its occupation by year, and the ways there."""

    wish: Wish
    needed: list[tuple[int, int]]
    training: list[TrainingOffer]
    openings: int
    line: Line | None


def wishes_of(case: Case, on: date) -> list[Wished]:
    """Return the wishes of a case, the dearest first, each with the need, the open training and the openings."""
    wishes = list(case.wishes.all())
    codes = [wish.occupation for wish in wishes if wish.occupation]
    need = needed(codes)
    lines = sex_line(codes, case.sex)
    offers = list(TrainingOffer.objects.open(on).filter(occupation__in=codes).order_by("from_on"))
    places = list(Opening.objects.open(on).filter(occupation__in=codes).values_list("occupation", flat=True))
    return [
        Wished(
            wish,
            need.get(wish.occupation, []),
            [offer for offer in offers if offer.occupation == wish.occupation],
            places.count(wish.occupation) if wish.occupation else 0,
            lines.get(wish.occupation),
        )
        for wish in wishes
    ]
