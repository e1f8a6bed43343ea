"""A real server, a real browser, and the demo's people. The first test here starts the server; it ends with the run."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Page

from lotsen.access.models import User
from tests.plugins import database

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
#: Everything but the experiments: WCAG 2.2 A and AA, and axe's own good practice.
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test here, so that `-m "not browser"` leaves them out."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Site:
    """A running server: its address, the address of its database, and the database's name."""

    url: str
    database_url: str
    database: str

    def session_of(self, email: str) -> str:
        """Sign a user of the demo in without the form, and return the key of the session."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            row = connection.execute("select id, password from access_user where email = %s", [email]).fetchone()
            assert row, f"The demo has nobody with the address {email}."
            user = User(pk=row[0], password=row[1])
            key = secrets.token_hex(16)
            data = SessionStore().encode(
                {
                    "_auth_user_id": str(user.pk),
                    "_auth_user_backend": settings.AUTHENTICATION_BACKENDS[0],
                    "_auth_user_hash": user.get_session_auth_hash(),
                }
            )
            until = timezone.now() + timedelta(hours=1)
            connection.execute("insert into django_session values (%s, %s, %s)", [key, data, until])
        return key


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the demo as it is served to people."""
    with served(tmp_path_factory.mktemp("site") / "log") as running:
        yield running


@contextmanager
def served(log: Path, **settings: str) -> Iterator[Site]:
    """Serve the demo by gunicorn, with a worker for what is done later. `settings` are added to the environment."""
    with database.cloned() as name, log.open("w") as out:
        environment = {**os.environ, "LOTSEN_DATABASE_URL": database.url_of(name), "LOTSEN_DEMO": "1", **settings}
        port = _free_port()
        web = ["-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "2"]
        worker = ["-m", "config.cli", "procrastinate", "worker"]
        parts = [
            subprocess.Popen([sys.executable, *words], env=environment, cwd=database.ROOT, stdout=out, stderr=out)
            for words in (web, worker)
        ]
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/alive/", parts[0], log)
            yield Site(url, database.url_of(name), name)
        finally:
            for part in parts:
                part.terminate()
            for part in parts:
                part.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    """Wait until the server answers; say what it said where it does not."""
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"The server did not answer:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Take the system's Chromium: Playwright's own would have to be downloaded."""
    program = os.environ.get("LOTSEN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        pytest.fail("There is no Chromium. Run tests/setup, which installs it or says how.")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    arguments += ["--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": program, "headless": True, "args": arguments}


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    """Open addresses of the site."""
    return site.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Browse in Swedish, in a window of 1280 pixels."""
    return {**browser_context_args, "locale": "sv-SE", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def sign_in_as(page: Page, site: Site) -> Callable[[str], Page]:
    """Give a function that signs a person of the demo in, by e-mail address, and returns the page."""

    def signed_in(email: str) -> Page:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": site.session_of(email), "url": site.url}
        page.context.add_cookies([cookie])
        return page

    return signed_in


@pytest.fixture
def axe(page: Page) -> Callable[[], list[str]]:
    """Give a function that returns what axe-core finds wrong with the page as it stands: rule, place, advice."""

    def violations() -> list[str]:
        # By evaluate, which the content security policy does not stop; a script tag it would.
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("rules => axe.run(document, rules)", AXE_RULES)
        return [
            f"{rule['id']} at {' '.join(map(str, node['target']))}: {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return violations
