"""What every test may ask for: the record, a client of the app in this process, a running server."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from hypothesis import settings

settings.register_profile("serval", deadline=None)  # timings belong in benchmarks/, and machines are busy
settings.load_profile("serval")
os.environ.setdefault("RATE_LIMIT", "off")  # the tests ask for more than a visitor may

ROOT = Path(__file__).resolve().parents[1]

# Nothing kept by a run before this one is found, and no Redis of the person who runs the tests is used.
_cache = tempfile.TemporaryDirectory(prefix="serval-test-cache-")
os.environ["SERVAL_CACHE"] = _cache.name
os.environ.pop("REDIS_URL", None)


@pytest.fixture(scope="session")
def record():
    """The whole record of data/."""
    from serval.record import load

    return load()


@pytest.fixture(scope="session")
def client():
    """A Flask test client of the app, in this process."""
    import app

    return app.server.test_client()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of a running gunicorn, without a slash at the end."""
    with serving(tmp_path_factory.mktemp("server") / "log") as url:
        yield url


@contextmanager
def serving(log: Path, **settings: str) -> Iterator[str]:
    """Run the server as a user would, with these environment settings, on a free port."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "1", **settings}
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "serval", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, log)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(url: str, process: subprocess.Popen, log: Path, seconds: float = 90) -> None:
    # The first start in a fresh clone compresses the static files, hence the long wait.
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{url}/robots.txt", timeout=5):
                return
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text()[-3000:]}", pytrace=False)


def chromium() -> str | None:
    """The path of the Chromium to drive: SERVAL_CHROMIUM or one on PATH."""
    named = os.environ.get("SERVAL_CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next(filter(None, found), None)
