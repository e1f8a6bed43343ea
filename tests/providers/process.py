"""Starts a provider, asks it, and follows its redirects as a browser would."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from tests.plugins.database import ROOT


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Follow nothing: the test does."""


_OPENER = build_opener(_Stay)


@dataclass(frozen=True)
class Running:
    """A provider that runs, at its address."""

    url: str

    def says(self, **what: Any) -> None:
        """Tell the provider whom to vouch for, and how to lie."""
        fetched(f"{self.url}/control", json.dumps(what).encode())


def fetched(address: str, data: bytes | None = None) -> tuple[dict[str, str], str]:
    """Fetch a page of the provider. Returns its headers and its text."""
    try:
        with _OPENER.open(Request(address, data=data), timeout=10) as answer:
            return dict(answer.headers), answer.read().decode()
    except HTTPError as error:
        # A redirect is one of these.
        return dict(error.headers), error.read().decode()


@contextmanager
def provider(module: str) -> Iterator[Running]:
    """Run a provider as a process of its own."""
    words = [sys.executable, "-m", f"tests.providers.{module}"]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield Running(process.stdout.readline().strip())
    finally:
        process.terminate()
        process.communicate(timeout=30)
