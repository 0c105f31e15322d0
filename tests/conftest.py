"""What every test may ask for: the record, a client of the app in this process, a running server."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from tests.servers import SERVE, free_port, served, started

settings.register_profile("serval", deadline=None)  # timings belong in benchmarks/, and machines are busy
settings.load_profile("serval")
os.environ.setdefault("RATE_LIMIT", "off")  # the tests ask for more than a visitor may

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
    port = free_port()
    with started(SERVE, log, port, **{**served(port, workers=1), **settings}):
        yield f"http://127.0.0.1:{port}"


def chromium() -> str | None:
    """The path of the Chromium to drive: SERVAL_CHROMIUM or one on PATH."""
    named = os.environ.get("SERVAL_CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next(filter(None, found), None)
