"""The `lotsen` command."""

import os
import sys
import textwrap

import django
from django.core.management import execute_from_command_line, get_commands, load_command_class

from lotsen.core import embedded

#: Commands that do their work without a database.
NO_DATABASE = {"compilemessages", "makemessages", "collectstatic", "help", "version"}


def main() -> None:
    """Run a command, starting the embedded PostgreSQL first where no other server is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    words = sys.argv[1:]
    if not words or words in (["help"], ["-h"], ["--help"]):
        sys.stdout.write(overview())
        return
    if words and words[0] not in NO_DATABASE and not {"-h", "--help"} & set(words):
        embedded.ensure()
    if words[:1] == ["makemigrations"]:
        os.environ["LOTSEN_DATABASE_ROLE"] = ""
    execute_from_command_line(sys.argv)


def overview() -> str:
    """Return what `lotsen` alone says: our own commands with a sentence each, and Django's by name."""
    django.setup()
    commands = get_commands()
    ours = sorted(name for name, app in commands.items() if str(app).startswith("lotsen."))
    width = max(map(len, ours)) + 4
    said = [
        "lotsen COMMAND [--help]\n",
        *(_column(f"  {name}".ljust(width), load_command_class(commands[name], name).help, width) for name in ours),
        "\nOf Django and its parts:",
        _column("  ", ", ".join(sorted(set(commands) - set(ours))), 2),
    ]
    return "\n".join(said) + "\n"


def _column(first: str, text: str, indent: int) -> str:
    return textwrap.fill(text, 100, initial_indent=first, subsequent_indent=" " * indent)


if __name__ == "__main__":
    main()
