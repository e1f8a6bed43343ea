"""`lotsen domain [CODE limited|free]`: by what people of a domain may be sought."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lotsen.access.actions import set_search
from lotsen.access.models import SecrecyDomain
from lotsen.core.acting import acting_as_operator
from lotsen.core.refused import Refused

#: What is said of a domain, by whether it limits the search.
WORDS = {True: "limited", False: "free"}


class Command(BaseCommand):
    """Lists the domains, or changes one."""

    help = (
        "List the domains of secrecy. `limited`: people are compiled by name, identity number and case number only, as "
        "social services must. `free`: also by what figures are broken down by."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which domain, and how."""
        parser.add_argument("code", nargs="?", help="the domain")
        parser.add_argument("search", nargs="?", choices=WORDS.values(), help="by what people may be sought")

    def handle(self, *args: Any, code: str | None, search: str | None, **options: Any) -> None:
        """Change what is asked for, then list."""
        if code and not search:
            raise CommandError("Say limited or free.", returncode=2)
        try:
            with acting_as_operator("domain"):
                if code:
                    set_search(code=code, is_limited=search == WORDS[True])
                domains = list(SecrecyDomain.objects.prefetch_related("units"))
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None
        for domain in domains:
            units = ", ".join(unit.name for unit in domain.units.all())
            self.stdout.write(f"{domain.code}  {WORDS[domain.limits_search]}  {units}")
