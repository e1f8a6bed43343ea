"""Fill the template database: `python -m tests.plugins.template`, in a process of its own, as an operator would."""

import os

import django
from django.core.management import call_command
from django.db import connection


def main() -> None:
    """Migrate, and load the demo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    from lotsen.demo import actions

    actions.load_demo()
    connection.close()
    connection.close_pool()


if __name__ == "__main__":
    main()
