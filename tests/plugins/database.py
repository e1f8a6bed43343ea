"""The tests' own PostgreSQL: started before Django reads its settings, one template a run, one clone a worker.

Loaded by `-p` in pyproject.toml, because pytest-django reads the settings before any conftest.py. Without
LOTSEN_DATABASE_URL an embedded server runs in var/test; with it, databases of names of our own are made on that server
and the named one is left alone. The template holds what `lotsen demo --no-serve` makes, as on the first day. That takes
a minute, so it is made again only when a file that its rows come from has changed: their fingerprint is the comment on
the database.
"""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import sql

from lotsen.core import embedded

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "var" / "test"
TEMPLATE = "lotsen_test_template"
#: Held while the template is made and while it is copied.
LOCK = 7_105_116
#: What the rows of the template come from: migrations, data files, and what the demo is made by.
MADE_FROM = re.compile(
    r"lotsen/(\w+/(migrations|data)/"
    r"|demo/actions/"
    r"|(access|activities|cases|employers|people|placements|plans|programmes|questionnaires|records)/(enums|actions)\b"
    r"|cases/queries|programmes/forms|questionnaires/(definitions|forms|queries)|core/datafiles"
    r"|core/(database|encryption|rowsecurity|text)\.py)"
)
#: More workers than this wait for the one PostgreSQL and not for a core.
MOST_WORKERS = 8


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Say where tests keep their things before Django is set up. Workers inherit the environment."""
    for name in [name for name in os.environ if name.startswith("LOTSEN_")]:
        if name not in {"LOTSEN_DATABASE_URL", "LOTSEN_CHROMIUM"}:
            del os.environ[name]
    os.environ["LOTSEN_DATA"] = str(DATA)
    # Tests sign in without one; those of second factors require it by themselves.
    os.environ["LOTSEN_SECOND_FACTOR"] = "optional"
    # Playwright keeps an event loop in the main thread, where Django then takes every query for an asynchronous one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    (DATA / "static").mkdir(parents=True, exist_ok=True)
    if not os.environ.get("LOTSEN_DATABASE_URL"):
        os.environ["LOTSEN_DATABASE_URL"] = _start()
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers() -> int:
    """Use all cores, up to a limit."""
    return min(os.cpu_count() or 1, MOST_WORKERS)


def _start() -> str:
    """Start the embedded server. It forgets a power cut (fsync off): then remove var/test and run again."""
    url = embedded.start(DATA / "postgres", "postgres")
    with psycopg.connect(url, autocommit=True) as server:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.execute(sql.SQL("alter system set {} = off").format(sql.Identifier(setting)))
        server.execute("select pg_reload_conf()")
        for (name,) in server.execute("select datname from pg_database").fetchall():
            owner = re.fullmatch(r"lotsen_test_(\d+)_\d+", name)
            if owner and not psutil.pid_exists(int(owner[1])):
                _drop(server, name)
    return url


def url_of(name: str) -> str:
    """Return the address of a database on the tests' server."""
    return psycopg.conninfo.make_conninfo(os.environ["LOTSEN_DATABASE_URL"], dbname=name)


@contextmanager
def cloned() -> Iterator[str]:
    """Make a database from the template, and drop it at the end. Gives its name."""
    cloned.count = getattr(cloned, "count", 0) + 1
    name = f"lotsen_test_{os.getpid()}_{cloned.count}"
    with psycopg.connect(os.environ["LOTSEN_DATABASE_URL"], autocommit=True) as server:
        server.execute("select pg_advisory_lock(%s)", [LOCK])
        _prepare_template(server)
        server.execute(sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(TEMPLATE)))
    try:
        yield name
    finally:
        with psycopg.connect(os.environ["LOTSEN_DATABASE_URL"], autocommit=True) as server:
            _drop(server, name)


def _prepare_template(server: psycopg.Connection) -> None:
    """Make the template, unless the one that stands there was made from the same files."""
    fingerprint = _fingerprint()
    query = "select shobj_description(oid, 'pg_database') from pg_database where datname = %s"
    if server.execute(query, [TEMPLATE]).fetchone() == (fingerprint,):
        return
    _drop(server, TEMPLATE)
    server.execute(sql.SQL("create database {}").format(sql.Identifier(TEMPLATE)))
    made = subprocess.run(
        [sys.executable, "-m", "config.cli", "demo", "--no-serve"],
        env={**os.environ, "LOTSEN_DATABASE_URL": url_of(TEMPLATE)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.exit(f"The tests' template database could not be made:\n{made.stdout}\n{made.stderr}", returncode=1)
    comment = sql.SQL("comment on database {} is {}")
    server.execute(comment.format(sql.Identifier(TEMPLATE), sql.Literal(fingerprint)))


def _fingerprint() -> str:
    """Return a hash of all that the rows of the template come from: files, and the keys of what is encrypted."""
    digest = hashlib.sha256("".join(embedded.secret(name) for name in ("identity", "identity-index")).encode())
    for path in sorted((ROOT / "lotsen").rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.is_file() and path.suffix != ".pyc" and MADE_FROM.match(name):
            digest.update(name.encode())
            # A file that its author is just replacing.
            with suppress(FileNotFoundError):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
