"""A real server for what only a real server shows: many who ask at once."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

PORT = 8765


@contextmanager
def served(warm: str) -> Iterator[None]:
    """Serve by gunicorn as docs/operate.md says; `warm` is an address that is asked until the workers are awake."""
    environment = {**os.environ, "LOTSEN_DEMO": "1"}
    web = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{PORT}", "--workers", "2"]
    web += ["--threads", "4", "--worker-class", "gthread", "--access-logfile", "/dev/null", "--log-level", "warning"]
    server = subprocess.Popen(web, env=environment)  # noqa: S603 - our own command
    try:
        for _try in range(100):
            try:
                ask = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
                ask.request("GET", "/alive/")
                if ask.getresponse().status == 200:
                    break
            except OSError:
                time.sleep(0.2)
        # A worker's first page takes a second, since it reads the templates.
        for _page in range(20):
            ask = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
            ask.request("GET", warm)
            ask.getresponse().read()
        yield
    finally:
        server.terminate()
        server.wait()
