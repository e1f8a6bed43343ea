"""`lotsen demo [--reset] [--no-serve]`: made-up people, ready to sign in as."""

import argparse
import io
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from lotsen.core import database
from lotsen.core.refused import Refused
from lotsen.demo import actions
from lotsen.demo.queries import PASSWORD, people_to_sign_in_as

PORT = 8000


class Command(BaseCommand):
    """Prepares the demo and serves it."""

    help = "Prepare the demo (six programmes with made-up people) and serve it on http://localhost:8000."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whether to begin anew, and whether to serve."""
        parser.add_argument("--reset", action="store_true", help="throw away what is there and begin anew")
        parser.add_argument("--no-serve", action="store_true", help="only prepare")

    def handle(self, *args: Any, reset: bool, no_serve: bool, **options: Any) -> None:
        """Prepare what is missing, then serve until interrupted."""
        try:
            # As the owner: on the first day there is no other role yet.
            with database.as_owner():
                actions.refuse_other_people()
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None
        if reset:
            database.empty()
        call_command("migrate", verbosity=0)
        if not actions.is_loaded():
            self.stdout.write("Making six programmes and their people. This takes some minutes, once.")
            actions.load_demo()
        # As a timer would: the pages of retention say when this stays away.
        call_command("nightly", stdout=io.StringIO())
        if no_serve:
            self.stdout.write("The demo is prepared.")
            return
        port = int(os.environ.get("PORT") or PORT)
        self._say_who(port)
        connection.close()
        serve(port)

    def _say_who(self, port: int) -> None:
        lines = ["", f"Lotsen is served on http://localhost:{port}", "", "Sign in as one of these made-up people:"]
        people = people_to_sign_in_as()
        widest = max(len(person["email"]) for person in people)
        lines += [f"  {p['email']:<{widest}}  {p['role']}, {p['unit']}" for p in people]
        lines += [f"Password for all of them: {PASSWORD}", "Stop with Ctrl+C.", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def serve(port: int) -> None:
    """Run the web server and the worker until interrupted, then end both."""
    environment = {**os.environ, "LOTSEN_DEMO": "1"}
    web = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    web += ["--threads", "4", "--worker-class", "gthread", "--access-logfile", "/dev/null", "--log-level", "warning"]
    worker = [shutil.which("lotsen", path=str(Path(sys.executable).parent)) or "lotsen", "procrastinate", "worker"]
    parts = [subprocess.Popen(command, env=environment) for command in (web, worker)]  # noqa: S603 - our own commands

    def stop(*_args: Any) -> None:
        for part in parts:
            part.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    # Whichever ends first takes the other with it: half a demo is worse than none.
    while all(part.poll() is None for part in parts):
        try:
            parts[0].wait(timeout=1)
        except subprocess.TimeoutExpired:
            continue
    stop()
    for part in parts:
        part.wait()
