"""The project's own files, as the rules of the house read them."""

import ast
import subprocess
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "lotsen"
TEMPLATES = CODE / "templates"
#: The order of the areas stands in pyproject.toml; `core` is not one, since it has no words of its own.
AREAS = sorted(path.parent.name for path in CODE.glob("*/__init__.py") if path.parent.name != "core")


def expect_none(found: Collection[object], instead: str) -> None:
    """Fail where something was found, and say what to do instead."""
    items = [f"{key}: {value}" for key, value in found.items()] if isinstance(found, dict) else list(map(str, found))
    more = [f"... and {len(items) - 25} more"] if len(items) > 25 else []
    assert not found, "\n  ".join([instead, *items[:25], *more])


@cache
def own_files() -> tuple[Path, ...]:
    """Return every file that is or will be committed: what git knows, and what it would not ignore."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(sorted(path for path in set(paths) if path.is_file()))


def python_files(*folders: str) -> list[Path]:
    """Return the Python files under some folders of the project, without the migrations that Django wrote."""
    return [
        path
        for path in own_files()
        if path.suffix == ".py" and name(path).startswith(tuple(f"{folder}/" for folder in folders))
        if not (path.parent.name == "migrations" and path.stem.endswith("_initial"))
    ]


def template_files() -> list[Path]:
    """Return the templates."""
    return [path for path in own_files() if path.is_relative_to(TEMPLATES) and path.suffix == ".html"]


def name(path: Path) -> str:
    """Return the path as it is written in messages: from the project's root."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of each call in a file: `Case.objects.filter.update`; on an expression, `.update`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, _dotted(node.func)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of each module or name that a file imports."""
    package = name(path.parent).replace("/", ".")
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _dotted(node.func)
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
