"""Released versions of the record, kept so that a link that names one gives the same rows for as long.

A release is a zip in `releases/` of the data folder, named by its version: the record's own files as they
were, its list of changes and its licence (docs/releases.md).
"""

from __future__ import annotations

import re
import threading
import zipfile
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from serval import record
from serval.record import Record
from serval.selection import Allowed, Selection

FOLDER = "releases"
PINS = re.compile(r"(?:^|[?&])(?:v|%76)=")
NAME = re.compile(r"([0-9]+\.[0-9]+\.[0-9]+)\.zip")
BESIDE = ("CHANGES.md", "LICENSE")
"""What a release holds beside the record's own files, where it is there."""
LOADED = 2
"""How many old versions a process holds at once, about 50 MB each."""
_ONE_AT_A_TIME = threading.Lock()


class ReleaseError(Exception):
    """No release can be made, and why."""


def kept(home: Path | None = None) -> dict[str, Path]:
    """The releases of a data folder, newest first: version -> zip."""
    found = (home or record.home()) / FOLDER
    zips = {match[1]: path for path in found.glob("*.zip") if (match := NAME.fullmatch(path.name))}
    return dict(sorted(zips.items(), key=lambda item: order(item[0]), reverse=True))


def order(version: str) -> tuple[int, ...]:
    """By what versions are sorted."""
    return tuple(map(int, version.split(".")))


def versions() -> list[str]:
    """The versions that a link may name, newest first: the current one and those that are kept."""
    return sorted({record.load().version, *kept()}, key=order, reverse=True)


def load(version: str) -> Record | None:
    """The record of a version as it was released; of the current one, if it is not yet, as it is.

    None if the version is not kept. Where the release is what `data/` holds, this is the record of
    `record.load()` itself. Raises `RecordError` if the release is not valid by the rules of today.
    """
    current, path = record.load(), kept().get(version)
    if path is None:
        return current if version == current.version else None
    stamp = path.stat().st_mtime_ns
    with _ONE_AT_A_TIME:
        same = version == current.version and _hash(path, stamp) == current.hash
        return current if same else _load(path, stamp)


def pinned(query: str) -> tuple[Record, Allowed]:
    """The record that a query string asks for by `v`, and what the query string may name.

    It is the current record where the query names no version, or one that is not kept.
    """
    version = Selection.read(query)[0].v if PINS.search(query) else None
    found = load(version) if version else None
    current = found or record.load()
    return current, _allowed(current, tuple(versions()) if version else None)


def make(home: Path | None = None) -> Path:
    """Keep the record of a data folder as a release; gives its zip, the same bytes for the same files.

    Raises `RecordError`, and `ReleaseError` where the version is released with other content or is older
    than one that is.
    """
    home = home or record.home()
    made = record.read(home)
    target = home / FOLDER / f"{made.version}.zip"
    if target.is_file():
        if differs(home):
            raise ReleaseError(_differing(made.version))
        return target
    newest = next(iter(kept(home)), made.version)
    if order(newest) > order(made.version):
        raise ReleaseError(f"{made.version} is older than {newest}, which is released")
    target.parent.mkdir(exist_ok=True)
    _write(target, home, made.released)
    return target


def differs(home: Path) -> str | None:
    """What is wrong where a data folder's version is released and the folder holds something else."""
    text = record.changes(home) if (home / "CHANGES.md").is_file() else ""
    found = re.search(r"^## ([0-9.]+)", text, re.MULTILINE)
    path = kept(home).get(found[1]) if found else None
    if not found or path is None or _hash(path, path.stat().st_mtime_ns) == record.content_hash(home):
        return None
    line = text[: found.start()].count("\n") + 1
    return f"CHANGES.md:{line}: -: version: {_differing(found[1])}"


def _differing(version: str) -> str:
    return f"{version} is released with other content, expected a new version above it"


def _write(target: Path, home: Path, day: str) -> None:
    year, month, date = map(int, day.split("-"))
    beside = [name for name in BESIDE if (home / name).is_file()]
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in [*beside, *record.names(home)]:
            info = zipfile.ZipInfo(name, (year, month, date, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(info, (home / name).read_bytes())
    part.replace(target)


@lru_cache(maxsize=64)
def _hash(path: Path, stamp: int) -> str:
    with TemporaryDirectory() as folder:
        _unpack(path, folder)
        return record.content_hash(Path(folder))


@lru_cache(maxsize=LOADED)
def _load(path: Path, stamp: int) -> Record:
    with TemporaryDirectory() as folder:
        _unpack(path, folder)
        return record.read(Path(folder))


def _unpack(path: Path, folder: str) -> None:
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)


@lru_cache(maxsize=8)
def _allowed(of: Record, known: tuple[str, ...] | None) -> Allowed:
    return Allowed.of(of, known)
