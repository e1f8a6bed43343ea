"""Where a file may stand and what it may be called."""

from tests.house.source import AREAS, CODE, expect_none, name, own_files, python_files

TEN = {"__init__", "enums", "models", "queries", "actions", "forms", "notices", "exports", "views", "urls"}
#: Django's own folders, and the folder of data files.
BESIDE = {"migrations", "management", "templatetags", "data"}
#: Names that one area has and no other, each with the reason.
OF_ONE_AREA = {
    ("indicators", "definitions"),  # one indicator a file
    ("matching", "definitions"),  # one factor a file
    ("questionnaires", "definitions"),  # what a questionnaire is made of, and what follows from its answers
}
VAGUE = {"utils", "helpers", "services", "managers", "mixins", "signals", "base", "common"}


def test_names_in_an_area_are_the_ten() -> None:
    wrong = [
        name(path)
        for path in own_files()
        for area in AREAS
        if path.is_relative_to(CODE / area)
        for first in [path.relative_to(CODE / area).parts[0].removesuffix(".py")]
        if first not in TEN | BESIDE and (area, first) not in OF_ONE_AREA
    ]
    expect_none(
        wrong,
        f"An area has these files and no others: {', '.join(sorted(TEN))}. A file that outgrows 400 lines becomes a "
        "package of its name. What every area needs goes into lotsen/core, under the name of what it gives.",
    )


def test_names_say_what_a_file_gives() -> None:
    wrong = [name(path) for path in python_files("lotsen", "config", "tests", "bench") if path.stem in VAGUE]
    expect_none(wrong, "Name the file after what it gives: dates, pages, jobs. A vague name gathers everything.")


def test_names_stand_with_the_sentence_that_explains_the_area() -> None:
    silent = [area for area in AREAS if not (CODE / area / "__init__.py").read_text().startswith('"""')]
    expect_none(silent, "Say in __init__.py, in one paragraph, what the area is and which words it owns.")
