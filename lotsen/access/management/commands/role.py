"""`lotsen role give|take EMAIL --unit NAME --role ROLE [--name NAME]`."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lotsen.access import actions
from lotsen.access.enums import Role
from lotsen.core.acting import acting_as_operator
from lotsen.core.refused import Refused


class Command(BaseCommand):
    """Gives and takes roles, and makes the users that are missing."""

    help = "Give somebody a role in a unit, making the user where there is none, or take it away."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Who, where and what."""
        parser.add_argument("act", choices=["give", "take"])
        parser.add_argument("email")
        parser.add_argument("--unit", required=True, help="the unit's name")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--name", default="", help="of a new user")

    def handle(self, *args: Any, act: str, email: str, unit: str, role: str, name: str, **options: Any) -> None:
        """Do it, and say a new user's password once."""
        try:
            with acting_as_operator(f"role {act}"):
                if act == "take":
                    actions.take_role(email=email, unit_name=unit, role=Role(role))
                    self.stdout.write(f"{email}: {role}, {unit} is taken")
                    return
                user, password = actions.give_role(email=email, name=name, unit_name=unit, role=Role(role))
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None
        self.stdout.write(f"{user.email}: {role}, {unit}")
        if password:
            self.stdout.write(f"Password, shown only now: {password}")
