"""The three servers as processes on free ports of this machine, and what they take of it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from benchmarks.bench.rows import ROOT

BIN = ROOT / "build" / "peers" / "bin"
TICK = os.sysconf("SC_CLK_TCK")
WORKERS = 2


@dataclass(frozen=True)
class Server:
    """A running server: its process leads a group of its own."""

    name: str
    url: str
    process: subprocess.Popen[bytes]
    started: float
    """Seconds until it first answered."""

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def cpu(self) -> float:
        """Seconds of processor that the server and its children have taken, ended threads among them."""
        return sum(_seconds(pid) for pid in tree(self.process.pid))

    def memory(self) -> list[float]:
        """Megabytes (proportional set size) of each process that answers: of Serval its workers."""
        pids = tree(self.process.pid)
        return [_pss(pid) for pid in (pids[1:] or pids)]

    def master(self) -> float:
        """Megabytes of the first process."""
        return _pss(self.process.pid)


def serval(port: int, data: Path | None = None) -> tuple[list[str], dict[str, str]]:
    own = {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": str(WORKERS)}
    return [sys.executable, "-m", "serval", "serve"], {**own, **({"SERVAL_DATA": str(data)} if data else {})}


def streamlit(port: int, folder: Path, rows: Path) -> tuple[list[str], dict[str, str]]:
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "server.enableStaticServing": "true",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
    }
    told = [f"--{name}={value}" for name, value in options.items()]
    return [str(BIN / "streamlit"), "run", str(folder / "streamlit_app.py"), *told], {"BENCH_ROWS": str(rows)}


def panel(port: int, folder: Path, rows: Path) -> tuple[list[str], dict[str, str]]:
    told = [
        *("--port", str(port), "--address", "127.0.0.1", "--allow-websocket-origin", "*"),
        *("--index", "panel_app", "--static-dirs", f"base={folder / 'static'}"),
    ]
    command = [str(BIN / "panel"), "serve", str(folder / "panel_app.py"), *told]
    return command, {"BENCH_ROWS": str(rows), "BOKEH_RESOURCES": "server"}


@contextmanager
def running(name: str, log: Path, make, *args) -> Iterator[Server]:
    """A server while it is needed. make(port, *args): its command and environment."""
    port = free_port()
    command, settings = make(port, *args)
    began = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **settings}, stdout=out, stderr=out, start_new_session=True
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, log)
        yield Server(name, url, process, time.monotonic() - began)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait(url: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(url, timeout=30):
                return
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"a server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def tree(pid: int) -> list[int]:
    """A process and all that it started, it first."""
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
