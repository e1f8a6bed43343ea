"""`lotsen account deactivate|reactivate|reset-second-factor|forget-identity EMAIL`."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lotsen.access import actions
from lotsen.access.models import User
from lotsen.core.acting import acting_as_operator
from lotsen.core.refused import Refused

ACTS = {
    "deactivate": actions.deactivate,
    "reactivate": actions.reactivate,
    "forget-identity": actions.forget_identity,
    "reset-second-factor": actions.reset_second_factor,
}


class Command(BaseCommand):
    """Does what an administrator can do, for the day when there is none."""

    help = "Switch an account off or on, take away lost second factors, or forget who it is to the identity provider."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What, and whose."""
        parser.add_argument("act", choices=sorted(ACTS))
        parser.add_argument("email")

    def handle(self, *args: Any, act: str, email: str, **options: Any) -> None:
        """Do it."""
        try:
            with acting_as_operator(f"account {act}"):
                user = User.objects.filter(email=email.lower()).first()
                if user is None:
                    raise CommandError(f"There is nobody with the address {email}.", returncode=2)
                ACTS[act](user=user, by=None)
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None
        self.stdout.write(f"{user.email}: {act}")
