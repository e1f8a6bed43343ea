"""Occupations and industries, by Statistics Sweden's codes (../data/README.md)."""

import csv
from functools import cache
from pathlib import Path

from lotsen.core.text import search_key

_DATA = Path(__file__).parents[1] / "data"
OCCUPATION, INDUSTRY = "occupation", "industry"
_FILES = {OCCUPATION: "ssyk2012.csv", INDUSTRY: "sni2007.csv"}


@cache
def names(kind: str) -> dict[str, str]:
    """Return name by code: occupation groups of SSYK 2012 (four digits), or divisions of SNI 2007 (two)."""
    with (_DATA / _FILES[kind]).open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def code_of(kind: str, typed: str) -> str | None:
    """Return the code of what somebody typed: the code, the name, or both as the list offers them."""
    known = names(kind)
    words = " ".join(typed.split()).casefold()
    by_name = {name.casefold(): code for code, name in known.items()}
    first = words.split(" ")[0] if words else ""
    return first if first in known else by_name.get(words)


def codes_named(text: str) -> list[str]:
    """Return the occupations whose name holds the text, or whose code begins with it."""
    words = search_key(text)
    known = names(OCCUPATION)
    return [code for code, name in known.items() if words in search_key(name) or (words and code.startswith(words))]


def written(kind: str, code: str) -> str:
    """Write a code with its name."""
    return f"{code} {names(kind).get(code, '')}".strip()
