"""The catalogue of messages: `python -m lotsen.core.messages update|check|compile`.

By Babel, so that no system package is needed. Templates are turned into Python by Django itself, as its makemessages
does.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "locale" / "sv" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
METHODS = [
    ("**.py", "python"),
    ("templates/**.html", "lotsen.core.messages:extract_template"),
    ("templates/**.txt", "lotsen.core.messages:extract_template"),
]


def extract_template(file: Any, keywords: Any, tags: Any, options: Any) -> Iterator[Any]:
    """Find the messages of a template. An extractor for Babel."""
    import django
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
        django.setup()
    # What is left of the page's own indentation is none in Python.
    lines = [line.strip() for line in templatize(file.read().decode()).splitlines()]
    yield from extract_python(io.BytesIO("\n".join(lines).encode()), keywords, tags, options)


def extract() -> Catalog:
    """Return the catalogue of every message in the code, without translations."""
    catalog = Catalog(project="Lotsen", charset="utf-8")
    for file, _line, message, comments, context in extract_from_dir(ROOT, METHODS, keywords=KEYWORDS):
        catalog.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return catalog


def read() -> Catalog:
    """Return the Swedish catalogue as it is stored."""
    with FILE.open("rb") as file:
        return read_po(file, locale="sv")


def faults() -> list[str]:
    """Return what is wrong with the stored catalogue: missing, untranslated, unsure or superfluous messages."""
    stored, wanted = read(), extract()
    found = [f"not in the catalogue: {m.id}" for m in wanted if m.id and stored.get(m.id, m.context) is None]
    for message in stored:
        texts = message.string if isinstance(message.string, tuple | list) else [message.string]
        if not message.id:
            continue
        if not all(texts):
            found.append(f"not translated: {message.id}")
        if message.fuzzy:
            found.append(f"marked as unsure: {message.id}")
        if wanted.get(message.id, message.context) is None:
            found.append(f"not used any more: {message.id}")
    return found


def update() -> None:
    """Bring the stored catalogue up to the code. New messages come without a translation."""
    catalog = read() if FILE.exists() else Catalog(locale="sv", project="Lotsen", charset="utf-8")
    catalog.update(extract(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with FILE.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, no_location=True, omit_header=False)


def compile_() -> None:
    """Write the catalogue that runs."""
    with FILE.with_suffix(".mo").open("wb") as file:
        write_mo(file, read())


def main(word: str) -> int:
    """Do what the word says; return the exit code."""
    if word == "update":
        update()
    if word in {"update", "compile"}:
        compile_()
        return 0
    found = faults()
    print("\n".join(found) or "The catalogue is complete.")  # noqa: T201 - a command's answer
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
