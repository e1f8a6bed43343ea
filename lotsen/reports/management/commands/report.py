"""`lotsen report CODE --as-of DATE --to FILE.docx|FILE.pdf`."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from lotsen.core.acting import acting_as_operator
from lotsen.core.dates import day_argument
from lotsen.core.files import why_not
from lotsen.core.refused import Refused
from lotsen.programmes.queries import programme_by_code
from lotsen.reports.actions import RENDER, make_report_now


class Command(BaseCommand):
    """Makes the final report of a programme."""

    help = "Make the final report of a programme as a Word or PDF file, and keep it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The programme, the day and the file."""
        parser.add_argument("code")
        parser.add_argument("--as-of", type=day_argument, required=True, metavar="DATE")
        parser.add_argument("--to", type=Path, required=True, metavar="FILE.docx")

    def handle(self, *args: Any, code: str, as_of: date, to: Path, **options: Any) -> None:
        """Make it. A file that cannot be written leaves no report behind."""
        kind = to.suffix.removeprefix(".").lower()
        if kind not in RENDER:
            raise CommandError(_("%(file)s: the name must end with .docx or .pdf.") % {"file": to}, returncode=2)
        try:
            with acting_as_operator("report"), translation.override("sv"):
                report = make_report_now(programme=programme_by_code(code), as_of=as_of)
                to.write_bytes(bytes(report.files.get(format=kind).data))
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None
        except OSError as error:
            raise CommandError(f"{to}: {why_not(error)}", returncode=2) from None
        self.stdout.write(f"{to}: {report.programme.name}, {as_of}")
