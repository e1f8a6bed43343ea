"""How each requirement of OWASP ASVS 5.0.0 stands: reads docs/security/asvs.yaml, writes docs/security/asvs.md.

`python -m tests.house.asvs` writes the page anew after a change of the data.
"""

from functools import cache
from typing import Any

import yaml

from tests.house.source import ROOT

DATA, PAGE = ROOT / "docs/security/asvs.yaml", ROOT / "docs/security/asvs.md"
#: The standard itself: each section with the levels of its requirements, in their order.
SECTIONS = """
1.1 22, 1.2 1111122223, 1.3 112222222223, 1.4 222, 1.5 123, 2.1 122, 2.2 112, 2.3 12223, 2.4 23, 3.1 3, 3.2 113,
3.3 12223, 3.4 11222233, 3.5 11122333, 3.6 3, 3.7 22333, 4.1 12233, 4.2 23333, 4.3 22, 4.4 1222, 5.1 2, 5.2 112333,
5.3 113, 5.4 222, 6.1 122, 6.2 111111112222, 6.3 11223333, 6.4 112233, 6.5 22222333, 6.6 2223, 6.7 33, 6.8 2222,
7.1 222, 7.2 1111, 7.3 22, 7.4 11222, 7.5 223, 7.6 22, 8.1 1233, 8.2 1123, 8.3 133, 8.4 23, 9.1 111, 9.2 1222,
10.1 22, 10.2 223, 10.3 22223, 10.4 1111122222233333, 10.5 22222, 10.6 22, 10.7 222, 11.1 2233, 11.2 22233,
11.3 11233, 11.4 1222, 11.5 23, 11.6 23, 11.7 33, 12.1 12233, 12.2 11, 12.3 22223, 13.1 2333, 13.2 222223, 13.3 2233,
13.4 1222233, 14.1 22, 14.2 12223333, 14.3 122, 15.1 12233, 15.2 12233, 15.3 1222222, 15.4 3333, 16.1 2, 16.2 22222,
16.3 2222, 16.4 222, 16.5 2223, 17.1 23, 17.2 22223333, 17.3 22
"""
#: Of level 3, what we hold ourselves to besides.
BESIDES = {"1.2.10", "2.3.5", "5.2.4", "5.3.3", "7.5.3", "8.3.2", "14.2.6", "14.2.7", "15.4.2", "16.5.4"}
CHAPTERS = (
    *("Encoding and cleaning", "Validation and business logic", "Web front end", "Web services", "Files"),
    *("Authentication", "Sessions", "Authorization", "Self-contained tokens", "OAuth and OIDC", "Cryptography"),
    *("Secure communication", "Configuration", "Data protection", "Coding and architecture", "Logging and errors"),
    "WebRTC",
)
HEAD = """\
# OWASP ASVS 5.0.0, requirement by requirement

Made from [asvs.yaml](asvs.yaml) by `python -m tests.house.asvs`; a test holds the two together, and fails on a
requirement that is not there, or that has neither a test nor a reason. The words are our own short ones: the
requirements themselves are OWASP's, version 5.0.0. Paths are under `tests/`."""


def levels() -> dict[str, int]:
    """Return the level of each requirement of the standard, by its number."""
    sections = (part.split() for part in SECTIONS.replace("\n", " ").split(","))
    return {f"{section}.{place}": int(level) for section, held in sections for place, level in enumerate(held, start=1)}


def asked() -> dict[str, int]:
    """Return the requirements that must be answered: levels 1 and 2, and those of level 3 that we take besides."""
    left_out = held()["chapters_not_applicable"]
    of_chapters = {number: level for number, level in levels().items() if number.split(".")[0] not in left_out}
    return {number: level for number, level in of_chapters.items() if level < 3 or number in BESIDES}


@cache
def held() -> dict[str, Any]:
    """Return what the data file holds."""
    found: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return found


def page() -> str:
    """Return the page that the data file makes."""
    requirements = held()["requirements"]
    states = [entry["state"] for entry in requirements]
    counts = ", ".join(f"{states.count(state)} {state}" for state in ("met", "not applicable", "open"))
    lines = [*HEAD.splitlines(), "", f"{len(requirements)} requirements: {counts}."]
    for chapter, name in enumerate(CHAPTERS, start=1):
        why = held()["chapters_not_applicable"].get(str(chapter))
        lines += ["", f"## V{chapter} {name}", ""]
        if why:
            lines.append(f"Not applicable. {why}")
            continue
        lines += ["| | level | requirement | state | shown by, or why |", "| --- | --- | --- | --- | --- |"]
        lines += [_row(entry) for entry in requirements if entry["id"].split(".")[0] == str(chapter)]
    return "\n".join(lines) + "\n"


def _row(entry: dict[str, Any]) -> str:
    shown = ", ".join(f"`{test}`" for test in entry.get("tests", [])) or entry.get("why", "")
    return f"| {entry['id']} | {entry['level']} | {entry['says']} | {entry['state']} | {shown} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
