"""The catalogue of messages is complete, and is held to be so by a look at code and templates."""

import gettext
import io

import pytest
from babel import Locale
from babel.messages.pofile import write_po

from lotsen.core import messages


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """Put a complete catalogue in the place of the one that runs, and give a function that changes it."""
    monkeypatch.setattr(messages, "FILE", tmp_path / "sv" / "django.po")
    catalog = messages.extract()
    catalog.locale = Locale("sv")
    for message in catalog:
        message.string = ("en", "många") if isinstance(message.id, tuple) else "översatt"

    def change(act):
        act(catalog)
        messages.FILE.parent.mkdir(exist_ok=True)
        with messages.FILE.open("wb") as file:
            write_po(file, catalog)

    return change


def of_template(text):
    """Return the messages that are found in a template: the text, or the pair of one and many."""
    found = messages.extract_template(io.BytesIO(text.encode()), list(messages.KEYWORDS), [], {})
    return [message for _line, _function, message, _comments in found]


def test_catalogue_is_complete():
    assert messages.faults() == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ('<h1>{% translate "Båtar" %}</h1>', ["Båtar"]),
        ("<c-panel title=\"{% translate 'Båtar' %}\">", ["Båtar"]),
        ('{% translate "Båtar" as title %}{{ title }}', ["Båtar"]),
        ("{% blocktranslate %}{{ n }} båtar{% endblocktranslate %}", ["%(n)s båtar"]),
        (
            "<p>\n  {% blocktranslate trimmed %}\n    En båt\n    till\n  {% endblocktranslate %}\n</p>",
            ["En båt till"],
        ),
        (
            "{% blocktranslate count n=x %}{{ n }} båt{% plural %}{{ n }} båtar{% endblocktranslate %}",
            [("%(n)s båt", "%(n)s båtar", None)],
        ),
        ("<p>Båtar</p>{# translate #}{{ båtar }}", []),
    ],
)
def test_catalogue_takes_the_messages_of_a_template(template, found):
    assert of_template(template) == found


def test_catalogue_takes_messages_of_templates_and_of_code():
    asked = [
        "My projects",  # templates/base.html
        "A project is shown here when your unit takes part in it. Ask your unit manager.",  # inside a block of ours
        "Write a day, for example 2026-11-20, 20/11 or 20 nov.",  # core/dates.py, lazy
        "The end lies before the start (%(day)s).",  # cases/actions.py
    ]
    found = messages.extract()
    assert [message for message in asked if found.get(message) is None] == []


def test_catalogue_check_says_all_is_well(stored, capsys):
    stored(lambda catalog: None)
    assert messages.main("check") == 0
    assert capsys.readouterr().out == "The catalogue is complete.\n"


def test_catalogue_check_names_what_is_wrong(stored, capsys):
    def change(catalog):
        catalog.delete("My projects")
        catalog.get("Sign out").string = ""
        catalog.get("Final report").flags.add("fuzzy")
        catalog.add("My boats", "Mina båtar")

    stored(change)
    assert messages.main("check") == 1
    assert sorted(capsys.readouterr().out.splitlines()) == [
        "marked as unsure: Final report",
        "not in the catalogue: My projects",
        "not translated: Sign out",
        "not used any more: My boats",
    ]


def test_catalogue_update_takes_in_what_is_new_and_drops_what_is_old(stored):
    def change(catalog):
        catalog.delete("My projects")
        # One that is almost the same: its translation must not be taken over.
        catalog.add("My project", "Mitt projekt")

    stored(change)
    assert messages.main("update") == 0
    assert messages.faults() == ["not translated: My projects"]


def test_catalogue_compiled_is_what_runs(stored):
    stored(lambda catalog: setattr(catalog.get("My projects"), "string", "Mina projekt"))
    assert messages.main("compile") == 0
    with messages.FILE.with_suffix(".mo").open("rb") as file:
        swedish = gettext.GNUTranslations(file)
    error = ("Correct %(n)s error to go on", "Correct %(n)s errors to go on")
    assert swedish.gettext("My projects") == "Mina projekt"
    assert [swedish.ngettext(*error, n) for n in (1, 2)] == ["en", "många"]
