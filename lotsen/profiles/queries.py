"""The skills that the employment service has a key for (data/README.md)."""

import csv
from functools import cache
from pathlib import Path

from lotsen.core.text import search_key

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
