"""The embedded PostgreSQL and the secrets beside it: made once, shared by all processes, there after a crash."""

import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from lotsen.core import embedded

ROOT = Path(__file__).resolve().parents[2]
#: Each program says what it got and goes on until its input ends, as a server would.
START = """
import sys
from pathlib import Path
from lotsen.core import embedded
print(embedded.start(Path(sys.argv[1]), "lotsen"), flush=True)
sys.stdin.read()
"""
SECRET = """
import sys
from lotsen.core import embedded
print("ready", flush=True)
sys.stdin.readline()
print(embedded.secret("key"), flush=True)
"""


@contextmanager
def running(program, *arguments):
    """Run a program, and end it at the end of its input; who kills it first has done so."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        yield process
    finally:
        process.communicate(timeout=60)


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Keep secrets in a folder of the test's own."""
    monkeypatch.setenv("LOTSEN_DATA", str(tmp_path))
    return tmp_path


def test_secret_is_made_once_and_kept(data):
    first = embedded.secret("key")
    assert re.fullmatch(r"[0-9a-f]{64}", first)
    assert embedded.secret("key") == first
    assert embedded.secret("other") != first


def test_secret_is_for_its_owner_alone(data):
    embedded.secret("key")
    files = {file.name: file.stat().st_mode & 0o777 for file in (data / "secrets").iterdir()}
    assert files == {"key": 0o600}


def test_secret_of_the_process_that_was_first_holds(data, monkeypatch):
    def while_another_is_faster(_length):
        (data / "secrets" / "key").write_text("theirs")
        return "ours"

    monkeypatch.setattr(secrets, "token_hex", while_another_is_faster)
    assert embedded.secret("key") == "theirs"
    assert [file.name for file in (data / "secrets").iterdir()] == ["key"]


def test_secret_is_one_for_processes_that_start_at_the_same_time(data):
    with running(SECRET) as one, running(SECRET) as two, running(SECRET) as three:
        processes = [one, two, three]
        assert [process.stdout.readline() for process in processes] == ["ready\n"] * 3
        for process in processes:
            process.stdin.write("\n")
            process.stdin.flush()
        found = {process.stdout.readline().strip() for process in processes}
    assert found == {embedded.secret("key")}


def test_data_lie_in_the_checkout_unless_a_folder_is_named(monkeypatch):
    monkeypatch.setenv("LOTSEN_DATA", "")
    assert embedded.data_dir() == ROOT / "var"
    monkeypatch.setenv("LOTSEN_DATA", "/srv/lotsen")
    assert embedded.data_dir() == Path("/srv/lotsen")


def test_server_that_is_named_is_used_and_none_is_started(data, monkeypatch):
    monkeypatch.setenv("LOTSEN_DATABASE_URL", "postgresql://db.exempel/lotsen")
    assert embedded.ensure() == "postgresql://db.exempel/lotsen"
    assert list(data.iterdir()) == []


@contextmanager
def server_folder():
    """Give a folder for a server, and leave none behind.

    It does not lie below pytest's own folder, which another run of pytest would close to PostgreSQL's user.
    """
    with tempfile.TemporaryDirectory(prefix="lotsen-", ignore_cleanup_errors=True) as name:
        folder = Path(name) / "postgres"
        try:
            yield folder
        finally:
            if is_running(folder):
                os.kill(int((folder / "postmaster.pid").read_text().split()[0]), signal.SIGINT)


@pytest.fixture(scope="module")
def folder():
    """Give one folder to the tests that need no new server."""
    with server_folder() as folder:
        yield folder


def url_of(process):
    """Return the address that a program has printed."""
    return process.stdout.readline().strip()


def asked(url, query):
    """Return the answer of a server to a query."""
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone()[0]


def store(url, number):
    """Put a number into a server."""
    with psycopg.connect(url) as connection:
        connection.execute("create table if not exists kept (number int)")
        connection.execute("insert into kept values (%s)", [number])


def is_running(folder):
    """Tell whether there is a server in a folder."""
    return (folder / "postmaster.pid").exists()


def test_server_started_by_two_processes_at_the_same_time_is_one():
    with server_folder() as folder, running(START, folder) as one, running(START, folder) as two:
        first, second = url_of(one), url_of(two)
        assert first == second
        assert asked(first, "select current_database()") == "lotsen"


def test_server_started_again_is_joined_and_lives_as_long_as_the_last(folder):
    with running(START, folder) as last:
        url = url_of(last)
        with running(START, folder) as first:
            assert url_of(first) == url
        assert asked(url, "select current_database()") == "lotsen"
    assert not is_running(folder)


def test_server_goes_on_after_a_process_was_killed(folder):
    with running(START, folder) as killed:
        url = url_of(killed)
        began = asked(url, "select pg_postmaster_start_time()")
        store(url, 7)
        killed.kill()
    with running(START, folder) as again:
        assert url_of(again) == url
        assert asked(url, "select count(*) from kept where number = 7") == 1
        assert asked(url, "select pg_postmaster_start_time()") == began


def test_server_is_not_kept_running_by_a_process_that_was_killed():
    with server_folder() as folder:
        with running(START, folder) as killed:
            url_of(killed)
            killed.kill()
        with running(START, folder) as last:
            url_of(last)
        assert not is_running(folder)


def test_server_is_started_again_with_what_it_held(folder):
    with running(START, folder) as first:
        store(url_of(first), 8)
    with running(START, folder) as second:
        assert asked(url_of(second), "select count(*) from kept where number = 8") == 1


def test_first_thing_that_an_empty_server_is_asked_is_to_migrate():
    """No role is there yet, so nothing may ask as one of them before they are made."""
    with server_folder() as folder:
        told = {**os.environ, "LOTSEN_DATA": str(folder.parent)}
        told.pop("LOTSEN_DATABASE_URL", None)
        command = [sys.executable, "-m", "config.cli", "migrate", "--plan"]
        done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "access.0001_initial" in done.stdout
