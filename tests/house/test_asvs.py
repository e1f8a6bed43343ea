"""Each requirement of OWASP ASVS has a test or a reason (figure S10)."""

import ast
from collections import Counter
from typing import Any

from tests.house.asvs import BESIDES, PAGE, asked, held, levels, page
from tests.house.source import ROOT, expect_none, tree

STATES = {"met", "open", "not applicable"}


def is_test(place: str) -> bool:
    """Tell whether `area/test_module.py::test_function` is there."""
    path, _, function = place.partition("::")
    file = ROOT / "tests" / path
    if not function.startswith("test_") or not file.is_file():
        return False
    return any(isinstance(node, ast.FunctionDef) and node.name == function for node in tree(file).body)


def faults_of(entry: dict[str, Any]) -> list[str]:
    """Return what is wrong with an entry."""
    number, tests, why = entry["id"], entry.get("tests", []), entry.get("why", "")
    faults = [f"{number}: no such test: {test}" for test in tests if not is_test(test)]
    if entry["state"] not in STATES:
        faults.append(f"{number}: no such state: {entry['state']}")
    if entry["state"] == "met" and (why or not tests):
        faults.append(f"{number}: met, so name the tests that show it, and no reason")
    if entry["state"] in STATES - {"met"} and (tests or not why.strip()):
        faults.append(f"{number}: {entry['state']}, so say why, and name no tests")
    return faults


def test_asvs_knows_the_standard_as_it_is() -> None:
    assert Counter(levels().values()) == {1: 70, 2: 183, 3: 92}
    assert len(asked()) == 246 + len(BESIDES)


def test_asvs_answers_each_requirement_once() -> None:
    answered = [(entry["id"], entry["level"]) for entry in held()["requirements"]]
    twice = [number for number, times in Counter(number for number, _level in answered).items() if times > 1]
    assert (set(answered), twice) == (set(asked().items()), []), "Each of them once, in docs/security/asvs.yaml."


def test_asvs_gives_a_test_or_a_reason_for_each() -> None:
    faults = [fault for entry in held()["requirements"] for fault in faults_of(entry)]
    expect_none(faults, "Mend docs/security/asvs.yaml. Open is a fine state, with what is missing.")


def test_asvs_finds_what_is_wrong_with_an_entry() -> None:
    test = "house/test_asvs.py::test_asvs_answers_each_requirement_once"
    right = [{"state": "met", "tests": [test]}, {"state": "open", "why": "Not yet"}]
    wrong = [
        *(
            {"state": "met"},
            {"state": "met", "tests": [f"{test}_x"]},
            {"state": "met", "tests": ["house/x.py::test_x"]},
        ),
        *({"state": "open"}, {"state": "not applicable", "why": " "}, {"state": "done", "why": "x"}),
        {"state": "open", "why": "x", "tests": [test]},
    ]
    assert [bool(faults_of({"id": "1.1.1", **entry})) for entry in (*right, *wrong)] == [False] * 2 + [True] * 7


def test_asvs_page_is_what_the_data_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Write it anew: python -m tests.house.asvs"
