"""The `lotsen` command."""

import os
import sys

from django.core.management import execute_from_command_line

from lotsen.core import embedded

#: Commands that do their work without a database.
NO_DATABASE = {"compilemessages", "makemessages", "collectstatic", "help", "version"}


def main() -> None:
    """Run a command, starting the embedded PostgreSQL first where no other server is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    words = sys.argv[1:]
    if words and words[0] not in NO_DATABASE and not {"-h", "--help"} & set(words):
        embedded.ensure()
    if words[:1] == ["makemigrations"]:
        os.environ["LOTSEN_DATABASE_ROLE"] = ""
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
