"""`lotsen keys [rotate]`: which keys are in use, and all values under the newest one."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lotsen.core import encryption
from lotsen.core.acting import acting_as_operator
from lotsen.core.refused import Refused
from lotsen.people.actions import keys_in_use, rotate_keys


class Command(BaseCommand):
    """Changes the keys of identity numbers."""

    help = "Say which keys identity numbers are encrypted with; with `rotate`, encrypt and index all with the newest."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whether to change them."""
        parser.add_argument("what", nargs="?", choices=["rotate"], help="encrypt and index everything anew")

    def handle(self, *args: Any, what: str | None, **options: Any) -> None:
        """Change where it is asked for, then say what is in use."""
        try:
            with acting_as_operator("keys"):
                changed = rotate_keys() if what else {}
                used = keys_in_use()
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None
        for table, rows in changed.items():
            self.stdout.write(f"{table}: {rows} rows changed")
        for key, values in sorted(used.items()):
            newest = ", the newest" if key == encryption.newest_key() else ""
            self.stdout.write(f"key {key}{newest}: {values} values")
        if not used:
            self.stdout.write("No identity number is stored.")
