"""`lotsen questionnaire check FILE | load FILE [--organisation NAME] | ship | export CODE`."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.access.models import Organisation
from lotsen.core.acting import acting_as_operator
from lotsen.core.datafiles import read_file
from lotsen.core.refused import Refused
from lotsen.core.text import local
from lotsen.questionnaires import actions, exports, queries
from lotsen.questionnaires.forms import parse_questionnaire


class Command(BaseCommand):
    """Checks, loads and writes questionnaire files."""

    help = "Check or load a questionnaire file, load those that come with Lotsen, or write one as a file."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Four words, each with its object."""
        parts = parser.add_subparsers(dest="act", required=True)
        parts.add_parser("check", help="say what is wrong in a file").add_argument("file", type=Path)
        load = parts.add_parser("load", help="load a file, whole or not at all")
        load.add_argument("file", type=Path)
        load.add_argument("--organisation", help="whose it is; without, everybody's")
        parts.add_parser("ship", help="load the questionnaires that come with Lotsen")
        parts.add_parser("export", help="write the newest version as a file").add_argument("code")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        """Do one of the four."""
        try:
            with acting_as_operator(f"questionnaire {act}"):
                self.stdout.write(getattr(self, f"_{act}")(**options))
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None

    def _check(self, file: Path, **options: Any) -> str:
        definition = read_file(file, parse_questionnaire)
        said = _("%(file)s: %(name)s (%(code)s), no faults found")
        return said % {"file": file, "name": local(definition.title), "code": definition.code}

    def _load(self, file: Path, organisation: str | None, **options: Any) -> str:
        owner = _organisation(organisation) if organisation else None
        version = actions.load_questionnaire(
            definition=read_file(file, parse_questionnaire), organisation=owner, on=timezone.localdate()
        )
        said = _("%(name)s is loaded, version %(number)s")
        return said % {"name": version.questionnaire.title, "number": version.number}

    def _ship(self, **options: Any) -> str:
        versions = actions.load_shipped(on=timezone.localdate())
        return "\n".join(f"{version.questionnaire.code} {version.number}" for version in versions)

    def _export(self, code: str, **options: Any) -> str:
        return exports.export_questionnaire(queries.newest_by_code(code)).rstrip()


def _organisation(name: str) -> Organisation:
    found = Organisation.objects.filter(name=name).first()
    if found is None:
        raise Refused(_("There is no organisation named %(name)s.") % {"name": name})
    return found
