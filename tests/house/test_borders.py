"""What a file of one kind leaves to a file of another. The order of areas is import-linter's (pyproject.toml)."""

import re

from tests.house.source import AREAS, calls, expect_none, imports, name, python_files

#: A view or a form that writes by itself.
WRITES = re.compile(r"(\.|^)(save|delete)$|\.objects(\..+)?\.(\w*create\w*|update\w*|delete)$|^\w*\.?bulk_\w+$")
RAW_SQL = re.compile(r"(^|\.)(cursor|execute|executemany|RawSQL|RunSQL|raw|extra)$")
RAW_SQL_STANDS_IN = (
    "lotsen/indicators/definitions/",
    "lotsen/indicators/queries",
    *(f"lotsen/core/{module}.py" for module in ("acting", "database", "rowsecurity", "embedded")),
)


def _in(path: object, *kinds: str) -> bool:
    """Tell whether a file is, or belongs to a package that is, of one of the kinds."""
    return bool(re.match(rf"lotsen/({'|'.join(AREAS)})/({'|'.join(kinds)})(\.py|/)", name(path)))


def test_borders_views_and_forms_write_nothing() -> None:
    wrong = [
        f"{name(path)}:{line} {call}"
        for path in python_files("lotsen")
        if _in(path, "views", "forms")
        for line, call in calls(path)
        if WRITES.search(call)
    ]
    expect_none(wrong, "A form validates, a view makes one call of an action. Move the writing into actions.py.")


def test_borders_raw_sql_stands_where_it_is_looked_for() -> None:
    wrong = [
        f"{name(path)}:{line} {call}"
        for path in python_files("lotsen", "config")
        if not name(path).startswith(RAW_SQL_STANDS_IN) and path.parent.name != "migrations"
        for line, call in calls(path)
        if RAW_SQL.search(call)
    ]
    expect_none(wrong, "Ask by the ORM. Raw SQL stands in the definitions of indicators, in migrations, and in core.")


def test_borders_no_area_imports_pages_of_another() -> None:
    wrong = []
    for path in python_files("lotsen"):
        area = name(path).split("/")[1]
        for line, imported in imports(path):
            found = re.match(rf"lotsen\.({'|'.join(AREAS)})\.(views|forms|urls)\b", imported)
            if found and found[1] != area:
                wrong.append(f"{name(path)}:{line} {imported}")
    expect_none(
        wrong, "Another area's pages and forms are its own. Import its enums, models, queries, actions or exports."
    )


def test_borders_core_knows_no_area() -> None:
    wrong = [
        f"{name(path)}:{line} {imported}"
        for path in python_files("lotsen/core")
        for line, imported in imports(path)
        if re.match(rf"lotsen\.({'|'.join(AREAS)})\b", imported)
    ]
    expect_none(wrong, "Core has no domain words. Let the area call core, or put the code into the area.")
