"""What the files may say: reasons, no traces of a machine, whole translations."""

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from tests.house.source import CODE, ROOT, expect_none, name, own_files, python_files

#: Put together here, or this file would be the first one found.
HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "deb.debian" + ".org", "github" + ".io/simple")
PLACES = ("/wo" + "rk/", "/ro" + "ot/", "/home" + "/", "/Us" + "ers/")
#: Files of others, kept as they came.
AS_THEY_CAME = re.compile(r"/vendor/|/data/|\.(png|ttf|woff2?|ico|jpg)$")


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the comments of a Python file, with their lines."""
    with tokenize.open(path) as file:
        for token in tokenize.generate_tokens(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def test_texts_give_the_reason_where_a_check_is_switched_off() -> None:
    switched_off = re.compile(r"#\s*(noqa|type:\s*ignore|mypy:|ruff:|fmt:|pragma:)")
    with_reason = re.compile(r"#\s*(noqa: [A-Z0-9, ]+?|type:\s*ignore\[[a-z, -]+\])\s*(#|-)\s*\S+ \S+")
    wrong = [
        f"{name(path)}:{line} {text}"
        for path in python_files("lotsen", "config", "tests", "bench")
        for line, text in comments(path)
        if switched_off.search(text) and not with_reason.search(text)
    ]
    expect_none(wrong, "Say which check, and after it why: `# type: ignore[misc]  # the library has no types`.")


def test_texts_say_what_each_dependency_is_for() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    needs = [line for line in lines if re.match(r'\s+"[A-Za-z][\w.\[\],-]*[<>=~]', line)]
    silent = [line.strip() for line in needs if not re.search(r"# \S+", line)]
    assert len(needs) > 20
    expect_none(silent, "Say beside each dependency what it is for.")


def test_texts_name_no_machine_and_no_registry() -> None:
    found = []
    for path in own_files():
        if not AS_THEY_CAME.search(name(path)):
            text = path.read_bytes().decode(errors="ignore")
            found += [f"{name(path)}: {word}" for word in (*HOSTS, *PLACES) if word in text]
    expect_none(found, "A checkout works anywhere: write paths from the project's root, and let pip choose its index.")


def test_texts_are_all_translated() -> None:
    catalogue = CODE / "locale" / "sv" / "LC_MESSAGES" / "django.po"
    with catalogue.open("rb") as file:
        messages = [message for message in read_po(file, locale="sv") if message.id]
    unfinished = [m.id for m in messages if m.fuzzy or not all([m.string] if isinstance(m.string, str) else m.string)]
    assert len(messages) > 100
    expect_none(unfinished, "Translate into Swedish in lotsen/locale/sv: nothing fuzzy, nothing empty.")
