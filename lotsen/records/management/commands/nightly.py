"""`lotsen nightly`: what must be done each night. Run it by a timer, as the operator."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lotsen.core.acting import acting_as_operator
from lotsen.records.actions import run_nightly


class Command(BaseCommand):
    """Does the nightly work."""

    help = "Carry out approved erasures, let go what is over, and leave a heartbeat. Run it each night by a timer."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what was done."""
        with acting_as_operator("nightly"):
            for line in run_nightly(at=timezone.now(), on=timezone.localdate()):
                self.stdout.write(line)
