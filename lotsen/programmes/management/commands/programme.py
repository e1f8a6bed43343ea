"""`lotsen programme check FILE | load FILE | export CODE`."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lotsen.core.acting import acting_as_operator
from lotsen.core.datafiles import read_file
from lotsen.core.refused import Refused
from lotsen.core.text import local
from lotsen.programmes import actions, exports, queries
from lotsen.programmes.forms import parse_template


class Command(BaseCommand):
    """Checks, loads and writes template files."""

    help = "Check or load a programme's template file, or write a programme as one."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Three words, each with its object."""
        parts = parser.add_subparsers(dest="act", required=True)
        for name, text in (("check", "say what is wrong in a file"), ("load", "load a file, whole or not at all")):
            parts.add_parser(name, help=text).add_argument("file", type=Path)
        parts.add_parser("export", help="write a programme as a template file").add_argument("code")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        """Do one of the three."""
        try:
            with acting_as_operator(f"programme {act}"):
                self.stdout.write(getattr(self, f"_{act}")(**options))
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None

    def _check(self, file: Path, **options: Any) -> str:
        template = read_file(file, parse_template)
        said = _("%(file)s: %(name)s (%(code)s), no faults found")
        return said % {"file": file, "name": local(template.name.model_dump()), "code": template.code}

    def _load(self, file: Path, **options: Any) -> str:
        programme = actions.load_template(template=read_file(file, parse_template))
        return _("%(name)s (%(code)s) is loaded") % {"name": programme.name, "code": programme.code}

    def _export(self, code: str, **options: Any) -> str:
        return exports.export_template(queries.programme_by_code(code)).rstrip()
