"""`lotsen indicators CODE --as-of DATE [--by sex,municipality] [--format table|json|csv]`."""

import argparse
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lotsen.core.acting import acting_as_operator
from lotsen.core.dates import day_argument
from lotsen.core.refused import Refused
from lotsen.indicators import queries
from lotsen.indicators.exports import files
from lotsen.programmes.enums import Dimension
from lotsen.programmes.queries import programme_by_code

FORMATS = {"table": files.as_table, "json": files.as_json, "csv": files.as_csv}


class Command(BaseCommand):
    """Counts every indicator of a programme."""

    help = "Count every indicator of a programme, as of a day."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The programme, the day, the breakdowns and the form of the answer."""
        parser.add_argument("code")
        parser.add_argument("--as-of", type=day_argument, required=True, metavar="DATE")
        parser.add_argument("--by", type=_dimensions, default=[Dimension.SEX], metavar="sex,municipality")
        parser.add_argument("--format", choices=FORMATS, default="table")

    def handle(self, *args: Any, code: str, as_of: date, by: list[Dimension], **options: Any) -> None:
        """Count and write."""
        try:
            with acting_as_operator("indicators"):
                programme = programme_by_code(code)
                found = queries.calculate_all(programme, as_of, by)
                self.stdout.write(FORMATS[options["format"]](programme, found))
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None


def _dimensions(text: str) -> list[Dimension]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in Dimension.values:
            said = _("there is no breakdown by %(name)s; there are: %(known)s")
            raise argparse.ArgumentTypeError(said % {"name": name, "known": ", ".join(Dimension.values)})
    return [Dimension(name) for name in names]
