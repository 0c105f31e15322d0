"""Golden files: what an export of the made-up record was, held against what it is.

`pytest tests/golden --renew-golden` writes them anew; read the difference before you commit it.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from serval.record import load

HERE = Path(__file__).resolve().parent / "files"
MADE_UP = Path(__file__).resolve().parents[1] / "fixtures" / "record"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session")
def made_up():
    """The made-up record, which has every awkward case."""
    return load(MADE_UP)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compares bytes with a golden file, by its name under `files/`."""

    def compare(name: str, content: bytes) -> None:
        path = HERE / name
        if request.config.getoption("--renew-golden", default=False):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert path.is_file(), f"{name}: no golden file; make it with --renew-golden"
        # Lines, since their difference can be read.
        assert content.decode().splitlines() == path.read_bytes().decode().splitlines()
        assert content == path.read_bytes()

    return compare
