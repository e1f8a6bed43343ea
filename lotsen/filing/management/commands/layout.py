"""`lotsen layout check FILE | load FILE | ship`."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lotsen.core.acting import acting_as_operator
from lotsen.core.datafiles import read_file
from lotsen.core.refused import Refused
from lotsen.core.text import local
from lotsen.filing import actions
from lotsen.filing.forms import parse_layouts


class Command(BaseCommand):
    """Checks and loads layouts of the participant file."""

    help = "Check or load a file of layouts of the participant file, or load those that come with Lotsen."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Three words, two of them with a file."""
        parts = parser.add_subparsers(dest="act", required=True)
        parts.add_parser("check", help="say what is wrong in a file").add_argument("file", type=Path)
        parts.add_parser("load", help="load a file, whole or not at all").add_argument("file", type=Path)
        parts.add_parser("ship", help="load the layouts that come with Lotsen")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        """Do one of the three."""
        try:
            with acting_as_operator(f"layout {act}"):
                self.stdout.write(getattr(self, f"_{act}")(**options))
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None

    def _check(self, file: Path, **options: Any) -> str:
        layouts = read_file(file, parse_layouts).layouts
        names = ", ".join(local(layout.name.model_dump()) for layout in layouts)
        return _("%(file)s: %(names)s, no faults found") % {"file": file, "names": names}

    def _load(self, file: Path, **options: Any) -> str:
        return _written(actions.load_layouts(layouts=read_file(file, parse_layouts)))

    def _ship(self, **options: Any) -> str:
        return _written(actions.load_shipped())


def _written(layouts: list[Any]) -> str:
    return "\n".join(f"{layout.valid_from} {layout.name}" for layout in layouts)
